"""Explanations over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.audit import traces
from tests.support.big_segments import CROWD
from tests.support.client import READER
from tests.support.flag_calls import (
    BLUE,
    GREEN,
    MANY,
    RED,
    YES,
    a_clause,
    a_rollout,
    a_rule,
    instruct,
    make,
    make_colours,
    make_switch,
    require,
)
from tests.support.segment_calls import make as make_segment
from tests.support.server import TestServer

EXPLAIN = "/api/v2/flagstaff/projects/default/environments/test/flags/checkout/explain"
EVALUATE = "/api/v2/projects/default/environments/test/flags/evaluate"
ANN = {"kind": "user", "key": "ann", "country": "SE"}
ON = {"kind": "turnFlagOn"}


def explain(server: TestServer, *instructions: Any, context: Any = ANN, **how: Any) -> Any:
    body = {"context": context} | ({"instructions": instructions} if instructions else {})
    answer = server.post(EXPLAIN, body, **how)
    assert answer.status == 200, answer
    return answer.json


def explain_past(server: TestServer, **when: int) -> Any:
    answer = server.post(EXPLAIN, {"context": ANN, **when}, as_=READER)
    assert answer.status == 200, answer
    return answer.json


def test_a_rule_is_explained_clause_by_clause(server: TestServer) -> None:
    make_colours(server)
    rules = [
        a_rule(GREEN, a_clause("NO"), a_clause("x", attribute="plan")),
        a_rule(BLUE, a_clause("NO", "SE")) | {"description": "The north"},
        a_rule(RED),
    ]
    instruct(server, ON, {"kind": "replaceRules", "rules": rules})

    shown = explain(server, as_=READER)

    flag = shown["flag"]
    assert (shown["version"], shown["hasUnsavedChanges"]) == (2, False)
    assert (flag["name"], flag["exists"], flag["on"], flag["opened"]) == ("Flag checkout", True, True, True)
    assert (flag["value"], flag["variation"]) == ("blue", {"index": 2, "name": "", "value": "blue"})
    assert flag["reason"]["kind"] == "RULE_MATCH"
    assert flag["targets"] == {"state": "notMet"}
    assert flag["fallthrough"] == {"state": "notReached"}
    first, second, third = flag["rules"]
    assert [clause["state"] for clause in first["clauses"]] == ["notMet", "notNeeded"]
    assert (second["state"], second["description"], second["id"] != "") == ("met", "The north", True)
    assert second["clauses"] == [
        {
            "state": "met",
            "contextKind": "user",
            "attribute": "country",
            "op": "in",
            "negate": False,
            "values": ["NO", "SE"],
            "valueCount": 2,
            "hasValue": True,
            "value": "SE",
            "metValue": "SE",
            "segments": [],
        }
    ]
    assert third["state"] == "notReached"


def test_unsaved_changes_are_explained_and_not_kept(server: TestServer) -> None:
    make_colours(server)
    before = traces(server)

    serving = {"kind": "updateFallthroughVariationOrRollout", **a_rollout(red=25_000, green=75_000)}
    shown = explain(server, ON, serving, as_=READER)

    split = shown["flag"]["fallthrough"]["split"]
    assert shown["hasUnsavedChanges"] is True
    assert shown["flag"]["fallthrough"]["state"] == "met"
    assert (split["contextKind"], split["attribute"], split["value"]) == ("user", "key", "ann")
    assert [(share["begin"], share["end"]) for share in split["shares"]] == [(0.0, 0.25), (0.25, 1.0)]
    chosen = split["shares"][split["chosen"]]
    assert chosen["begin"] <= split["bucket"] < chosen["end"]
    assert shown["flag"]["variation"] == chosen["variation"]
    assert traces(server) == before
    assert explain(server)["flag"]["reason"] == {"kind": "OFF"}


def test_instructions_may_concern_the_whole_flag(server: TestServer) -> None:
    make_colours(server)
    instruct(server, ON)
    pink = {"kind": "updateVariation", "variationId": RED, "value": "pink", "name": "Pink"}

    flag = explain(server, pink)["flag"]

    assert (flag["value"], flag["variation"]["name"]) == ("pink", "Pink")


def test_a_prerequisite_shows_its_own_tree(server: TestServer) -> None:
    make_colours(server)
    make_switch(server, "login")
    instruct(server, ON)
    assert require(server, "checkout", "login", YES).status == 200

    (needed,) = explain(server)["flag"]["prerequisites"]

    assert (needed["state"], needed["key"], needed["wanted"]["value"]) == ("notMet", "login", True)
    assert (needed["flag"]["name"], needed["flag"]["reason"]) == ("Flag login", {"kind": "OFF"})
    assert needed["flag"]["variation"]["value"] is False


def test_segments_are_explained_inside_of_their_clause(server: TestServer) -> None:
    make_colours(server)
    make_segment(server)
    make_segment(server, "crowd", unbounded=True)
    rule = {"clauses": [{"attribute": "country", "op": "in", "values": ["SE"]}], "description": "Swedes"}
    server.instruct("/api/v2/segments/default/test/beta", {"kind": "addRule", **rule})
    asking = a_clause("crowd", "beta", op="segmentMatch")
    instruct(server, ON, {"kind": "addRule", **a_rule(GREEN, asking)})

    (clause,) = explain(server)["flag"]["rules"][0]["clauses"]

    crowd, beta = clause["segments"]
    assert (crowd["state"], crowd["listed"], crowd["storeStatus"]) == ("notMet", "", "HEALTHY")
    assert (beta["state"], beta["name"], beta["listed"]) == ("met", "Segment beta", "")
    assert beta["rules"][0]["description"] == "Swedes"
    assert beta["rules"][0]["clauses"][0]["metValue"] == "SE"
    assert server.post(f"{CROWD}/users", {"included": {"add": ["ann"]}}).status in {200, 204}
    (clause,) = explain(server)["flag"]["rules"][0]["clauses"]
    assert [(segment["state"], segment["listed"]) for segment in clause["segments"]] == [("met", "included")]


def test_a_target_and_an_archived_flag_are_explained(server: TestServer) -> None:
    make_colours(server)
    target = {"kind": "addTargets", "variationId": GREEN, "values": ["ann"]}
    instruct(server, ON, target)
    targets = explain(server)["flag"]["targets"]
    assert (targets["state"], targets["contextKind"], targets["key"]) == ("met", "user", "ann")
    assert targets["variation"]["value"] == "green"

    flag = explain(server, {"kind": "archiveFlag"})["flag"]

    assert (flag["exists"], flag["reason"]["errorKind"]) == (False, "FLAG_NOT_FOUND")


def test_an_explanation_is_what_the_evaluation_gives(server: TestServer) -> None:
    make_colours(server)
    instruct(server, ON, {"kind": "addRule", **a_rule(GREEN, a_clause("NO", negate=True))})

    for context in (ANN, {"kind": "user", "key": "x"}, {"kind": "org", "key": "acme"}):
        (served,) = server.post(EVALUATE, context).json["items"]
        flag = explain(server, context=context)["flag"]
        assert (flag["value"], flag["reason"]) == (served["_value"], served["reason"])


def test_the_value_that_kept_a_context_out_of_a_negated_clause_is_named(server: TestServer) -> None:
    make_colours(server)
    instruct(server, ON, {"kind": "addRule", **a_rule(GREEN, a_clause("NO", "SE", negate=True))})

    (clause,) = explain(server)["flag"]["rules"][0]["clauses"]

    assert (clause["state"], clause["metValue"]) == ("notMet", "SE")


def test_of_many_values_the_first_are_shown_and_the_one_that_is_met(server: TestServer) -> None:
    make_colours(server)
    many = a_clause(*(f"c-{number}" for number in range(200)), "SE")
    instruct(server, ON, {"kind": "addRule", **a_rule(GREEN, many)})

    (clause,) = explain(server)["flag"]["rules"][0]["clauses"]

    assert (len(clause["values"]), clause["valueCount"], clause["metValue"]) == (50, 201, "SE")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"context": {}},
        {"context": {"kind": "user"}},
        {"context": "ann"},
        {"context": ANN, "instructions": [{}]},
        {"context": ANN, "instructions": [{"kind": "fly"}]},
        {"context": ANN, "instructions": [{"kind": "addTargets"}]},
        {"context": ANN, "unknown": 1},
        [],
    ],
)
def test_what_cannot_be_explained_is_refused(server: TestServer, body: Any) -> None:
    make(server)

    answer = server.post(EXPLAIN, body)

    assert (answer.status, answer.code) == (400, "invalid_request")


def test_what_is_not_there_is_not_found(server: TestServer) -> None:
    blind = server.add_token(Statement("deny", resources=("proj/default",), actions=("viewProject",)))
    assert server.post(EXPLAIN, {"context": ANN}).status == 404
    make(server)
    assert server.post(EXPLAIN, {"context": ANN}, as_=blind).status == 404
    assert server.post(EXPLAIN.replace("/test/", "/nowhere/"), {"context": ANN}).status == 404
    assert server.post(EXPLAIN.replace("checkout", "nothing"), {"context": ANN}).status == 404


def test_data_that_is_malformed_is_shown_as_failed(server: TestServer) -> None:
    make(server)
    instruct(server, ON)
    server.write(
        lambda tx: tx.run("UPDATE sdk_items SET payload = replace(payload, '\"rules\":[]', '\"rules\":7')")
    )

    flag = explain(server)["flag"]

    assert flag["reason"]["errorKind"] == "MALFORMED_FLAG"
    assert [rule["state"] for rule in flag["rules"]] == ["failed"]
    assert flag["rules"][0]["clauses"][0]["problem"] == "data has wrong types"
    assert server.get(f"{MANY}/checkout").status == 200


def test_the_past_is_explained_with_prerequisites_and_segments_as_they_were(server: TestServer) -> None:
    make_colours(server)
    make_switch(server, "login")
    make_segment(server)
    make_segment(server, "crowd")
    nested = {"clauses": [{"contextKind": "user", "op": "segmentMatch", "values": ["crowd"]}]}
    server.instruct("/api/v2/segments/default/test/beta", {"kind": "addRule", **nested})
    include = {"kind": "addIncludedTargets", "contextKind": "user", "values": ["ann"]}
    server.instruct("/api/v2/segments/default/test/crowd", include)
    instruct(server, ON, key="login")
    assert require(server, "checkout", "login", YES).status == 200
    instruct(server, ON, {"kind": "addRule", **a_rule(GREEN, a_clause("beta", op="segmentMatch"))})
    before = explain(server)
    asked = server.clock.now
    server.clock.advance(seconds=60)
    instruct(server, {"kind": "turnFlagOff"}, key="login")
    server.instruct("/api/v2/segments/default/test/crowd", include | {"kind": "removeIncludedTargets"})
    instruct(server, {"kind": "turnFlagOff"}, {"kind": "replaceRules", "rules": []})
    assert explain(server)["flag"]["reason"] == {"kind": "OFF"}

    shown = explain_past(server, version=before["version"])

    assert (shown["version"], shown["hasUnsavedChanges"]) == (before["version"], False)
    assert shown["flag"] == before["flag"]
    assert shown["flag"]["value"] == "green"
    assert "asOf" not in before
    assert shown["asOf"] == asked
    assert explain_past(server, date=asked + 1) == shown | {"asOf": asked + 1}


def test_what_has_been_deleted_since_is_missing_in_the_past(server: TestServer) -> None:
    make_colours(server)
    make_segment(server)
    instruct(server, ON, {"kind": "addRule", **a_rule(GREEN, a_clause("beta", op="segmentMatch"))})
    instruct(server, {"kind": "replaceRules", "rules": []})
    assert server.delete("/api/v2/segments/default/test/beta").status == 204

    (clause,) = explain_past(server, version=2)["flag"]["rules"][0]["clauses"]

    assert (clause["state"], clause["segments"][0]["exists"]) == ("notMet", False)


@pytest.mark.parametrize(
    ("when", "status"),
    [
        ({"version": 99}, 404),
        ({"version": 0}, 404),
        ({"date": 1}, 404),
        ({"version": 1, "date": 1}, 400),
        ({"version": 1, "instructions": [ON]}, 400),
        ({"version": "1"}, 400),
        ({"date": True}, 400),
    ],
)
def test_a_past_that_is_not_there_is_refused(server: TestServer, when: Any, status: int) -> None:
    make(server)

    assert server.post(EXPLAIN, {"context": ANN, **when}).status == status


def test_before_it_was_made_a_flag_is_not_found(server: TestServer) -> None:
    make_switch(server, "login")
    earlier = server.clock.now
    server.clock.advance(seconds=60)
    make(server)

    assert server.post(EXPLAIN, {"context": ANN, "date": earlier}).status == 404
