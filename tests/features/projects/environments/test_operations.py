"""Environments over REST."""

from typing import Any

import pytest

from tests.features.projects.calls import ENVIRONMENTS, allow, deny, keys, make_environment
from tests.support.audit import recorded, traces
from tests.support.client import READER, WRITER
from tests.support.server import TestServer

TEST = f"{ENVIRONMENTS}/test"
BODY = {"key": "staging", "name": "Staging", "color": "00ff00"}
SETTINGS = {
    "defaultTtl": 60,
    "secureMode": True,
    "defaultTrackEvents": True,
    "confirmChanges": True,
    "requireComments": True,
    "critical": True,
    "tags": ["a", "b"],
}
ACTIONS = {
    "name": ("New", "updateName"),
    "color": ("ABCdef", "updateColor"),
    "defaultTtl": (60, "updateTtl"),
    "secureMode": (True, "updateSecureMode"),
    "defaultTrackEvents": (True, "updateDefaultTrackEvents"),
    "confirmChanges": (True, "updateConfirmChanges"),
    "requireComments": (True, "updateRequireComments"),
    "critical": (True, "updateCritical"),
    "tags": (["new"], "updateTags"),
}


def replace(path: str, value: Any) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}


def test_a_new_environment_has_keys_of_its_own_and_plain_settings(server: TestServer) -> None:
    made = make_environment(server, "staging").json

    assert made["_links"] == {"self": {"href": f"{ENVIRONMENTS}/staging", "type": "application/json"}}
    assert len(made["_id"]) == 24
    assert made["apiKey"] == server.sdk_key("staging")
    assert made["mobileKey"] == server.mobile_key("staging")
    assert made["apiKey"].startswith("sdk-")
    assert made["mobileKey"].startswith("mob-")
    plain = {"defaultTtl": 0, "tags": []} | {name: False for name, value in SETTINGS.items() if value is True}
    assert {name: made[name] for name in plain} == plain
    assert server.get(f"{ENVIRONMENTS}/staging").json == made


def test_a_new_environment_has_the_settings_that_it_is_given(server: TestServer) -> None:
    made = make_environment(server, "staging", **SETTINGS).json

    assert {name: made[name] for name in SETTINGS} == SETTINGS


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"key": ""}, "environment key"),
        ({"key": "a b"}, "a b"),
        ({"key": "k" * 101}, "100"),
        ({"key": "copy"}, "copy"),
        ({"key": "dependent-flags"}, "dependent-flags"),
        ({"name": ""}, "$.name"),
        ({"color": "#00ff00"}, "$.color"),
        ({"color": "green"}, "$.color"),
        ({"color": "00ff00\n"}, "$.color"),
        ({"defaultTtl": 61}, "$.defaultTtl"),
        ({"defaultTtl": -1}, "$.defaultTtl"),
        ({"defaultTtl": 1.5}, "$.defaultTtl"),
        ({"secureMode": "yes"}, "$.secureMode"),
        ({"tags": ["a b"]}, "a b"),
        ({"approvalSettings": {"required": True}}, "approvalSettings"),
        ({"source": {"key": "nowhere"}}, "$.source.key"),
        ({"source": {}}, "$.source"),
        ({"source": {"key": "test", "surprise": 1}}, "surprise"),
    ],
)
def test_a_malformed_environment_is_refused_and_nothing_is_stored(
    server: TestServer, changes: dict[str, Any], named: str
) -> None:
    before = traces(server), server.count("credentials")

    answer = server.post(ENVIRONMENTS, {**BODY, **changes})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert named in answer.message
    assert (traces(server), server.count("credentials")) == before


@pytest.mark.parametrize("missing", BODY)
def test_key_name_and_color_are_required(server: TestServer, missing: str) -> None:
    answer = server.post(ENVIRONMENTS, {name: value for name, value in BODY.items() if name != missing})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert missing in answer.message


def test_a_key_that_is_taken_is_a_conflict_in_its_project_only(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "web", "name": "Web"})

    answer = server.post(ENVIRONMENTS, {**BODY, "key": "test"})

    assert (answer.status, answer.code) == (409, "conflict")
    make_environment(server, "staging")
    make_environment(server, "staging", project="web")


