"""Lists of projects: filters, order, pages, and what a caller may not see."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.projects.calls import PROJECTS, allow, deny, keys, make_project
from tests.support.server import TestServer

NAMES = {"web": "Shop", "app": "shop app", "ops": "Operations", "lab": "Zoo"}
TAGS = {"web": ["front", "EU"], "app": ["front"], "ops": ["eu"], "lab": []}


@pytest.fixture(scope="module")
def listed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestServer]:
    """One server for all tests here, which only read; each project is a second younger than the last."""
    running = TestServer(template, tmp_path_factory.mktemp("listed")).start()
    for key, name in NAMES.items():
        running.clock.advance(seconds=1)
        make_project(running, key, name=name, tags=TAGS[key])
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("", ["default", "web", "app", "ops", "lab"]),
        ("query:shop", ["web", "app"]),
        ("query:SHOP", ["web", "app"]),
        ("query:eb", ["web"]),
        ("query:nothing", []),
        ("tags:front", ["web", "app"]),
        ("tags:eu", ["web", "ops"]),
        ("tags:front%2Beu", ["web"]),
        ("tags:front,query:app", ["app"]),
        ("keys:web|lab|nowhere", ["web", "lab"]),
        ("keys:web|lab,query:zoo", ["lab"]),
    ],
)
def test_filters_narrow_the_list_and_its_count(listed: TestServer, filters: str, found: list[str]) -> None:
    answer = listed.get(f"{PROJECTS}?filter={filters}")

    assert keys(answer) == found
    assert answer.json["totalCount"] == len(found)


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("name", ["default", "ops", "web", "app", "lab"]),
        ("-name", ["lab", "app", "web", "ops", "default"]),
        ("createdOn", ["default", "web", "app", "ops", "lab"]),
        ("-createdOn", ["lab", "ops", "app", "web", "default"]),
    ],
)
def test_the_list_is_sorted_without_regard_to_case(listed: TestServer, sort: str, found: list[str]) -> None:
    assert keys(listed.get(PROJECTS, query={"sort": sort})) == found


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("filter=name:web", "name"),
        ("filter=web", "field:value"),
        ("sort=key", "key"),
        ("sort=critical", "critical"),
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("offset=-1", "offset"),
    ],
)
def test_what_is_not_understood_is_refused_by_its_name(listed: TestServer, query: str, named: str) -> None:
    answer = listed.get(f"{PROJECTS}?{query}")

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert named in answer.message


def test_pages_link_to_those_there_are(listed: TestServer) -> None:
    first = listed.get(f"{PROJECTS}?limit=2&sort=-createdOn&filter=query:o")
    assert keys(first) == ["lab", "ops"]
    assert first.json["totalCount"] == 4
    assert {name: link["href"] for name, link in first.json["_links"].items()} == {
        "self": f"{PROJECTS}?sort=-createdOn&filter=query%3Ao&limit=2",
        "next": f"{PROJECTS}?sort=-createdOn&filter=query%3Ao&limit=2&offset=2",
        "last": f"{PROJECTS}?sort=-createdOn&filter=query%3Ao&limit=2&offset=2",
    }

    second = listed.get(first.json["_links"]["next"]["href"])
    assert keys(second) == ["app", "web"]
    assert set(second.json["_links"]) == {"self", "first", "prev"}


@pytest.mark.parametrize("version", ["20220603", "20240415", "beta"])
def test_a_page_has_20_projects_unless_told_otherwise(server: TestServer, version: str) -> None:
    for number in range(20):
        make_project(server, f"p{number}")

    answer = server.get(PROJECTS, version=version)

    assert len(answer.json["items"]) == 20
    assert answer.json["totalCount"] == 21
    assert answer.json["_links"]["self"]["href"] == f"{PROJECTS}?limit=20"
    assert len(server.get(PROJECTS, query={"limit": 5000}).json["items"]) == 21


@pytest.mark.parametrize("version", ["20160426", "20191212", "20210729"])
def test_before_20220603_there_are_no_pages_unless_asked_for(server: TestServer, version: str) -> None:
    for number in range(20):
        make_project(server, f"p{number}")

    assert len(server.get(PROJECTS, version=version).json["items"]) == 21
    assert len(server.get(PROJECTS, version=version, query={"limit": 3}).json["items"]) == 3


def test_what_a_caller_may_not_see_is_neither_listed_nor_counted(server: TestServer) -> None:
    for key in ("web", "app"):
        make_project(server, key)
    hidden = server.add_token(deny(["viewProject"], "proj/web"))
    only = server.add_token(deny(["viewProject"], "proj/*"), allow(["*"], "proj/*"))

    seen = server.get(PROJECTS, as_=hidden)

    assert sorted(keys(seen)) == ["app", "default"]
    assert seen.json["totalCount"] == 2
    assert keys(server.get(PROJECTS, as_=hidden, query={"filter": "keys:web"})) == []
    assert server.get(PROJECTS, as_=only).json["totalCount"] == 0
