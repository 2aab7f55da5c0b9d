"""How large what a finger is to meet is, and how far from what it must not meet."""

from playwright.sync_api import CDPSession, Page

LARGE, IN_TEXT = 44, 24  # pixels; a link within a sentence is no larger than its line
# What is drawn may be smaller than what takes the tap: that is felt from its middle on, pixel by pixel.
SMALL = """([large, inText]) => {
  const WANTED = `a[href], button, input, select, textarea, summary, [role=button], [role=switch], [role=tab],
    [role=checkbox], [role=radio], [role=slider], [role=menuitem], [role=option], [role=combobox]`
  const partsOf = (one) => {
    if (/checkbox|radio/.test(one.type)) return [one, ...one.labels]
    const field = one.matches('input') && one.closest('.mantine-Input-wrapper')
    return field ? [one, field] : [one]
  }
  const isSeen = (part) => {
    const { width, height } = part.getBoundingClientRect()
    const isShown = part.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    return isShown && width > 1 && height > 1
  }
  const feel = (parts, { x, y, width, height }, across, along) => {
    const isMet = (far) => {
      const top = document.elementFromPoint(x + width / 2 + across * far, y + height / 2 + along * far)
      return top !== null && parts.some((part) => part.contains(top))
    }
    let far = 0
    while (far < large && isMet(far)) far += 1
    return far
  }
  const tell = (one) => {
    const parts = partsOf(one)
    const boxes = parts.filter(isSeen).map((part) => part.getBoundingClientRect())
    const isInText = one.matches('a') && getComputedStyle(one).display === 'inline'
    const least = isInText ? inText : large
    const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left))
    const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top))
    if ((isInText || width + 0.5 >= least) && height + 0.5 >= least) return []
    one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
    const box = one.getBoundingClientRect()
    const wide = Math.max(width + 0.5, feel(parts, box, -1, 0) + feel(parts, box, 1, 0))
    const high = Math.max(height + 0.5, feel(parts, box, 0, -1) + feel(parts, box, 0, 1))
    if ((isInText || wide >= least) && high >= least) return []
    const name = one.ariaLabel ?? parts.at(-1).textContent.trim().slice(0, 40)
    return [`${one.tagName} "${name}" ${Math.round(width)} x ${Math.round(height)}`]
  }
  // What deletes, which is red, stands apart from what saves.
  const red = Object.assign(document.createElement('i'), { style: 'color: var(--fs-bad)' })
  document.body.append(red)
  const bad = getComputedStyle(red).color
  red.remove()
  const isApart = (one, other) => {
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
    return Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom) >= inText
  }
  const layer = [...document.querySelectorAll('[role=dialog]')].at(-1) ?? document
  const can = (one) => !one.disabled && partsOf(one).some(isSeen)
  const found = [...layer.querySelectorAll(WANTED)].filter(can)
  const dangers = found.filter((one) => one.matches('main button') && getComputedStyle(one).color === bad)
  const near = dangers.flatMap((danger) => [...layer.querySelectorAll('main button[type=submit]')]
    .filter((save) => !isApart(danger, save))
    .map((save) => `${danger.textContent} stands close to ${save.textContent}`))
  return [...new Set([...found.flatMap(tell), ...near])]
}"""


def find_small_targets(page: Page) -> list[str]:
    """What a finger would miss, or press instead of what it means."""
    found: list[str] = page.evaluate(SMALL, [LARGE, IN_TEXT])
    return found


def touch(session: CDPSession, *, on: bool) -> None:
    """Have the page of the session be one that is touched, or no longer."""
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": on})
