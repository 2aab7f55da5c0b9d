"""A real server with the built console, and a browser; both are shared by the tests of one worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from flagstaff.http.console import Console
from tests.support.chromium import find_chromium
from tests.support.process import TOKEN, Process, serving

SESSION = {
    "_id": "session",
    "member": {"_id": "member", "email": "owner@example.com", "firstName": "Ada", "role": "owner"},
    "createdAt": 0,
    "expiresAt": 0,
    "secondFactor": False,
}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    if not Console().is_built:
        pytest.skip("the console is not built: make console")
    with serving(tmp_path_factory.mktemp("console")) as process:
        yield process


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu", "--no-proxy-server"]
        )
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, server: Process) -> Iterator[BrowserContext]:
    """A browser of somebody who is signed in."""
    context = browser.new_context(base_url=server.url, extra_http_headers={"Authorization": TOKEN})
    context.route("**/auth/session", _answer_session)
    yield context
    context.close()


def _answer_session(route: Route) -> None:
    route.fulfill(json=SESSION)


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
