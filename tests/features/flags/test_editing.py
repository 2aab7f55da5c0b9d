"""Patches of a flag over HTTP: three formats, one set of rules."""

from typing import Any

import msgspec
import pytest

from flagstaff.access.policies import Statement
from tests.support.audit import recorded
from tests.support.client import JSON, READER, SEMANTIC, WRITER
from tests.support.flag_calls import (
    BLUE,
    FIRST,
    GREEN,
    MANY,
    ONE,
    RED,
    a_clause,
    a_rule,
    instruct,
    make_colours,
    make_switch,
    published,
    state_of,
)
from tests.support.server import START, TestServer

ON = {"kind": "turnFlagOn"}
NAME = {"kind": "updateName", "value": "Till"}


def replace(path: str, value: Any) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}


def test_one_request_is_one_version_in_each_scope_that_it_changes(server: TestServer) -> None:
    before = make_colours(server)
    server.clock.advance(seconds=5)

    after = instruct(server, ON, NAME, {"kind": "updateTrackEvents", "trackEvents": True})

    assert (after["_version"], after["name"]) == (2, "Till")
    found = after["environments"]["test"]
    assert (found["version"], found["lastModified"], found["on"]) == (2, START + 5000, True)
    assert after["environments"]["production"] == before["environments"]["production"]
    assert published(server)["checkout"]["version"] == 2
    assert published(server, "production")["checkout"]["version"] == 1


def test_a_weight_may_be_written_with_a_point_as_long_as_it_is_whole(server: TestServer) -> None:
    make_colours(server)
    weights = f'{{"{RED}": 60000.0, "{GREEN}": 4e4, "{BLUE}": 0.0}}'
    body = f'{{"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": {weights}}}'

    def send(instruction: str) -> Any:
        sent = f'{{"environmentKey": "test", "instructions": [{instruction}]}}'
        return server.request("PATCH", ONE, body=sent.encode(), content_type=SEMANTIC)

    found = send(body).json["environments"]["test"]["fallthrough"]["rollout"]["variations"]
    assert [weight["weight"] for weight in found] == [60000, 40000, 0]
    answer = send(body.replace("60000.0", "60000.5"))
    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "`int`, got `float`" in answer.message


def test_an_index_may_be_written_so_too_and_follows_what_a_patch_removes(server: TestServer) -> None:
    make_colours(server)
    rule = f'{{"clauses": [{msgspec.json.encode(a_clause()).decode()}], "variation": 2.0}}'
    added = f'{{"op": "add", "path": "/environments/test/rules/-", "value": {rule}}}'
    default = '{"op": "replace", "path": "/defaults/onVariation", "value": 1.0}'
    removed = '{"op": "remove", "path": "/variations/0"}'

    answer = server.request("PATCH", ONE, body=f"[{added}, {default}, {removed}]".encode())

    assert answer.status == 200, answer
    assert answer.json["environments"]["test"]["rules"][0]["variation"] == 1
    assert [variation["value"] for variation in answer.json["variations"]] == ["green", "blue"]


def test_an_environment_that_is_not_needed_is_ignored(server: TestServer) -> None:
    make_colours(server)

    assert instruct(server, NAME)["environments"]["test"]["version"] == 1


def test_each_instruction_sees_what_those_before_it_did(server: TestServer) -> None:
    make_colours(server)

    after = instruct(
        server,
        {"kind": "addTargets", "variationId": RED, "values": ["ann"]},
        {"kind": "removeTargets", "variationId": RED, "values": ["ann"]},
        {"kind": "addTargets", "variationId": GREEN, "values": ["ann"]},
        {"kind": "updateVariation", "variationId": RED, "value": "pink"},
        {"kind": "updateDefaultVariation", "offVariationValue": "pink"},
    )

    assert after["environments"]["test"]["targets"][0]["variation"] == 1
    assert after["defaults"]["offVariation"] == 0


