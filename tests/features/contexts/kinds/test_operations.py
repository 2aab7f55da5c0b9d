"""Context kinds over HTTP: listed, made, changed, archived."""

from typing import Any

import pytest

from tests.features.projects.calls import allow, make_project
from tests.support.client import WRITER
from tests.support.segment_calls import last_entry
from tests.support.server import START, TestServer

KINDS = "/api/v2/projects/default/context-kinds"
ORG = f"{KINDS}/org"


def kinds(server: TestServer) -> dict[str, Any]:
    """The kinds of the project, by key."""
    answer = server.get(KINDS)
    assert answer.status == 200, answer
    return {item["key"]: item for item in answer.json["items"]}


def put(server: TestServer, **body: Any) -> None:
    answer = server.put(ORG, {"name": "Organisation"} | body)
    assert (answer.status, answer.json["status"]) == (200, "success"), answer


def test_a_project_has_the_kind_user_from_the_start(server: TestServer) -> None:
    found = kinds(server)

    assert list(found) == ["user"]
    assert (found["user"]["createdFrom"], found["user"]["version"]) == ("default", 1)


def test_a_new_kind_is_as_it_was_sent(server: TestServer) -> None:
    put(server, description="Who pays", version=4)

    found = kinds(server)["org"]
    assert (found["name"], found["description"], found["version"]) == ("Organisation", "Who pays", 4)
    assert (found["createdFrom"], found["archived"], found["hideInTargeting"]) == ("manual", False, False)
    assert found["creationDate"] == found["lastModified"] == START
    entry = last_entry(server)
    assert (entry["kind"], entry["title_verb"]) == ("context-kind", "created the context kind")
    assert entry["accesses"] == [["createContextKind", "proj/default:context-kind/org"]]


def test_only_what_is_given_changes(server: TestServer) -> None:
    put(server, description="Who pays")
    server.clock.advance(seconds=1)
    put(server, name="Company")

    found = kinds(server)["org"]
    assert (found["name"], found["description"], found["version"]) == ("Company", "Who pays", 2)
    assert (found["creationDate"], found["lastModified"]) == (START, START + 1000)
    assert last_entry(server)["description"] == "- Changed the name from ~~`Organisation`~~ to `Company`"


def test_a_put_that_changes_nothing_leaves_no_trace(server: TestServer) -> None:
    put(server)
    before = server.count("audit_log"), kinds(server)
    put(server)

    assert (server.count("audit_log"), kinds(server)) == before


@pytest.mark.parametrize("name", ["archived", "hideInTargeting"])
def test_the_archive_has_two_names(server: TestServer, name: str) -> None:
    put(server, **{name: True})

    assert (kinds(server)["org"]["archived"], kinds(server)["org"]["hideInTargeting"]) == (True, True)
    put(server, **{name: False})
    assert (kinds(server)["org"]["archived"], kinds(server)["org"]["hideInTargeting"]) == (False, False)


def test_what_is_said_about_users_stays(server: TestServer) -> None:
    assert server.put(f"{KINDS}/user", {"name": "Person"}).status == 200

    found = kinds(server)["user"]
    assert (found["name"], found["createdFrom"], found["version"]) == ("Person", "default", 2)
    assert last_entry(server)["accesses"] == [["updateContextKind", "proj/default:context-kind/user"]]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "name"),
        ({"name": ""}, "the name of a context kind"),
        ({"name": "Org", "archived": True, "hideInTargeting": False}, "$.hideInTargeting"),
        ({"name": "Org", "version": 0}, "$.version"),
        ({"name": "Org", "colour": "red"}, "colour"),
    ],
)
def test_a_kind_that_cannot_be_is_refused(server: TestServer, body: Any, reason: str) -> None:
    answer = server.put(ORG, body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message
    assert "org" not in kinds(server)


@pytest.mark.parametrize("key", ["kind", "multi", "a%2Fb", "%F0%9F%9A%A9"])
def test_a_key_that_no_kind_can_have_is_refused(server: TestServer, key: str) -> None:
    answer = server.put(f"{KINDS}/{key}", {"name": "Any"})

    assert (answer.status, answer.code) == (400, "invalid_request")


def test_a_version_that_is_not_newer_is_stale(server: TestServer) -> None:
    put(server, version=3)

    answer = server.put(ORG, {"name": "Company", "version": 3})
    assert (answer.status, answer.code) == (409, "optimistic_locking_error")
    put(server, name="Company", version=7)
    assert kinds(server)["org"]["version"] == 7


def test_kinds_need_more_than_a_writer(server: TestServer) -> None:
    assert server.put(ORG, {"name": "Org"}, as_=WRITER).status == 403
    creator = server.add_token(allow(["createContextKind"], "proj/*:context-kind/*"))
    assert server.put(ORG, {"name": "Org"}, as_=creator).status == 200
    assert server.put(ORG, {"name": "Company"}, as_=creator).status == 403


def test_a_project_that_is_deleted_takes_its_kinds_with_it(server: TestServer) -> None:
    make_project(server, "spare")
    server.put("/api/v2/projects/spare/context-kinds/org", {"name": "Org"})
    assert server.delete("/api/v2/projects/spare").status == 204

    assert server.count("context_kinds") == 0
