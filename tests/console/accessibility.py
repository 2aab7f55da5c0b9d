"""What axe finds on a page."""

from typing import Any

from playwright.sync_api import Page

# Colours are judged as they are at the end of their change, which what never ends has not.
# What passes is neither described nor handed on: that takes longer than looking.
VIOLATIONS = """asked => {
    for (const change of document.getAnimations()) {
        if (change.effect.getComputedTiming().endTime !== Infinity) change.finish()
    }
    return axe.run(document, {runOnly: asked, resultTypes: ['violations']}).then(found => found.violations)
}"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_violations(page: Page, axe: str) -> list[str]:
    """The rules that a page breaks, each with the elements that break it."""
    return _run(page, axe, {"type": "tag", "values": TAGS})


def find_faint_words(page: Page, axe: str) -> list[str]:
    """What is hard to read in the colours that the page has now: all that depends on them."""
    return _run(page, axe, {"type": "rule", "values": ["color-contrast"]})


def _run(page: Page, axe: str, asked: dict[str, Any]) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate(VIOLATIONS, asked)
    return [
        f"{violation['id']}: {[node['html'][:200] for node in violation['nodes']]}" for violation in found
    ]
