"""A real server with the built console, and a browser; both are shared by the tests of one worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from flagstaff.http.console import Console
from tests.support.browsing import browsing, sign_in
from tests.support.chromium import find_chromium
from tests.support.process import Process, serving
from tests.support.receiver import ALLOWED

PATIENCE = 30  # seconds; a busy machine is no defect
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


@pytest.fixture(scope="package")  # while it runs, no test beside it can run a loop of its own
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE * 1000)
    with browsing(find_chromium()) as browser:
        yield browser


@pytest.fixture(scope="module")
def signed_in(browser: Browser, server: Process) -> Iterator[BrowserContext]:
    """The browser of the owner, who has signed in; it keeps the console's files from page to page."""
    context = browser.new_context(base_url=server.url, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1000)
    sign_in(context, server.url, EMAIL, PASSWORD)
    yield context
    context.close()


@pytest.fixture
def context(signed_in: BrowserContext) -> Iterator[BrowserContext]:
    """That browser without a page, and as if nobody had used it before."""
    before = signed_in.storage_state()
    yield signed_in
    signed_in.set_offline(False)
    for page in signed_in.pages:
        page.close()
    signed_in.set_storage_state(storage_state=before)


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
