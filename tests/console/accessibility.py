"""What axe finds on a page."""

from typing import Any

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_violations(page: Page, axe: str) -> list[str]:
    """The rules that a page breaks, each with the elements that break it."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{violation['id']}: {[node['html'][:200] for node in violation['nodes']]}"
        for violation in found["violations"]
    ]
