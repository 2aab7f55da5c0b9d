"""A real server with the built console, and a browser; both are shared by the tests of one worker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from flagstaff.http.console import Console
from tests.support.chromium import find_chromium
from tests.support.process import Process, serving
from tests.support.receiver import ALLOWED

EMAIL, PASSWORD = "ada@example.com", "a sentence that nobody else would guess"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    if not Console().is_built:
        pytest.skip("the console is not built: make console")
    settings = {
        "FLAGSTAFF_ADMIN_EMAIL": EMAIL,
        "FLAGSTAFF_ADMIN_PASSWORD": PASSWORD,
        "FLAGSTAFF_ALLOWED_NETWORKS": ALLOWED,
    }
    with serving(tmp_path_factory.mktemp("console"), **settings) as process:
        yield process


@pytest.fixture(scope="module")  # while it runs, no test beside it can run a loop of its own
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu", "--no-proxy-server"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, server: Process) -> Any:
    """The cookies of the owner, who has signed in once."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/login?next=%2Fdefault%2Ftest%2Fflags")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Flags", exact=True)).to_be_visible(timeout=30_000)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def context(browser: Browser, server: Process, signed_in: Any) -> Iterator[BrowserContext]:
    """A browser of somebody who is signed in."""
    context = browser.new_context(base_url=server.url, storage_state=signed_in)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose program must not fail."""
    page = context.new_page()
    defects: list[str] = []
    page.on("pageerror", lambda error: defects.append(str(error)))
    yield page
    assert defects == []


@pytest.fixture(scope="session")
def axe() -> str:
    return (Path(__file__).parents[2] / "console/node_modules/axe-core/axe.min.js").read_text()
