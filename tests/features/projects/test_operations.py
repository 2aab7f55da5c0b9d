"""Projects over REST."""

from typing import Any

import pytest

from tests.features.projects.calls import (
    DEFAULT,
    PROJECTS,
    allow,
    deny,
    keys,
    make_environment,
    make_project,
)
from tests.support.audit import recorded, traces
from tests.support.client import READER, WRITER
from tests.support.server import TestServer


def replace(path: str, value: Any) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}


def test_a_new_project_has_what_the_documentation_promises(server: TestServer) -> None:
    made = make_project(server, "web", tags=["b", "a", "b"]).json

    assert made["_links"] == {
        "self": {"href": "/api/v2/projects/web", "type": "application/json"},
        "environments": {"href": "/api/v2/projects/web/environments", "type": "application/json"},
    }
    assert len(made["_id"]) == 24
    assert (made["key"], made["name"], made["tags"]) == ("web", "Web", ["a", "b"])
    assert made["includeInSnippetByDefault"] is False
    assert made["defaultClientSideAvailability"] == {"usingEnvironmentId": False, "usingMobileKey": True}
    assert [(one["key"], one["name"], one["color"]) for one in made["environments"]] == [
        ("production", "Production", "417505"),
        ("test", "Test", "F5A623"),
    ]


def test_a_new_project_has_exactly_the_environments_that_it_is_given(server: TestServer) -> None:
    staging = {"key": "staging", "name": "Staging", "color": "abcdef", "critical": True, "tags": ["eu"]}

    made = make_project(server, "web", environments=[staging]).json["environments"]

    assert [{name: one[name] for name in staging} for one in made] == [staging]


