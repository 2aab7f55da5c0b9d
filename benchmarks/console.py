"""What the console's list of 10,000 flags costs: kilobytes of programs, first paint, and the delay of a key.

What the list loads has a budget, which `make check` keeps (tools/bundle.py); it should take a second. The
palette should show what fits a text within a tenth of one.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page

from tests.support.process import Process
from tools import bundle
from tools.screenshots import browser, open_page, serving_demo

FLAGS, ROUNDS = 10_000, 5
LIST = "/default/test/flags"
# From a key that is pressed to the next two frames, in which what it does is painted.
TYPE = """(box) => new Promise((tell) => {
  const started = performance.now();
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', bubbles: true }));
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, box.value + 'f');
  box.dispatchEvent(new InputEvent('input', { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => tell(performance.now() - started)));
})"""
# From a text in the palette to the frame in which the flags that fit it best are painted.
FIND = """(box, [text, first]) => new Promise((tell) => {
  const started = performance.now();
  const list = document.getElementById(box.getAttribute('aria-controls'));
  const look = () => {
    if (!list.querySelector('[role=option]')?.textContent.startsWith(first)) return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => tell(performance.now() - started)));
  };
  const watch = new MutationObserver(look);
  watch.observe(list, { subtree: true, childList: true, characterData: true });
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, text);
  box.dispatchEvent(new InputEvent('input', { bubbles: true }));
})"""
# Few fit a number, all of them `flag`; each begins with another one than the text before.
LOOKED_FOR = (
    ("4711", "Flag 4711"),
    ("flag", "Flag 0"),
    ("flag 98", "Flag 98"),
    ("fl", "Flag 0"),
    ("803", "Flag 803"),
)
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"

TRANSFER = """performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)"""


def make_flags(server: Process) -> None:
    for number in range(FLAGS):
        body = {"key": f"flag-{number}", "name": f"Flag {number}", "tags": [f"team-{number % 20}"]}
        server.call("POST", "/flags/default", body)


def measure_list(page: Page, server: Process) -> tuple[float, float, float]:
    """Milliseconds to the first paint, to the first flag, and from a key to its letter."""
    page.goto(server.url + LIST)
    page.get_by_role("link", name=re.compile("^Flag ")).first.wait_for()
    shown = page.evaluate("performance.now()")
    paint = page.evaluate(PAINT)
    return paint, shown, page.get_by_role("searchbox").or_(page.locator("main input")).first.evaluate(TYPE)


def measure_palette(page: Page, server: Process) -> list[float]:
    """Milliseconds from a text to what it finds, for each text; everything was looked for once before."""
    page.goto(server.url + LIST)
    page.get_by_role("link", name=re.compile("^Flag ")).first.wait_for()
    page.keyboard.press("Control+k")
    box = page.get_by_role("dialog").get_by_role("combobox")
    box.wait_for()
    return [box.evaluate(FIND, [text, first]) for text, first in LOOKED_FOR]


def measure_transfer(page: Page, server: Process) -> None:
    """Print how much came over the network, with what is read once the page has been painted."""
    measure_list(page, server)
    page.get_by_text("Live", exact=True).first.wait_for()
    page.wait_for_function("document.readyState === 'complete'")
    print(
        f"the list of flags, with what comes after its first paint: {page.evaluate(TRANSFER) / 1000:.0f} KB"
    )


def main() -> None:
    bundle.main()
    with serving_demo() as server, browser() as chromium:
        make_flags(server)
        page = open_page(chromium, server)
        measure_transfer(page, server)
        rounds = [measure_list(page, server) for _ in range(ROUNDS)]
        found = sorted(taken for _ in range(ROUNDS) for taken in measure_palette(page, server))
    names = ("first paint", "first flag", "key to letter")
    for name, figures in zip(names, zip(*rounds, strict=True), strict=True):
        middle = sorted(figures)[ROUNDS // 2]
        print(f"{name} on {FLAGS:,} flags: {middle:.0f} ms (first time {figures[0]:.0f} ms)")
    middle = found[len(found) // 2]
    print(f"palette, text to flags: {middle:.0f} ms, {found[-1]:.0f} ms at most in {len(found)} searches")


if __name__ == "__main__":
    main()