def test_a_clone_asks_for_the_version_of_its_source(server: TestServer) -> None:
    version = server.get(TEST).json["_version"]
    server.patch(TEST, [replace("/name", "New")])

    stale = server.post(ENVIRONMENTS, {**BODY, "source": {"key": "test", "version": version}})
    current = server.post(ENVIRONMENTS, {**BODY, "source": {"key": "test", "version": version + 1}})

    assert (stale.status, stale.code) == (409, "optimistic_locking_error")
    assert current.status == 201
    assert server.post(ENVIRONMENTS, {**BODY, "key": "any", "source": {"key": "test"}}).status == 201


@pytest.mark.parametrize("member", ACTIONS)
@pytest.mark.parametrize("op", ["add", "replace"])
def test_every_member_can_be_set(server: TestServer, member: str, op: str) -> None:
    value, _ = ACTIONS[member]
    before = server.get(TEST).json

    changed = server.patch(TEST, [{"op": op, "path": f"/{member}", "value": value}]).json

    assert changed == {**before, member: value, "_version": before["_version"] + 1}
    assert server.get(TEST).json == changed


@pytest.mark.parametrize("member", SETTINGS)
def test_a_member_that_is_removed_is_as_in_a_new_environment(server: TestServer, member: str) -> None:
    made = make_environment(server, "full", **SETTINGS).json

    changed = server.patch(f"{ENVIRONMENTS}/full", [{"op": "remove", "path": f"/{member}"}]).json

    initial = {"defaultTtl": 0, "tags": []}.get(member, False)
    assert changed == {**made, member: initial, "_version": 2}


@pytest.mark.parametrize(
    ("operations", "tags"),
    [
        ([{"op": "add", "path": "/tags/0", "value": "z"}], ["a", "b", "z"]),
        ([{"op": "add", "path": "/tags/-", "value": "c"}], ["a", "b", "c"]),
        ([{"op": "remove", "path": "/tags/0"}], ["b"]),
        ([{"op": "replace", "path": "/tags/1", "value": "x"}], ["a", "x"]),
        ([{"op": "test", "path": "/tags", "value": ["a", "b"]}, replace("/tags", [])], []),
        ([{"op": "copy", "from": "/tags/0", "path": "/tags/-"}], ["a", "b"]),
    ],
)
def test_tags_are_a_set_that_is_patched_as_an_array(
    server: TestServer, operations: Any, tags: list[str]
) -> None:
    make_environment(server, "staging", tags=["b", "a"])

    assert server.patch(f"{ENVIRONMENTS}/staging", operations).json["tags"] == tags


@pytest.mark.parametrize(
    ("operations", "status", "code", "named"),
    [
        ([replace("/key", "other")], 400, "invalid_request", "/key"),
        ([replace("/apiKey", "sdk-mine")], 400, "invalid_request", "/apiKey"),
        ([replace("/mobileKey", "mob-mine")], 400, "invalid_request", "/mobileKey"),
        ([replace("/_id", "0" * 24)], 400, "invalid_request", "/_id"),
        ([replace("/_version", 9)], 400, "invalid_request", "/_version"),
        ([{"op": "remove", "path": "/_links"}], 400, "invalid_request", "/_links"),
        ([replace("/approvalSettings/required", True)], 400, "invalid_request", "approvalSettings"),
        (
            [{"op": "add", "path": "/approvalSettings", "value": {}}],
            400,
            "invalid_request",
            "approvalSettings",
        ),
        (
            [{"op": "test", "path": "/approvalSettings", "value": {}}],
            400,
            "invalid_request",
            "approvalSettings",
        ),
        ([{"op": "add", "path": "/surprise", "value": 1}], 400, "invalid_request", "/surprise"),
        ([{"op": "remove", "path": "/name"}], 400, "invalid_request", "name"),
        ([replace("/color", "green")], 400, "invalid_request", "$.color"),
        ([replace("/defaultTtl", 61)], 400, "invalid_request", "$.defaultTtl"),
        ([replace("/critical", "yes")], 400, "invalid_request", "$.critical"),
        ([replace("/tags", ["a b"])], 400, "invalid_request", "a b"),
        ([{"op": "remove", "path": "/nothing"}], 400, "invalid_patch", "/nothing"),
        ([{"op": "test", "path": "/_version", "value": 7}], 409, "optimistic_locking_error", "/_version"),
        ({"name": "merge"}, 400, "invalid_request", "JSON patch"),
    ],
)
def test_a_patch_that_breaks_a_rule_changes_nothing(
    server: TestServer, operations: Any, status: int, code: str, named: str
) -> None:
    before = server.get(TEST).json, traces(server)

    answer = server.patch(TEST, operations)

    assert (answer.status, answer.code) == (status, code)
    assert named in answer.message
    assert (server.get(TEST).json, traces(server)) == before