@pytest.mark.parametrize(
    ("members", "client_side", "mobile"),
    [
        ({"includeInSnippetByDefault": True}, True, True),
        (
            {"defaultClientSideAvailability": {"usingEnvironmentId": True, "usingMobileKey": False}},
            True,
            False,
        ),
        (
            {
                "includeInSnippetByDefault": True,
                "defaultClientSideAvailability": {"usingEnvironmentId": False, "usingMobileKey": True},
            },
            False,
            True,
        ),
    ],
)
def test_two_members_say_what_new_flags_are_available_to_and_the_newer_one_wins(
    server: TestServer, members: dict[str, Any], client_side: bool, mobile: bool
) -> None:
    made = make_project(server, "web", **members).json

    assert made["includeInSnippetByDefault"] is client_side
    availability = {"usingEnvironmentId": client_side, "usingMobileKey": mobile}
    assert made["defaultClientSideAvailability"] == availability
    defaults = server.get(f"{PROJECTS}/web/flag-defaults").json
    assert defaults["defaultClientSideAvailability"] == availability


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"key": "web"}, "name"),
        ({"name": "Web"}, "key"),
        ({"key": "web", "name": ""}, "$.name"),
        ({"key": "web", "name": "n" * 257}, "$.name"),
        ({"key": "_web", "name": "Web"}, "_web"),
        ({"key": "a b", "name": "Web"}, "a b"),
        ({"key": "", "name": "Web"}, "project key"),
        ({"key": "k" * 101, "name": "Web"}, "100"),
        ({"key": "web", "name": "Web", "tags": ["a b"]}, "a b"),
        ({"key": "web", "name": "Web", "tags": ["t" * 65]}, "ttt"),
        ({"key": "web", "name": "Web", "tags": "mobile"}, "$.tags"),
        ({"key": "web", "name": "Web", "surprise": 1}, "surprise"),
        ({"key": "web", "name": "Web", "environments": [{"key": "e", "name": "E"}]}, "color"),
        (
            {
                "key": "web",
                "name": "Web",
                "environments": [{"key": "e", "name": "E", "color": "00ff00"}] * 2,
            },
            "$.environments",
        ),
        (
            {
                "key": "web",
                "name": "Web",
                "environments": [{"key": f"e{i}", "name": "E", "color": "00ff00"} for i in range(101)],
            },
            "$.environments",
        ),
    ],
)
def test_a_malformed_project_is_refused_and_nothing_is_stored(
    server: TestServer, body: dict[str, Any], named: str
) -> None:
    before = traces(server), server.count("environments")

    answer = server.post(PROJECTS, body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert named in answer.message
    assert (traces(server), server.count("environments")) == before


def test_a_key_that_is_taken_is_a_conflict(server: TestServer) -> None:
    before = traces(server)

    answer = server.post(PROJECTS, {"key": "default", "name": "Again"})

    assert (answer.status, answer.code) == (409, "conflict")
    assert traces(server) == before


def test_keys_differ_by_case(server: TestServer) -> None:
    make_project(server, "Default")

    assert server.get(f"{PROJECTS}/Default").json["name"] == "Default"
    assert server.get(f"{PROJECTS}/DEFAULT").status == 404


@pytest.mark.parametrize(
    ("operations", "member", "value"),
    [
        ([replace("/name", "Shop")], "name", "Shop"),
        ([{"op": "add", "path": "/name", "value": "Shop"}], "name", "Shop"),
        ([{"op": "add", "path": "/tags/0", "value": "z"}], "tags", ["m", "z"]),
        ([{"op": "add", "path": "/tags/-", "value": "a"}], "tags", ["a", "m"]),
        ([replace("/tags", ["x", "x"])], "tags", ["x"]),
        ([{"op": "remove", "path": "/tags/0"}], "tags", []),
        ([{"op": "remove", "path": "/tags"}], "tags", []),
        ([replace("/includeInSnippetByDefault", True)], "includeInSnippetByDefault", True),
        (
            [replace("/defaultClientSideAvailability/usingEnvironmentId", True)],
            "includeInSnippetByDefault",
            True,
        ),
        (
            [
                replace("/defaultClientSideAvailability/usingMobileKey", False),
                replace("/includeInSnippetByDefault", True),
            ],
            "defaultClientSideAvailability",
            {"usingEnvironmentId": True, "usingMobileKey": False},
        ),
        ([{"op": "test", "path": "/name", "value": "Web"}, replace("/name", "Shop")], "name", "Shop"),
        ({"comment": "why", "patch": [replace("/name", "Shop")]}, "name", "Shop"),
    ],
)
def test_a_json_patch_changes_a_project(
    server: TestServer, operations: Any, member: str, value: object
) -> None:
    make_project(server, "web", tags=["m"])

    answer = server.patch(f"{PROJECTS}/web", operations)

    assert answer.json[member] == value
    assert len(answer.json["environments"]) == 2
    assert server.get(f"{PROJECTS}/web").json[member] == value


@pytest.mark.parametrize(
    ("operations", "status", "code"),
    [
        ([replace("/key", "other")], 400, "invalid_request"),
        ([replace("/_id", "0" * 24)], 400, "invalid_request"),
        ([{"op": "remove", "path": "/_links"}], 400, "invalid_request"),
        ([{"op": "add", "path": "/environments", "value": []}], 400, "invalid_request"),
        ([{"op": "add", "path": "/surprise", "value": 1}], 400, "invalid_request"),
        ([replace("/name", "")], 400, "invalid_request"),
        ([replace("/name", None)], 400, "invalid_request"),
        ([replace("/tags", ["a b"])], 400, "invalid_request"),
        ([replace("/defaultClientSideAvailability", {"usingMobileKey": True})], 400, "invalid_request"),
        ([{"op": "remove", "path": "/name"}], 400, "invalid_request"),
        ([{"op": "remove", "path": "/tags/7"}], 400, "invalid_patch"),
        ([{"op": "remove", "path": "/nothing"}], 400, "invalid_patch"),
        ([{"op": "Replace", "path": "/name", "value": "x"}], 400, "invalid_request"),
        ([{"op": "test", "path": "/name", "value": "Else"}], 409, "optimistic_locking_error"),
        (
            [replace("/name", "x"), {"op": "test", "path": "/name", "value": "y"}],
            409,
            "optimistic_locking_error",
        ),
        ({"name": "x"}, 400, "invalid_request"),
        ({"merge": {"name": "x"}}, 400, "invalid_request"),
    ],
)
def test_a_patch_that_cannot_be_applied_changes_nothing(
    server: TestServer, operations: Any, status: int, code: str
) -> None:
    before = server.get(DEFAULT).json, traces(server)

    answer = server.patch(DEFAULT, operations)

    assert (answer.status, answer.code) == (status, code)
    assert (server.get(DEFAULT).json, traces(server)) == before


@pytest.mark.parametrize("operations", [[], [replace("/name", "Default")], [replace("/tags", [])]])
def test_a_patch_that_changes_nothing_is_no_change(server: TestServer, operations: Any) -> None:
    before = traces(server)

    assert server.patch(DEFAULT, operations).status == 200
    assert traces(server) == before


@pytest.mark.parametrize(
    ("operation", "action"),
    [
        (replace("/name", "New"), "updateProjectName"),
        (replace("/tags", ["new"]), "updateTags"),
        (replace("/includeInSnippetByDefault", True), "updateIncludeInSnippetByDefault"),
        (
            replace("/defaultClientSideAvailability/usingMobileKey", False),
            "updateDefaultClientSideAvailability",
        ),
    ],
)
def test_each_member_needs_its_own_action(server: TestServer, operation: Any, action: str) -> None:
    others = server.add_token(allow(["*"], "proj/*"), deny([action], "proj/default"))
    only = server.add_token(allow([action], "proj/default"))
    before = traces(server)

    refused = server.patch(DEFAULT, [operation], as_=others)

    assert (refused.status, refused.code) == (403, "forbidden")
    assert traces(server) == before
    assert server.patch(DEFAULT, [operation], as_=only).status == 200
    assert recorded(server)[-1].accesses == [[action, "proj/default"]]


def test_a_patch_needs_the_actions_of_all_that_it_changes(server: TestServer) -> None:
    token = server.add_token(allow(["updateProjectName"], "proj/*"))

    both = [replace("/name", "New"), replace("/tags", ["new"])]

    assert server.patch(DEFAULT, both, as_=token).status == 403
    assert server.get(DEFAULT).json["name"] == "Default"


def test_making_and_deleting_take_an_action_each(server: TestServer) -> None:
    maker = server.add_token(allow(["createProject"], "proj/web"))
    remover = server.add_token(allow(["deleteProject"], "proj/web"))
    body = {"key": "web", "name": "Web"}

    assert server.post(PROJECTS, body, as_=remover).status == 403
    assert server.post(PROJECTS, {**body, "key": "other"}, as_=maker).status == 403
    assert server.post(PROJECTS, body, as_=maker).status == 201
    assert server.delete(f"{PROJECTS}/web", as_=maker).status == 403
    assert server.delete(f"{PROJECTS}/web", as_=remover).status == 204


def test_a_writer_makes_changes_and_deletes_projects(server: TestServer) -> None:
    assert server.post(PROJECTS, {"key": "web", "name": "Web"}, as_=WRITER).status == 201
    assert server.patch(f"{PROJECTS}/web", [replace("/name", "Shop")], as_=WRITER).status == 200
    assert server.delete(f"{PROJECTS}/web", as_=READER).status == 403
    assert server.delete(f"{PROJECTS}/web", as_=WRITER).status == 204


def test_a_deleted_project_is_gone_and_its_key_is_free(server: TestServer) -> None:
    make_project(server, "web")

    assert server.delete(f"{PROJECTS}/web").body == b""
    assert server.get(f"{PROJECTS}/web").status == 404
    assert keys(server.get(PROJECTS)) == ["default"]
    assert server.delete(f"{PROJECTS}/web").status == 404
    make_project(server, "web")


def test_the_last_project_stays(server: TestServer) -> None:
    before = traces(server)

    answer = server.delete(DEFAULT)

    assert (answer.status, answer.code) == (409, "conflict")
    assert traces(server) == before


OLD = ["20160426", "20191212", "20210729"]
NEW = ["20220603", "20240415", "beta"]


@pytest.mark.parametrize("version", NEW)
def test_environments_are_shown_where_they_are_expanded(server: TestServer, version: str) -> None:
    make_environment(server, "staging")

    bare = server.get(DEFAULT, version=version).json
    expanded = server.get(DEFAULT, version=version, query={"expand": "surprise, environments"}).json
    (listed,) = server.get(PROJECTS, version=version, query={"expand": "environments"}).json["items"]

    assert "environments" not in bare
    assert "environments" not in server.get(PROJECTS, version=version).json["items"][0]
    assert [one["key"] for one in expanded["environments"]["items"]] == ["production", "test", "staging"]
    assert expanded["environments"]["totalCount"] == 3
    assert expanded["environments"]["_links"]["self"]["href"] == f"{DEFAULT}/environments?limit=20"
    assert listed == expanded


def test_an_expansion_is_the_first_page_of_environments(server: TestServer) -> None:
    for number in range(19):
        make_environment(server, f"e{number}")

    expanded = server.get(DEFAULT, query={"expand": "environments"}).json["environments"]
    following = server.get(expanded["_links"]["next"]["href"])

    assert len(expanded["items"]) == 20
    assert expanded["totalCount"] == 21
    assert keys(following) == ["e18"]


@pytest.mark.parametrize("version", OLD)
def test_before_20220603_environments_are_always_shown_as_a_plain_list(
    server: TestServer, version: str
) -> None:
    one = server.get(DEFAULT, version=version).json
    (listed,) = server.get(PROJECTS, version=version).json["items"]

    assert [environment["key"] for environment in one["environments"]] == ["production", "test"]
    assert listed == one


@pytest.mark.parametrize("version", [*OLD, *NEW])
def test_where_a_project_is_made_or_changed_its_environments_are_a_plain_list(
    server: TestServer, version: str
) -> None:
    made = server.post(PROJECTS, {"key": "web", "name": "Web"}, version=version)
    changed = server.patch(f"{PROJECTS}/web", [replace("/name", "Shop")], version=version)

    assert [one["key"] for one in made.json["environments"]] == ["production", "test"]
    assert changed.json["environments"] == made.json["environments"]
    assert changed.headers["ld-api-version"] == version


def test_patches_at_the_same_time_all_succeed(server: TestServer) -> None:
    calls = [
        {"method": "PATCH", "path": DEFAULT, "json": [{"op": "add", "path": "/tags/-", "value": f"t{i}"}]}
        for i in range(50)
    ]
    before = server.count("audit_log")

    answers = server.request_all(*calls)

    assert {answer.status for answer in answers} == {200}
    assert server.get(DEFAULT).json["tags"] == sorted(f"t{i}" for i in range(50))
    assert server.count("audit_log") - before == 50