@pytest.mark.parametrize(
    ("body", "semantic"),
    [
        ({"instructions": [ON, {"kind": "removeTags", "values": ["x"]}], "environmentKey": "test"}, True),
        ([], False),
        ([replace("/name", "Flag checkout")], False),
        ({"name": "Flag checkout", "environments": {"test": {"on": True}}}, False),
        ({"patch": [replace("/environments/test/on", True)], "comment": "Again"}, False),
    ],
)
def test_what_changes_nothing_leaves_no_trace(server: TestServer, body: Any, semantic: bool) -> None:
    make_colours(server)
    instruct(server, ON)
    before = state_of(server)
    server.clock.advance(seconds=5)

    answer = server.patch(ONE, body, semantic=semantic)

    assert (answer.status, answer.json) == (200, server.get(ONE).json)
    assert state_of(server) == before


def test_a_flag_can_be_sent_back_as_it_was_shown(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server, tags=["a"], customProperties={"j": {"name": "J", "value": ["1"]}})
    instruct(
        server,
        {"kind": "addRule", **a_rule(), "description": "So"},
        {"kind": "addTargets", "variationId": RED, "contextKind": "org", "values": ["acme"]},
    )
    before = state_of(server)

    assert server.patch(ONE, server.get(ONE).json).status == 200
    assert server.patch(ONE, {"merge": server.get(ONE).json, "comment": "Back"}).status == 200

    assert state_of(server) == before


@pytest.mark.parametrize(
    "wire",
    [
        {"kind": "updateRuleDescription", "ruleId": FIRST, "description": "x"},
        {"kind": "updateOffVariation", "variationId": "nowhere"},
        {"kind": "addRule", "clauses": [a_clause()]},
        {"kind": "addRule", **a_rule("nowhere")},
        {"kind": "addRule", **a_rule(GREEN, a_clause(op="resembles"))},
        {"kind": "addRule", **a_rule(GREEN, a_clause("(", op="matches"))},
        {"kind": "addRule", **a_rule(GREEN), "beforeRuleId": FIRST},
        {"kind": "addRule", **a_rule(GREEN), "rolloutWeights": {RED: 100_000}},
        {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": {RED: 60_000, GREEN: 50_000}},
        {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": {RED: -1, GREEN: 100_001}},
        {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": {"nowhere": 100_000}},
        {"kind": "addTargets", "variationId": GREEN, "values": ["ann"]},
        {"kind": "addTargets", "variationId": GREEN, "values": [""]},
        {"kind": "addTargets", "variationId": GREEN, "values": "bob"},
        {"kind": "addTargets", "variationId": GREEN, "values": ["bob"], "contextKind": "multi"},
        {"kind": "replaceUserTargets", "targets": [{"variationId": RED, "values": []}]},
        {"kind": "reorderRules", "ruleIds": [FIRST]},
        {"kind": "updatePrerequisite", "key": "login", "variationId": RED},
        {"kind": "removeVariation", "variationId": BLUE},
        {"kind": "updateDefaultVariation", "onVariationValue": "pink"},
        {"kind": "addTags", "values": ["a b"]},
        {"kind": "updateName", "value": ""},
        {"kind": "updateName", "value": "x" * 257},
        {"kind": "updateName"},
        {"kind": "updateName", "value": "x", "extra": 1},
        {"kind": "turnOnClientSideAvailability", "value": "everywhere"},
        {"kind": "updateMaintainerMember", "value": "nobody"},
        {"kind": "flyAway"},
        {"kind": "setRules", "rules": []},
        {"kind": 7},
        {},
    ],
)
def test_one_instruction_that_fails_undoes_all(server: TestServer, wire: Any) -> None:
    make_colours(server)
    instruct(server, {"kind": "addTargets", "variationId": RED, "values": ["ann"]})
    before = state_of(server)

    answer = server.instruct(ONE, NAME, ON, wire, environment="test")

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert state_of(server) == before


def test_a_wrong_parameter_is_named_by_its_place(server: TestServer) -> None:
    make_colours(server)

    answer = server.instruct(ONE, ON, {"kind": "addRule", **a_rule(), "clauses": [{}]}, environment="test")

    assert "addRule" in answer.message
    assert "$.instructions[1].clauses[0]" in answer.message


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ("", "environmentKey is required: turnFlagOn is about one environment - at `$.environmentKey`"),
        ("nowhere", "unknown environment 'nowhere' - at `$.environmentKey`"),
        ("schlüssel/%", "unknown environment 'schlüssel/%' - at `$.environmentKey`"),
    ],
)
def test_what_is_about_an_environment_needs_one_that_exists(
    server: TestServer, environment: str, message: str
) -> None:
    make_colours(server)

    answer = server.instruct(ONE, NAME, ON, environment=environment)

    assert (answer.status, answer.code, answer.message) == (400, "invalid_request", message)
    assert server.get(ONE).json["name"] == "Flag checkout"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ({"instructions": [ON], "environmentKey": "test"}, JSON),
        ([replace("/name", "Till")], SEMANTIC),
        ({"instructions": []}, SEMANTIC),
        ({"instructions": {"kind": "turnFlagOn"}}, SEMANTIC),
        ({"comment": "Nothing"}, SEMANTIC),
        ("turnFlagOn", JSON),
    ],
)
def test_a_body_of_another_format_than_its_media_type_says_is_refused(
    server: TestServer, body: Any, content_type: str
) -> None:
    make_colours(server)

    answer = server.request("PATCH", ONE, json=body, content_type=content_type)

    assert (answer.status, answer.code) == (400, "invalid_request")