@pytest.mark.parametrize("operations", [[], [replace("/name", "Test")], [replace("/tags", [])]])
def test_a_patch_that_changes_nothing_is_no_change(server: TestServer, operations: Any) -> None:
    before = server.get(TEST).json, traces(server)

    answer = server.patch(TEST, operations)

    assert (answer.status, answer.json) == (200, before[0])
    assert traces(server) == before[1]


@pytest.mark.parametrize("member", ACTIONS)
def test_each_member_needs_its_own_action(server: TestServer, member: str) -> None:
    value, action = ACTIONS[member]
    others = server.add_token(allow(["*"], "proj/*:env/*"), deny([action], "proj/*:env/test"))
    only = server.add_token(allow([action], "proj/default:env/test"))
    operation = replace(f"/{member}", value)

    refused = server.patch(TEST, [operation], as_=others)

    assert (refused.status, refused.code) == (403, "forbidden")
    assert server.patch(f"{ENVIRONMENTS}/production", [operation], as_=only).status == 403
    assert server.patch(TEST, [operation], as_=only).status == 200
    assert recorded(server)[-1].accesses == [[action, "proj/default:env/test"]]


@pytest.mark.parametrize(
    ("method", "path", "action"),
    [
        ("POST", "", "createEnvironment"),
        ("DELETE", "/staging", "deleteEnvironment"),
        ("POST", "/staging/apiKey", "updateApiKey"),
        ("POST", "/staging/mobileKey", "updateMobileKey"),
    ],
)
def test_every_other_change_needs_its_own_action(
    server: TestServer, method: str, path: str, action: str
) -> None:
    body = {**BODY, "tags": ["eu"]}
    if path:
        server.post(ENVIRONMENTS, body)
    others = server.add_token(allow(["*"], "proj/*:env/*"), deny([action], "proj/*:env/*;eu"))
    only = server.add_token(allow([action], "proj/default:env/staging;eu"))
    call = {"json": None if path else body}

    assert server.request(method, ENVIRONMENTS + path, as_=READER, **call).status == 403
    assert server.request(method, ENVIRONMENTS + path, as_=others, **call).status == 403
    assert server.request(method, ENVIRONMENTS + path, as_=only, **call).status < 300
    assert recorded(server)[-1].accesses == [[action, "proj/default:env/staging;eu"]]


def test_a_writer_may_do_all_of_it(server: TestServer) -> None:
    assert server.post(ENVIRONMENTS, BODY, as_=WRITER).status == 201
    assert server.post(f"{ENVIRONMENTS}/staging/apiKey", as_=WRITER).status == 200
    assert server.delete(f"{ENVIRONMENTS}/staging", as_=WRITER).status == 204


def test_what_may_not_be_made_is_refused_before_its_source_is_looked_for(server: TestServer) -> None:
    answer = server.post(ENVIRONMENTS, {**BODY, "source": {"key": "nowhere"}}, as_=READER)

    assert answer.status == 403


def test_the_list_has_filters_an_order_and_pages(server: TestServer) -> None:
    make_environment(server, "staging", tags=["eu", "qa"], critical=True)
    make_environment(server, "lab", name="Beta lab", tags=["QA"])

    def listed(**query: object) -> list[str]:
        return keys(server.get(ENVIRONMENTS, query=query))

    assert listed() == ["production", "test", "staging", "lab"]
    assert listed(filter="query:LAB") == ["lab"]
    assert listed(filter="query:t") == ["production", "test", "staging", "lab"]
    assert listed(filter="tags:qa") == ["staging", "lab"]
    assert listed(filter="tags:eu+qa") == ["staging"]
    assert listed(sort="name") == ["lab", "production", "staging", "test"]
    assert listed(sort="-critical,name") == ["staging", "lab", "production", "test"]
    assert listed(sort="createdOn", limit=2, offset=2) == ["staging", "lab"]
    assert server.get(ENVIRONMENTS, query={"filter": "keys:lab"}).status == 400
    assert server.get(ENVIRONMENTS, query={"sort": "key"}).status == 400


