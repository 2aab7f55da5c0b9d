"""The addresses that the console has pages for, as its tree of routes says them."""

import re
from collections.abc import Iterator
from pathlib import Path

from flagstaff.kernel.links import TAKEN

ROUTES = Path(__file__).parents[2] / "console/src/routes.tsx"
TOKEN = re.compile(r"page\(\s*'([^']*)'|path: '([^']*)'|([(\[{])|([)\]}])")
PART = r"/[^/]+"
OF_PROJECT = rf"/(?!(?:{'|'.join(sorted(TAKEN))})/)[^/]+"


def list_routes() -> list[str]:
    """Every pattern, from the root: `/:project/environments/:one`."""
    return list(_walk(ROUTES.read_text()))


def compile_routes() -> re.Pattern[str]:
    """What the path of an address with a page matches."""
    return re.compile("|".join("".join(map(_part, route.split("/")[1:])) for route in list_routes()))


def _part(part: str) -> str:
    if part == ":project":
        return OF_PROJECT
    if part.startswith(":"):
        return f"(?:{PART})?" if part.endswith("?") else PART
    return "(?:/.*)?" if part == "*" else re.escape(f"/{part}")


def _walk(text: str) -> Iterator[str]:
    """Each path after those of the brackets that it stands in."""
    stack = [""]
    for token in TOKEN.finditer(text):
        page, path, opened, closed = token.groups()
        if closed:
            stack.pop()
        elif opened:
            stack.append(stack[-1])
        else:
            within, own = stack[-1], path if page is None else page
            joined = own if own.startswith("/") else f"{within}/{own}".rstrip("/")
            if page is None:  # what stands around pages
                stack[-1] = joined
                continue
            stack.append(joined)
            if within or own.startswith("/"):
                yield joined
