"""A Chromium for Python, and signing in to the console without its form."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-proxy-server"]
# Evaluated in a page: over once what it shows now has been drawn.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@contextmanager
def browsing(executable: str) -> Iterator[Browser]:
    """A browser without a window. While it runs, this thread can run no event loop of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


def sign_in(context: BrowserContext, url: str, email: str, password: str) -> None:
    """Make the context one of somebody who is signed in to the server."""
    asked = {"email": email, "password": password}
    answer = context.request.post(f"{url}/auth/sign-in", data=asked, headers={"Origin": url})
    assert answer.ok, answer.text()
