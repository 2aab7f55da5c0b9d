"""What a flag must agree with outside of itself, over HTTP: prerequisites, segments, maintainers, teams."""

from typing import Any

import pytest

from flagstaff.features.flags import checks
from tests.support.flag_calls import (
    BLUE,
    GREEN,
    MANY,
    NO,
    ONE,
    RED,
    YES,
    a_clause,
    a_rule,
    instruct,
    make,
    make_colours,
    make_switch,
    published,
    require,
    state_of,
)
from tests.support.server import TestServer

ARCHIVE, RESTORE = {"kind": "archiveFlag"}, {"kind": "restoreFlag"}
SEGMENTS = "/api/v2/segments/default/test"


def prerequisites(server: TestServer, key: str = "checkout", environment: str = "test") -> Any:
    return server.get(f"{MANY}/{key}").json["environments"][environment]["prerequisites"]


def sent(server: TestServer, key: str = "checkout") -> Any:
    return published(server)[key]["prerequisites"]


@pytest.mark.parametrize(
    ("key", "variation", "said"),
    [
        ("unknown", YES, "unknown flag 'unknown'"),
        ("login", RED, "has no variation"),
        ("login", "", "has no variation"),
        ("checkout", RED, "prerequisite of itself"),
        ("retired", YES, "is archived"),
        ("Login", YES, "unknown flag 'Login'"),
    ],
)
def test_a_prerequisite_must_be_another_live_flag(
    server: TestServer, key: str, variation: str, said: str
) -> None:
    make_switch(server, "login")
    make_switch(server, "retired")
    instruct(server, ARCHIVE, key="retired")
    make_colours(server)
    before = state_of(server)

    answer = require(server, "checkout", key, variation)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert said in answer.message
    assert state_of(server) == before


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"key": "unknown", "variation": 0}, "unknown flag"),
        ({"key": "login", "variation": 2}, "has no variation 2"),
        ({"key": "login", "variation": -1}, "has no variation -1"),
        ({"key": "checkout", "variation": 0}, "prerequisite of itself"),
        ({"key": "login"}, "variation"),
    ],
)
def test_a_json_patch_names_prerequisites_by_index_and_is_checked_alike(
    server: TestServer, entry: Any, said: str
) -> None:
    make_switch(server, "login")
    make_colours(server)

    answer = server.patch(ONE, [{"op": "add", "path": "/environments/test/prerequisites/-", "value": entry}])

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert said in answer.message


def test_prerequisites_must_not_form_a_cycle(server: TestServer) -> None:
    for key in ("a", "b", "c"):
        make_switch(server, key)
    assert require(server, "a", "b").status == 200
    assert require(server, "b", "c").status == 200

    answer = require(server, "c", "a")

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "c -> a -> b -> c" in answer.message
    assert require(server, "c", "a", environment="production").status == 200  # each environment has its own


