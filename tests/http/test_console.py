"""The files and pages of the web console."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flagstaff.http.console import NOT_BUILT, POLICY, Console
from flagstaff.kernel.links import TAKEN
from tests.support.server import TestServer

PAGE = b'<!doctype html><html lang="en"><script type="module" src="/assets/main-1a2b.js"></script></html>'
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PATHS = Path(__file__).parents[2] / "console/src/paths.ts"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "console"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_bytes(PAGE)
    (folder / "assets/main-1a2b.js").write_bytes(b"let long = 1")
    (folder / "assets/main-1a2b.js.gz").write_bytes(b"packed")
    return folder


@pytest.fixture
def shown(server: TestServer, built: Path) -> Iterator[TestServer]:
    dispatcher = server.wired.dispatcher
    before, dispatcher.console = dispatcher.console, Console(built)
    yield server
    dispatcher.console = before


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/login",
        "/default/production/flags/checkout",
        "/mobile/test/flags",
        "/sdk/test/flags",
        "/oauth/consent",
        "/~eval/test/flags",
    ],
)
def test_every_address_without_a_route_is_a_page(shown: TestServer, path: str) -> None:
    answer = shown.get(path, as_="", headers=BROWSER)

    assert (answer.status, answer.body) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("path", ["/api/v2/nothing", "/auth/nothing", "/oauth/nothing", "/assets/gone.js"])
def test_programs_and_the_api_get_an_error_instead_of_a_page(shown: TestServer, path: str) -> None:
    headers = {} if path.startswith("/assets") else BROWSER

    assert shown.get(path, as_="", headers=headers).code == "not_found"


def test_routes_go_before_pages(shown: TestServer) -> None:
    assert shown.get("/healthz", as_="", headers=BROWSER).json == {"status": "alive"}
    assert shown.get("/mobile", as_="", headers=BROWSER).status == 405


def test_a_page_is_only_read(shown: TestServer) -> None:
    assert shown.post("/default/production/flags", as_="", headers=BROWSER).status == 404
    assert shown.request("HEAD", "/login", as_="", headers=BROWSER).status == 200


def test_files_are_kept_for_good_and_packed_for_those_who_can_unpack(shown: TestServer) -> None:
    packed = shown.get("/assets/main-1a2b.js", as_="", headers={"Accept-Encoding": "br, gzip"})
    plain = shown.get("/assets/main-1a2b.js", as_="")

    assert (packed.body, packed.headers["content-encoding"]) == (b"packed", "gzip")
    assert (plain.body, plain.headers.get("content-encoding")) == (b"let long = 1", None)
    assert "immutable" in plain.headers["cache-control"]
    assert plain.headers["content-type"].startswith("text/javascript")


def test_an_unchanged_page_is_not_sent_again(shown: TestServer) -> None:
    etag = shown.get("/", as_="", headers=BROWSER).headers["etag"]
    again = shown.get("/", as_="", headers=BROWSER | {"If-None-Match": etag})

    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    ("cookie", "painted"), [("light", b'"light"'), ("dark", b'"dark"'), ('x"><script>', None), ("", None)]
)
def test_the_document_has_the_colour_scheme_of_the_cookie(
    shown: TestServer, cookie: str, painted: bytes | None
) -> None:
    page = shown.get("/", as_="", headers=BROWSER | {"Cookie": f"flagstaff-scheme={cookie}"})

    found = re.search(rb'<html data-mantine-color-scheme=("\w+") lang', page.body)
    assert (found and found.group(1)) == painted
    assert "Cookie" in page.headers["vary"]


def test_no_file_outside_the_folder_is_served(shown: TestServer, built: Path) -> None:
    (built.parent / "secret.txt").write_text("secret")

    for path in ("/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt"):
        assert b"secret" not in shown.get(path, as_="").body


def test_a_console_that_is_not_built_says_how_to_build_it(server: TestServer, tmp_path: Path) -> None:
    dispatcher = server.wired.dispatcher
    before, dispatcher.console = dispatcher.console, Console(tmp_path / "nothing")

    answer = server.get("/", as_="", headers=BROWSER)

    assert (answer.status, answer.message) == (404, NOT_BUILT)
    dispatcher.console = before


def test_no_project_hides_behind_another_route(server: TestServer) -> None:
    """Pages of a project whose key is a route's first word have a mark in their address."""
    first = {row.path.split("/")[1] for row in server.wired.dispatcher.router.rows}

    assert first - TAKEN - {".well-known"} == set()


def test_the_console_makes_the_same_addresses() -> None:
    taken = re.search(r"TAKEN = new Set\(\s*`([^`]*)`", PATHS.read_text())

    assert taken is not None
    assert set(taken.group(1).split()) == TAKEN