def test_pages_of_the_list_link_to_those_there_are(server: TestServer) -> None:
    for number in range(19):
        make_environment(server, f"e{number}")

    first = server.get(ENVIRONMENTS).json

    assert (len(first["items"]), first["totalCount"]) == (20, 21)
    assert {name: link["href"] for name, link in first["_links"].items()} == {
        "self": f"{ENVIRONMENTS}?limit=20",
        "next": f"{ENVIRONMENTS}?limit=20&offset=20",
        "last": f"{ENVIRONMENTS}?limit=20&offset=20",
    }
    assert set(server.get(first["_links"]["next"]["href"]).json["_links"]) == {"self", "first", "prev"}


def test_environments_keep_their_order_when_others_are_deleted(server: TestServer) -> None:
    make_environment(server, "a")
    server.delete(TEST)
    for key in ("c", "b"):
        make_environment(server, key)

    assert keys(server.get(ENVIRONMENTS)) == ["production", "a", "c", "b"]


def test_a_deleted_environment_is_gone_and_its_key_is_free(server: TestServer) -> None:
    old = server.get(TEST).json

    assert server.delete(TEST).status == 204
    assert server.get(TEST).status == 404
    assert server.delete(TEST).status == 404
    assert make_environment(server, "test").json["_id"] != old["_id"]


def test_the_last_environment_stays(server: TestServer) -> None:
    server.delete(TEST)
    before = traces(server)

    answer = server.delete(f"{ENVIRONMENTS}/production")

    assert (answer.status, answer.code) == (409, "conflict")
    assert traces(server) == before


def test_an_environment_of_another_project_is_not_found(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "web", "name": "Web", "environments": [BODY]})

    assert server.get("/api/v2/projects/web/environments/test").status == 404
    assert server.get(f"{ENVIRONMENTS}/staging").status == 404


def test_patches_at_the_same_time_all_succeed_and_count_up(server: TestServer) -> None:
    before = server.get(TEST).json["_version"]
    calls = [
        {"method": "PATCH", "path": TEST, "json": [{"op": "add", "path": "/tags/-", "value": f"t{i}"}]}
        for i in range(50)
    ]

    answers = server.request_all(*calls)

    assert {answer.status for answer in answers} == {200}
    assert sorted(answer.json["_version"] for answer in answers) == list(range(before + 1, before + 51))
    assert len(server.get(TEST).json["tags"]) == 50


def test_of_patches_that_ask_for_the_same_version_one_succeeds(server: TestServer) -> None:
    version = server.get(TEST).json["_version"]
    check = {"op": "test", "path": "/_version", "value": version}
    calls = [
        {"method": "PATCH", "path": TEST, "json": [check, replace("/name", f"Name {i}")]} for i in range(20)
    ]

    answers = server.request_all(*calls)

    assert sorted(answer.status for answer in answers) == [200] + [409] * 19
    assert {answer.code for answer in answers if answer.status == 409} == {"optimistic_locking_error"}


def test_a_change_says_who_did_what_and_why(server: TestServer) -> None:
    patch = {"comment": "careful", "patch": [replace("/color", "ff0000"), replace("/critical", True)]}

    server.patch(TEST, patch)

    entry = recorded(server)[-1]
    assert (entry.kind, entry.name, entry.verb) == ("environment", "Test", "updated the environment")
    assert entry.description == "- Changed the color from ~~`F5A623`~~ to `ff0000`\n\n- Marked as critical"
    assert entry.comment == "careful"
    assert sorted(entry.accesses) == [
        ["updateColor", "proj/default:env/test"],
        ["updateCritical", "proj/default:env/test"],
    ]
    (written,) = entry.versions
    assert (written["before"]["color"], written["after"]["color"]) == ("F5A623", "ff0000")


def test_making_and_deleting_leave_an_entry_each(server: TestServer) -> None:
    before = server.count("audit_log")

    make_environment(server, "staging")
    server.delete(f"{ENVIRONMENTS}/staging")

    assert [(entry.verb, entry.name, entry.accesses) for entry in recorded(server, before)] == [
        ("created the environment", "Staging", [["createEnvironment", "proj/default:env/staging"]]),
        ("deleted the environment", "Staging", [["deleteEnvironment", "proj/default:env/staging"]]),
    ]