def test_conflicts_with_pending_changes_may_be_ignored(server: TestServer) -> None:
    make_colours(server)

    body = {"instructions": [ON], "environmentKey": "test"}
    answer = server.patch(ONE, body, semantic=True, query={"ignoreConflicts": "true"})

    assert (answer.status, answer.json["environments"]["test"]["on"]) == (200, True)
    assert server.patch(ONE, body, semantic=True, query={"ignoreConflicts": "perhaps"}).status == 400


def allow(action: str, where: str = "*") -> Statement:
    return Statement("allow", resources=(f"proj/*:env/{where}:flag/*",), actions=(action,))


def deny(action: str, where: str) -> Statement:
    return Statement("deny", resources=(f"proj/*:env/{where}:flag/*",), actions=(action,))


ON_IN_TEST = (
    ({"instructions": [ON], "environmentKey": "test"}, True),
    ([replace("/environments/test/on", True)], False),
    ({"environments": {"test": {"on": True}}}, False),
)
RENAME = (
    ({"instructions": [NAME]}, True),
    ([replace("/name", "Till")], False),
    ({"name": "Till"}, False),
)


@pytest.mark.parametrize("form", [0, 1, 2], ids=["semantic patch", "JSON patch", "merge patch"])
@pytest.mark.parametrize(
    ("bodies", "statements", "status"),
    [
        (ON_IN_TEST, [allow("updateOn", "test")], 200),
        (ON_IN_TEST, [allow("updateOn", "production")], 403),
        (ON_IN_TEST, [allow("updateRules", "test")], 403),
        (ON_IN_TEST, [allow("*"), deny("updateOn", "test")], 403),
        (ON_IN_TEST, [allow("*"), deny("updateOn", "production")], 200),
        (RENAME, [allow("updateName")], 200),
        (RENAME, [allow("updateName", "test")], 403),
        (RENAME, [allow("*"), deny("updateName", "production")], 403),
        (RENAME, [allow("updateOn")], 403),
    ],
)
def test_every_format_needs_the_same_permissions(
    server: TestServer, bodies: Any, statements: list[Statement], status: int, form: int
) -> None:
    make_colours(server)
    before = state_of(server)
    body, semantic = bodies[form]

    answer = server.patch(ONE, body, semantic=semantic, as_=server.add_token(*statements))

    assert answer.status == status
    if status == 403:
        assert answer.code == "forbidden"
        assert state_of(server)[0] == before[0]


