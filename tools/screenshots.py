"""Pictures of the console's main pages, light and dark, of a server with the demo's shop: docs/images/."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.parse import quote

from playwright.sync_api import Browser, Page, ViewportSize

from tests.support.browsing import browsing, sign_in
from tests.support.process import Process, serving
from tools.pictures import reduce_colours

IMAGES = Path("docs/images")
SIZE: ViewportSize = {"width": 1440, "height": 900}
EMAIL, PASSWORD = "ada@example.com", "a sentence for a picture only"
SHOP = "/default/production"
CUSTOMER = {"kind": "user", "key": "c-3015", "name": "Lucia Ferrari", "country": "IT", "app": "4.2.1"}
# The name of each picture: where it is taken, and a text that the page shows when it is whole.
PAGES: dict[str, tuple[str, str | re.Pattern[str]]] = {
    "flags": (f"{SHOP}/flags", re.compile(r"^[\d.]+ k$")),  # the evaluations, which are read last
    "targeting": (f"{SHOP}/flags/checkout-layout", "The receipt is not translated yet"),
    "variations": (f"{SHOP}/flags/search-settings/variations", "Meaning"),
    "try": (f"{SHOP}/flags/checkout-layout/try?context={quote(json.dumps(CUSTOMER))}", "This context gets"),
    "segment": (f"{SHOP}/segments/nordic-customers", "country"),
    "contexts": (f"{SHOP}/contexts", "Amara Diallo"),
    "audit": ("/default/audit", "Tomas Okafor"),
    "members": ("/account/members", "Mei Tanaka"),
}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with serving_demo() as server, browser() as chromium:
        for scheme in SCHEMES:
            page = open_page(chromium, server, scheme)
            for name, (path, text) in PAGES.items():
                take(page, path, text, IMAGES / f"{name}-{scheme}.png")


@contextmanager
def serving_demo() -> Iterator[Process]:
    """A server whose owner signs in with PASSWORD, in a folder that goes with it."""
    owner = {"FLAGSTAFF_ADMIN_EMAIL": EMAIL, "FLAGSTAFF_ADMIN_PASSWORD": PASSWORD}
    with TemporaryDirectory() as folder, serving(Path(folder), "--demo", **owner) as server:
        yield server


@contextmanager
def browser() -> Iterator[Browser]:
    found = subprocess.run(["sh", "tools/chromium.sh"], stdout=subprocess.PIPE, text=True, check=True)
    with browsing(found.stdout.strip()) as chromium:
        yield chromium


def open_page(chromium: Browser, server: Process, scheme: Scheme = "light") -> Page:
    """A page of the owner, in English time and without anything that moves."""
    context = chromium.new_context(
        base_url=server.url, viewport=SIZE, color_scheme=scheme, reduced_motion="reduce", locale="en-GB"
    )
    sign_in(context, server.url, EMAIL, PASSWORD)
    return context.new_page()


def take(page: Page, path: str, text: str | re.Pattern[str], file: Path) -> None:
    """Take a picture when the text is there, fonts are loaded and nothing is asked of the server any more."""
    page.goto(path)
    page.get_by_text(text).first.wait_for()
    page.get_by_text("Live", exact=True).first.wait_for()
    page.get_by_role("link", name=re.compile(r"^Flags \d+$")).first.wait_for()
    page.wait_for_function("document.fonts.ready.then(() => !document.querySelector('[aria-busy=true]'))")
    picture = page.screenshot(animations="disabled", caret="hide")
    page.goto("about:blank")
    file.write_bytes(reduce_colours(page, picture))


if __name__ == "__main__":
    main()
