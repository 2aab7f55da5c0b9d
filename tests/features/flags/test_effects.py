"""Every instruction over HTTP: what it changes of the flag that is shown, and of what SDKs are sent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from flagstaff.features.flags.instructions.vocabulary import FLAG
from tests.support.audit import recorded
from tests.support.flag_calls import (
    BLUE,
    FIRST,
    GREEN,
    MANY,
    NO,
    ONE,
    RED,
    SECOND,
    YES,
    a_clause,
    a_rollout,
    a_rule,
    at,
    instruct,
    make_colours,
    make_switch,
    published,
)
from tests.support.server import START, TestServer

CLAUSE, OTHER_CLAUSE = (f"00000000-0000-4000-8000-0000000000c{digit}" for digit in "12")
ROLLOUT = a_rollout(red=25_000, green=75_000)
OWNER_ID = f"{1:024x}"  # the template's first id


class Case(NamedTuple):
    """`shown` and `sent` are what stands at paths afterwards, None where nothing does.

    The paths of `shown` begin in the environment if the kind is about one. Without `sent`, SDKs see nothing.
    """

    kind: str
    parameters: dict[str, Any]
    shown: dict[str, Any]
    sent: dict[str, Any]
    before: tuple[dict[str, Any], ...] = ()


CASES = [
    Case("turnFlagOn", {}, {"on": True}, {"on": True}),
    Case("turnFlagOff", {}, {"on": False}, {"on": False}, ({"kind": "turnFlagOn"},)),
    Case(
        "addClauses",
        {"ruleId": FIRST, "clauses": [a_clause("b", op="startsWith", attribute="/a/b", negate=True)]},
        {"rules.0.clauses.1.op": "startsWith", "rules.0.clauses.1.negate": True},
        {"rules.0.clauses.1.attribute": "/a/b", "rules.0.clauses.2": None},
    ),
    Case(
        "removeClauses",
        {"ruleId": SECOND, "clauseIds": [OTHER_CLAUSE]},
        {"rules.1.clauses.0.values": ["NO"], "rules.1.clauses.1": None},
        {"rules.1.clauses.0.values": ["NO"], "rules.1.clauses.1": None},
    ),
    Case(
        "updateClause",
        {"ruleId": FIRST, "clauseId": CLAUSE, "clause": a_clause("x", contextKind="org", attribute="name")},
        {"rules.0.clauses.0._id": CLAUSE, "rules.0.clauses.0.contextKind": "org"},
        {"rules.0.clauses.0.contextKind": "org", "rules.0.clauses.0.values": ["x"]},
    ),
    Case(
        "addValuesToClause",
        {"ruleId": FIRST, "clauseId": CLAUSE, "values": ["SE", "DK"]},
        {"rules.0.clauses.0.values": ["SE", "DK"]},
        {"rules.0.clauses.0.values": ["SE", "DK"]},
    ),
    Case(
        "removeValuesFromClause",
        {"ruleId": SECOND, "clauseId": OTHER_CLAUSE, "values": ["b"]},
        {"rules.1.clauses.1.values": ["a"]},
        {"rules.1.clauses.1.values": ["a"]},
    ),
    Case(
        "addRule",
        a_rule(RED, beforeRuleId=FIRST, description="First"),
        {"rules.0.variation": 0, "rules.0.description": "First", "rules.1._id": FIRST},
        {"rules.0.variation": 0, "rules.1.id": FIRST},
    ),
    Case("removeRule", {"ruleId": FIRST}, {"rules.0._id": SECOND}, {"rules.0.id": SECOND, "rules.1": None}),
    Case("reorderRules", {"ruleIds": [SECOND, FIRST]}, {"rules.0._id": SECOND}, {"rules.1.id": FIRST}),
    Case(
        "replaceRules",
        {"rules": [a_rule(BLUE, trackEvents=True)]},
        {"rules.0.variation": 2, "rules.1": None},
        {"rules.0.trackEvents": True, "rules.0.variation": 2, "rules.1": None},
    ),
    Case(
        "updateRuleVariationOrRollout",
        {"ruleId": FIRST, "rolloutContextKind": "org", "rolloutBucketBy": "region", **ROLLOUT},
        {"rules.0.variation": None, "rules.0.rollout.variations.2": {"variation": 2, "weight": 0}},
        {"rules.0.rollout.contextKind": "org", "rules.0.rollout.bucketBy": "region"},
    ),
    Case("updateRuleDescription", {"ruleId": FIRST, "description": "So"}, {"rules.0.description": "So"}, {}),
    Case(
        "updateRuleTrackEvents",
        {"ruleId": FIRST, "trackEvents": True},
        {"rules.0.trackEvents": True},
        {"rules.0.trackEvents": True},
    ),
    Case("updateTrackEvents", {"trackEvents": True}, {"trackEvents": True}, {"trackEvents": True}),
    Case(
        "updateTrackEventsFallthrough",
        {"trackEvents": True},
        {"trackEventsFallthrough": True},
        {"trackEventsFallthrough": True},
    ),
    Case(
        "addTargets",
        {"variationId": BLUE, "contextKind": "org", "values": ["zoo", "acme-2"]},
        {"contextTargets.2": {"contextKind": "org", "variation": 2, "values": ["zoo", "acme-2"]}},
        {"contextTargets.2.values": ["zoo", "acme-2"], "targets.0.values": ["ann", "bob"]},
    ),
    Case(
        "removeTargets",
        {"variationId": GREEN, "contextKind": "org", "values": ["acme"]},
        {"contextTargets.1": None},
        {"contextTargets.1": None},
    ),
    Case(
        "replaceTargets",
        {"targets": [{"variationId": BLUE, "values": ["eve"]}]},
        {"targets": [{"contextKind": "user", "variation": 2, "values": ["eve"]}]},
        {"targets.0.variation": 2, "contextTargets.1": None},
    ),
    Case("clearTargets", {"variationId": GREEN}, {"contextTargets.1": None}, {"contextTargets.1": None}),
    Case(
        "addUserTargets",
        {"variationId": GREEN, "values": ["cid"]},
        {"targets.1.values": ["cid"]},
        {"targets.1.values": ["cid"]},
    ),
    Case(
        "removeUserTargets",
        {"variationId": RED, "values": ["ann", "nobody"]},
        {"targets.0.values": ["bob"]},
        {"targets.0.values": ["bob"]},
    ),
    Case("clearUserTargets", {"variationId": RED}, {"targets": []}, {"targets": []}),
    Case(
        "replaceUserTargets",
        {"targets": [{"variationId": own, "values": [own[-1]]} for own in (RED, GREEN, BLUE)]},
        {"targets.2.values": ["c"]},
        {"targets.0.values": ["a"], "contextTargets.3.contextKind": "org"},
    ),
    Case(
        "addPrerequisite",
        {"key": "search", "variationId": NO},
        {"prerequisites.1": {"key": "search", "variation": 1}},
        {"prerequisites.1": {"key": "search", "variation": 1}},
    ),
    Case(
        "updatePrerequisite",
        {"key": "login", "variationId": NO},
        {"prerequisites.0.variation": 1},
        {"prerequisites": [{"key": "login", "variation": 1}]},
    ),
    Case("removePrerequisite", {"key": "login"}, {"prerequisites": []}, {"prerequisites": []}),
    Case(
        "replacePrerequisites",
        {"prerequisites": [{"key": "search", "variationId": YES}]},
        {"prerequisites": [{"key": "search", "variation": 0}]},
        {"prerequisites": [{"key": "search", "variation": 0}]},
    ),
    Case(
        "updateFallthroughVariationOrRollout",
        ROLLOUT,
        {"fallthrough.variation": None, "_summary.variations.1.rollout": 75_000},
        {"fallthrough.rollout.variations.1.weight": 75_000, "fallthrough.variation": None},
    ),
    Case("updateOffVariation", {"variationId": GREEN}, {"offVariation": 1}, {"offVariation": 1}),
    Case(
        "addVariation",
        {"value": "white", "name": "White", "description": "Snow"},
        {"variations.3.value": "white", "variations.3.name": "White", "variations.3.description": "Snow"},
        {"variations": ["red", "green", "blue", "white"]},
    ),
    Case(
        "updateVariation",
        {"variationId": GREEN, "value": "lime", "name": "Lime"},
        {"variations.1": {"_id": GREEN, "value": "lime", "name": "Lime"}},
        {"variations": ["red", "lime", "blue"]},
    ),
    Case(
        "updateDefaultVariation",
        {"OnVariationValue": "green", "offVariationValue": "red"},
        {"defaults": {"onVariation": 1, "offVariation": 0}},
        {},
    ),
    Case("addTags", {"values": ["new", "old"]}, {"tags": ["new", "old"]}, {}),
    Case("removeTags", {"values": ["old", "odd"]}, {"tags": []}, {}),
    Case(
        "addCustomProperties",
        {"key": "trello", "name": "Trello", "values": ["T-1"]},
        {"customProperties.trello": {"name": "Trello", "value": ["T-1"]}},
        {},
    ),
    Case(
        "removeCustomProperties",
        {"key": "jira", "values": ["J-1"]},
        {"customProperties.jira.value": ["J-2"]},
        {},
    ),
    Case(
        "replaceCustomProperties",
        {"key": "jira", "name": "Jira", "values": ["J-3"]},
        {"customProperties.jira.value": ["J-3"]},
        {},
    ),
    Case("makeFlagPermanent", {}, {"temporary": False}, {}),
    Case("makeFlagTemporary", {}, {"temporary": True}, {}, ({"kind": "makeFlagPermanent"},)),
    Case("removeMaintainer", {}, {"maintainerId": None, "_maintainer": None}, {}),
    Case(
        "updateMaintainerMember",
        {"value": OWNER_ID},
        {"maintainerId": OWNER_ID, "_maintainer.email": "owner@example.com"},
        {},
        ({"kind": "removeMaintainer"},),
    ),
    Case(
        "turnOnClientSideAvailability",
        {"value": "usingEnvironmentId"},
        {"clientSideAvailability.usingEnvironmentId": True, "includeInSnippet": True},
        {"clientSide": True, "clientSideAvailability.usingEnvironmentId": True},
    ),
    Case(
        "turnOffClientSideAvailability",
        {"value": "usingMobileKey"},
        {"clientSideAvailability.usingMobileKey": False},
        {"clientSideAvailability.usingMobileKey": False, "clientSide": False},
    ),
    Case("updateDescription", {"value": "Pays"}, {"description": "Pays"}, {}),
    Case("updateName", {"value": "Till"}, {"name": "Till"}, {}),
    Case("deprecateFlag", {}, {"deprecated": True, "deprecatedDate": START + 5000}, {}),
    Case(
        "restoreDeprecatedFlag",
        {},
        {"deprecated": False, "deprecatedDate": None},
        {},
        ({"kind": "deprecateFlag"},),
    ),
]
ENVIRONMENT_KINDS = {kind for kind, row in FLAG.kinds.items() if row.scope == "environment"}


def set_up(server: TestServer) -> None:
    make_switch(server, "login")
    make_switch(server, "search")
    properties = {"jira": {"name": "Jira", "value": ["J-1", "J-2"]}}
    make_colours(server, tags=["old"], customProperties=properties)
    second = a_rule(GREEN, a_clause("NO"), a_clause("a", "b") | {"_id": OTHER_CLAUSE})
    instruct(
        server,
        {
            "kind": "replaceRules",
            "rules": [
                a_rule(BLUE, a_clause() | {"_id": CLAUSE}) | {"_id": FIRST},
                second | {"_id": SECOND},
            ],
        },
        {"kind": "addTargets", "variationId": RED, "values": ["ann", "bob"]},
        {"kind": "addTargets", "variationId": GREEN, "contextKind": "org", "values": ["acme"]},
        {"kind": "addPrerequisite", "key": "login", "variationId": YES},
    )


@pytest.fixture(scope="module")
def prepared(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    server = TestServer(template, folder, first_id=500_000).start()
    set_up(server)
    server.stop()
    return folder / "flagstaff.db"


@pytest.fixture
def server(prepared: Path, tmp_path: Path) -> Iterator[TestServer]:
    running = TestServer(prepared, tmp_path).start()
    yield running
    running.stop()


def test_every_kind_that_changes_what_is_there_has_a_case() -> None:
    documented = {kind for kind, row in FLAG.kinds.items() if not row.internal}
    elsewhere = {
        "removeVariation",
        "archiveFlag",
        "restoreFlag",
        "deleteFlag",
        "updateMaintainerTeam",
    }  # below
    aliases = {"addContextTargets", "removeContextTargets"}
    assert {case.kind for case in CASES} == documented - elsewhere - aliases


@pytest.mark.parametrize("case", CASES, ids=[case.kind for case in CASES])
def test_an_instruction_changes_what_is_shown_and_what_sdks_are_sent(server: TestServer, case: Case) -> None:
    for wire in case.before:
        instruct(server, wire)
    before, sent = server.get(ONE).json, published(server)["checkout"]
    other = published(server, "production")["checkout"]
    server.clock.advance(seconds=5)
    is_here = case.kind in ENVIRONMENT_KINDS

    after = instruct(server, {"kind": case.kind, **case.parameters}, environment="test" if is_here else "")

    root = "environments.test." if is_here else ""
    assert {path: at(after, root + path) for path in case.shown} == case.shown
    assert server.get(ONE).json == after
    assert after["_version"] == before["_version"] + (not is_here)
    assert after["environments"]["test"]["version"] == before["environments"]["test"]["version"] + is_here
    assert after["environments"]["production"] == before["environments"]["production"] or not is_here
    document = published(server)["checkout"]
    assert {path: at(document, path) for path in case.sent} == case.sent
    assert document["version"] == sent["version"] + bool(case.sent)
    reaches_others = bool(case.sent) and not is_here
    assert (published(server, "production")["checkout"] != other) == reaches_others


def test_a_removed_variation_changes_every_environment(server: TestServer) -> None:
    before = server.get(ONE).json

    after = instruct(server, {"kind": "removeVariation", "variationId": GREEN}, environment="")

    assert [variation["value"] for variation in after["variations"]] == ["red", "blue"]
    assert after["defaults"] == {"onVariation": 0, "offVariation": 1}
    found = after["environments"]["test"]
    assert found["version"] == before["environments"]["test"]["version"] + 1
    assert [rule["_id"] for rule in found["rules"]] == [FIRST]
    assert [target["contextKind"] for target in found["contextTargets"]] == ["user"]
    document = published(server)["checkout"]
    assert (document["variations"], document["offVariation"]) == (["red", "blue"], 1)
    assert [rule["variation"] for rule in document["rules"]] == [1]
    assert published(server, "production")["checkout"]["offVariation"] == 1


def test_an_archived_flag_is_taken_from_sdks_and_given_back_as_it_was(server: TestServer) -> None:
    sent = published(server)["checkout"]
    server.clock.advance(seconds=5)

    archived = instruct(server, {"kind": "archiveFlag"}, environment="")

    assert (archived["archived"], archived["archivedDate"]) == (True, START + 5000)
    assert archived["environments"]["test"]["archived"] is True
    assert published(server)["checkout"] is None
    restored = instruct(server, {"kind": "restoreFlag"}, environment="")
    assert (restored["archived"], "archivedDate" in restored) == (False, False)
    assert published(server)["checkout"] == sent | {"version": sent["version"] + 2}
    assert [entry.verb for entry in recorded(server)[-2:]] == ["archived the flag", "restored the flag"]


def test_a_flag_deletes_itself_by_instruction(server: TestServer) -> None:
    shown = server.get(ONE).json

    assert instruct(server, {"kind": "deleteFlag"}, environment="") == shown

    assert server.get(ONE).status == 404
    assert published(server)["checkout"] is None
    assert recorded(server)[-1].verb == "deleted the flag"
    assert server.instruct(ONE, {"kind": "turnFlagOn"}, environment="test").status == 404


def test_there_is_no_team_yet_that_could_maintain_a_flag(server: TestServer) -> None:
    answer = server.instruct(ONE, {"kind": "updateMaintainerTeam", "value": "crew"})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "unknown team 'crew'" in answer.message


def test_sdks_are_told_of_a_value_that_only_has_another_type(server: TestServer) -> None:
    instruct(server, {"kind": "updateClause", "ruleId": FIRST, "clauseId": CLAUSE, "clause": a_clause(1)})
    document = published(server)["checkout"]

    instruct(server, {"kind": "updateClause", "ruleId": FIRST, "clauseId": CLAUSE, "clause": a_clause(True)})

    assert published(server)["checkout"]["version"] == document["version"] + 1
    assert published(server)["checkout"]["rules"][0]["clauses"][0]["values"][0] is True


def test_a_poll_answers_what_was_published(server: TestServer) -> None:
    instruct(server, {"kind": "turnFlagOn"})

    polled = server.get("/sdk/latest-all", as_=server.sdk_key("test")).json

    assert polled["flags"] == published(server)
    assert server.get(MANY, query={"filter": "query:check"}).json["totalCount"] == 1
