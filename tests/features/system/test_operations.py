"""What the installation says about itself, over HTTP."""

from pathlib import Path

import pytest

from flagstaff.access.policies import Statement
from tests.support.client import NOBODY
from tests.support.server import TestServer

PROJECT = "/api/v2/projects/default"


def retag(server: TestServer, path: str, *tags: str) -> None:
    answer = server.patch(path, [{"op": "replace", "path": "/tags", "value": tags}])
    assert answer.status == 200, answer


def test_the_root_links_to_every_category(server: TestServer) -> None:
    links = server.get("/api/v2", as_=NOBODY).json["links"]

    assert links["projects"] == {"href": "/api/v2/projects", "type": "application/json"}
    assert {
        name: server.get(link["href"], version="beta").status for name, link in links.items()
    } == dict.fromkeys(links, 200)


def test_the_document_is_there_without_a_token(server: TestServer) -> None:
    document = server.get("/api/v2/openapi.json", as_=NOBODY).json

    assert document["openapi"] == "3.1.0"
    assert "/api/v2/projects" in document["paths"]


def test_the_addresses_are_those_of_the_settings(template: Path, tmp_path: Path) -> None:
    settings = {
        "FLAGSTAFF_PUBLIC_ADDRESSES": "192.0.2.0/24, 2001:db8::/32",
        "FLAGSTAFF_OUTBOUND_ADDRESSES": "198.51.100.7",
    }
    server = TestServer(template, tmp_path, **settings).start()

    answer = server.get("/api/v2/public-ip-list", as_=NOBODY)
    server.stop()

    assert answer.json == {
        "addresses": ["192.0.2.0/24", "2001:db8::/32"],
        "outboundAddresses": ["198.51.100.7/32"],
    }


@pytest.mark.parametrize(
    ("asked", "current", "beta"),
    [("", 20220603, False), ("20160426", 20160426, False), ("beta", 20240415, True)],
)
def test_the_versions_name_the_one_in_use(server: TestServer, asked: str, current: int, beta: bool) -> None:
    answer = server.get("/api/v2/versions", version=asked)

    assert answer.json == {
        "validVersions": [20160426, 20191212, 20210729, 20220603, 20240415],
        "latestVersion": 20240415,
        "currentVersion": current,
        "beta": beta,
    }
    assert answer.headers["ld-api-version"] == (asked or "20220603")


def test_the_version_of_a_token_is_in_use_where_no_other_is_asked_for(server: TestServer) -> None:
    token = server.add_token(role="reader", default_api_version=20191212)

    assert server.get("/api/v2/versions", as_=token).json["currentVersion"] == 20191212


def test_tags_of_all_kinds_are_listed_once_and_in_order(server: TestServer) -> None:
    retag(server, PROJECT, "ops", "beta")
    retag(server, f"{PROJECT}/environments/test", "ops", "slow")

    answer = server.get("/api/v2/tags").json

    assert (answer["items"], answer["totalCount"]) == (["beta", "ops", "slow"], 3)
    assert answer["_links"] == {"self": {"href": "/api/v2/tags", "type": "application/json"}}


@pytest.mark.parametrize(
    ("query", "tags"),
    [
        ({"kind": "project"}, ["beta", "ops"]),
        ({"kind": "environment"}, ["ops", "slow"]),
        ({"kind": "flag"}, []),
        ({"pre": "o"}, ["ops"]),
        ({"pre": "OP"}, []),
        ({"pre": "%"}, []),
        ({"kind": "environment", "pre": "s"}, ["slow"]),
    ],
)
def test_tags_are_narrowed_by_kind_and_prefix(
    server: TestServer, query: dict[str, str], tags: list[str]
) -> None:
    retag(server, PROJECT, "ops", "beta")
    retag(server, f"{PROJECT}/environments/test", "ops", "slow")

    assert server.get("/api/v2/tags", query=query).json["items"] == tags


def test_an_unknown_kind_of_tags_is_refused(server: TestServer) -> None:
    answer = server.get("/api/v2/tags?kind=planet")

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "kind" in answer.message


def test_tags_of_projects_that_the_caller_may_not_see_are_left_out(server: TestServer) -> None:
    retag(server, PROJECT, "visible")
    server.post("/api/v2/projects", {"key": "secret", "name": "Secret", "tags": ["hidden"]})
    token = server.add_token(Statement("deny", resources=("proj/secret",), actions=("viewProject",)))

    assert server.get("/api/v2/tags").json["items"] == ["hidden", "visible"]
    assert server.get("/api/v2/tags", as_=token).json["items"] == ["visible"]