def test_a_flag_that_others_need_cannot_be_archived(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    require(server, "checkout", "login")
    before = state_of(server)
    patches = (
        ({"instructions": [ARCHIVE]}, True),
        ([{"op": "replace", "path": "/archived", "value": True}], False),
        ({"archived": True}, False),
        ({"instructions": [{"kind": "deleteFlag"}]}, True),
    )

    answers = [server.patch(f"{MANY}/login", body, semantic=semantic) for body, semantic in patches]

    assert {(answer.status, answer.code) for answer in answers} == {(409, "conflict")}
    assert answers[0].message == "Flag is still in use as a prerequisite of checkout"
    assert state_of(server) == before
    instruct(server, ARCHIVE)
    assert server.instruct(f"{MANY}/login", ARCHIVE).status == 200


def test_a_variation_that_another_flag_asks_for_cannot_be_removed(server: TestServer) -> None:
    make_colours(server, "colour")
    make(server)
    require(server, "checkout", "colour", GREEN)
    before = state_of(server)

    by_instruction = server.instruct(f"{MANY}/colour", {"kind": "removeVariation", "variationId": GREEN})
    by_patch = server.patch(f"{MANY}/colour", [{"op": "remove", "path": "/variations/1"}])

    for answer in (by_instruction, by_patch):
        assert (answer.status, answer.code) == (409, "conflict")
        assert answer.message == "The variation is still in use as a prerequisite of checkout"
    assert state_of(server) == before


def test_dependents_follow_a_variation_to_its_new_index(server: TestServer) -> None:
    make_colours(server, "colour", defaults={"onVariation": 2, "offVariation": 2})
    make(server)
    require(server, "checkout", "colour", GREEN)
    require(server, "checkout", "colour", BLUE, environment="production")
    version = published(server)["checkout"]["version"]

    instruct(server, {"kind": "removeVariation", "variationId": RED}, key="colour", environment="")

    assert prerequisites(server) == [{"key": "colour", "variation": 0}]
    assert prerequisites(server, environment="production") == [{"key": "colour", "variation": 1}]
    assert sent(server) == [{"key": "colour", "variation": 0}]
    assert published(server)["checkout"]["version"] == version + 1 == published(server)["colour"]["version"]
    shown = server.get(ONE).json
    assert (shown["_version"], shown["environments"]["test"]["version"]) == (1, 3)


def test_dependents_follow_variations_that_change_places(server: TestServer) -> None:
    made = make_colours(server, "colour")
    make(server)
    require(server, "checkout", "colour", RED)
    order = list(reversed(made["variations"]))

    path = f"{MANY}/colour"
    assert server.patch(path, [{"op": "replace", "path": "/variations", "value": order}]).status == 200

    assert prerequisites(server) == sent(server) == [{"key": "colour", "variation": 2}]


def test_an_archived_dependent_follows_too_and_comes_back_as_it_was(server: TestServer) -> None:
    make_colours(server, "colour", defaults={"onVariation": 2, "offVariation": 2})
    make(server)
    require(server, "checkout", "colour", GREEN)
    instruct(server, ARCHIVE)

    instruct(server, {"kind": "removeVariation", "variationId": RED}, key="colour", environment="")

    assert published(server)["checkout"] is None
    instruct(server, RESTORE)
    assert sent(server) == [{"key": "colour", "variation": 0}]


@pytest.mark.parametrize("loss", ["flag", "variation", "another flag of the key"])
def test_an_archived_flag_cannot_come_back_to_prerequisites_that_are_gone(
    server: TestServer, loss: str
) -> None:
    make_colours(server, "colour", defaults={"onVariation": 0, "offVariation": 0})
    make(server)
    require(server, "checkout", "colour", GREEN)
    instruct(server, ARCHIVE)
    if loss == "variation":
        instruct(server, {"kind": "removeVariation", "variationId": GREEN}, key="colour", environment="")
    else:
        assert server.delete(f"{MANY}/colour").status == 204
    if loss == "another flag of the key":
        make(server, "colour")
    before = state_of(server)

    answer = server.instruct(ONE, RESTORE)

    assert (answer.status, answer.code) == (409, "conflict")
    assert "colour" in answer.message
    assert state_of(server) == before
    instruct(server, {"kind": "removePrerequisite", "key": "colour"})
    assert instruct(server, RESTORE)["archived"] is False


def test_a_rule_must_name_segments_of_its_environment(server: TestServer) -> None:
    server.post(SEGMENTS, {"key": "beta", "name": "Beta"})
    make_colours(server)
    rule = {"kind": "addRule", **a_rule(GREEN, a_clause("beta", op="segmentMatch"))}
    in_patch = {"variation": 0, "clauses": [a_clause("gone", op="segmentMatch")]}

    assert server.instruct(ONE, rule, environment="test").status == 200
    refused = [
        server.instruct(ONE, rule, environment="production"),
        server.patch(ONE, [{"op": "add", "path": "/environments/test/rules/-", "value": in_patch}]),
    ]

    assert [(answer.status, answer.code) for answer in refused] == [(400, "invalid_request")] * 2
    assert "'beta' in environment 'production'" in refused[0].message
    assert "'gone' in environment 'test'" in refused[1].message
    assert server.delete(f"{SEGMENTS}/beta").status == 409


def test_a_segment_is_free_once_no_flag_asks_for_it(server: TestServer) -> None:
    server.post(SEGMENTS, {"key": "beta", "name": "Beta"})
    make_colours(server)
    made = instruct(server, {"kind": "addRule", **a_rule(GREEN, a_clause("beta", op="segmentMatch"))})
    used = server.get(f"{SEGMENTS}/beta").json["_flags"]

    instruct(server, {"kind": "removeRule", "ruleId": made["environments"]["test"]["rules"][0]["_id"]})

    assert [flag["key"] for flag in used] == ["checkout"]
    assert server.get(f"{SEGMENTS}/beta").json["_flags"] == []
    assert server.delete(f"{SEGMENTS}/beta").status == 204


def test_a_maintainer_must_be_a_member(server: TestServer) -> None:
    owner = make(server)["maintainerId"]

    def change(value: str) -> Any:
        return server.patch(ONE, [{"op": "replace", "path": "/maintainerId", "value": value}])

    assert (change("0" * 24).status, change("0" * 24).code) == (400, "invalid_request")
    assert change("").json.get("maintainerId") is None
    assert change(owner).json["_maintainer"]["email"] == "owner@example.com"
    told = server.get("/api/v2/auditlog?limit=1").json["items"][0]["description"]
    assert told == "* Changed the maintainer to the member `owner@example.com`"


def test_a_maintaining_team_is_looked_up_where_there_are_teams(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "find_team", [lambda _, key: key == "crew"])
    make(server)

    changed = instruct(server, {"kind": "updateMaintainerTeam", "value": "crew"})

    assert (changed["maintainerTeamKey"], "maintainerId" in changed) == ("crew", False)
    answer = server.instruct(ONE, {"kind": "updateMaintainerTeam", "value": "others"})
    assert (answer.status, "unknown team 'others'" in answer.message) == (400, True)
    assert instruct(server, {"kind": "updateName", "value": "Till"})["maintainerTeamKey"] == "crew"


def test_a_prerequisite_may_be_replaced_by_another_variation(server: TestServer) -> None:
    make_switch(server, "login")
    make(server)
    require(server, "checkout", "login", YES)

    require(server, "checkout", "login", NO)

    assert prerequisites(server) == sent(server) == [{"key": "login", "variation": 1}]