def test_one_forbidden_part_forbids_the_whole(server: TestServer) -> None:
    make_colours(server)
    token = server.add_token(allow("updateOn", "test"))
    before = state_of(server)

    assert server.instruct(ONE, ON, NAME, environment="test", as_=token).status == 403
    both = [replace("/environments/test/on", True), replace("/environments/production/on", True)]
    assert server.patch(ONE, both, as_=token).status == 403
    assert server.instruct(ONE, ON, environment="test", as_=READER).status == 403
    assert state_of(server)[2:] == before[2:]
    assert server.instruct(ONE, ON, NAME, environment="test", as_=WRITER).status == 200


def test_a_policy_may_speak_of_tags(server: TestServer) -> None:
    make_colours(server, tags=["pay"])
    make_colours(server, "plain")
    token = server.add_token(
        Statement("allow", resources=("proj/*:env/*:flag/*;pay",), actions=("updateName",))
    )

    assert server.instruct(ONE, NAME, as_=token).status == 200
    assert server.instruct(f"{MANY}/plain", NAME, as_=token).status == 403


def test_a_project_that_the_caller_may_not_see_is_not_there(server: TestServer) -> None:
    make_colours(server)
    token = server.add_token(Statement("deny", resources=("proj/default",), actions=("viewProject",)))

    answers = [
        server.get(ONE, as_=token),
        server.get(MANY, as_=token),
        server.instruct(ONE, NAME, as_=token),
        server.delete(ONE, as_=token),
        server.post(MANY, {"key": "x", "name": "X"}, as_=token),
    ]

    assert [answer.status for answer in answers] == [404] * 5
    assert {answer.message for answer in answers} == {"Unknown project key default"}


def test_the_entry_names_each_access_and_what_was_done(server: TestServer) -> None:
    make_colours(server, tags=["pay"])
    body = {"comment": "As agreed", "environmentKey": "test", "instructions": [ON, NAME]}

    server.patch(ONE, body, semantic=True, as_=WRITER)

    entry = recorded(server)[-1]
    resource = "proj/default:env/{}:flag/checkout;pay"
    assert sorted(entry.accesses) == [
        ["updateName", resource.format("production")],
        ["updateName", resource.format("test")],
        ["updateOn", resource.format("test")],
    ]
    assert (entry.name, entry.verb, entry.comment) == ("Till", "updated the flag", "As agreed")
    assert "Till" in entry.description
    assert "## Test ##" in entry.description
    assert [one["table"] for one in entry.versions] == ["flags", "targetings"]


def test_patches_of_one_flag_at_once_all_succeed_one_version_after_the_other(server: TestServer) -> None:
    make_colours(server)

    def add(number: int) -> dict[str, Any]:
        wire = {"kind": "addTargets", "variationId": RED, "values": [f"u{number}"]}
        body = {
            "instructions": [wire, {"kind": "addTags", "values": [f"t{number}"]}],
            "environmentKey": "test",
        }
        return {"method": "PATCH", "path": ONE, "json": body, "content_type": SEMANTIC}

    answers = server.request_all(*(add(number) for number in range(50)))

    assert {answer.status for answer in answers} == {200}
    versions = sorted(answer.json["environments"]["test"]["version"] for answer in answers)
    assert versions == list(range(2, 52))
    assert sorted(answer.json["_version"] for answer in answers) == versions
    found = server.get(ONE).json
    assert len(found["environments"]["test"]["targets"][0]["values"]) == 50
    assert len(found["tags"]) == 50
    assert published(server)["checkout"]["version"] == 51


def test_of_patches_that_name_the_same_version_one_succeeds(server: TestServer) -> None:
    make_colours(server)

    def rename(number: int) -> dict[str, Any]:
        operations = [{"op": "test", "path": "/_version", "value": 1}, replace("/name", f"Till {number}")]
        return {"method": "PATCH", "path": ONE, "json": operations}

    answers = server.request_all(*(rename(number) for number in range(10)))

    assert sorted(answer.status for answer in answers) == [200] + [409] * 9
    assert server.get(ONE).json["_version"] == 2
