"""What a context would be served for each flag of an environment, over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.evaluation import Dataset
from tests.support.audit import traces
from tests.support.client import READER, SEMANTIC
from tests.support.flag_calls import (
    BLUE,
    FIRST,
    GREEN,
    MANY,
    NO,
    ONE,
    RED,
    YES,
    a_clause,
    a_rule,
    instruct,
    keys,
    make,
    make_colours,
    make_switch,
    published,
    require,
)
from tests.support.server import TestServer

EVALUATE = "/api/v2/projects/default/environments/test/flags/evaluate"
ANN = {"kind": "user", "key": "ann", "country": "SE"}
ON = {"kind": "turnFlagOn"}


def served(server: TestServer, context: Any = None, **query: Any) -> dict[str, tuple[Any, dict[str, Any]]]:
    answer = server.post(EVALUATE, context or ANN, query=query)
    assert answer.status == 200, answer
    return {item["key"]: (item["_value"], item["reason"]) for item in answer.json["items"]}


def test_every_reason_is_told(server: TestServer) -> None:
    for key in ("off", "unset", "fallthrough", "target", "rule", "failed"):
        make_colours(server, key)
    make_switch(server, "login")
    instruct(server, ON, key="fallthrough")
    instruct(server, ON, {"kind": "addTargets", "variationId": GREEN, "values": ["ann"]}, key="target")
    rules = [a_rule(GREEN, a_clause("NO")), a_rule(BLUE) | {"_id": FIRST}]
    instruct(server, ON, {"kind": "replaceRules", "rules": rules}, key="rule")
    instruct(server, ON, key="failed")
    require(server, "failed", "login", YES)
    server.patch(f"{MANY}/unset", [{"op": "remove", "path": "/environments/test/offVariation"}])

    assert served(server) == {
        "off": ("blue", {"kind": "OFF"}),
        "unset": (None, {"kind": "OFF"}),
        "fallthrough": ("red", {"kind": "FALLTHROUGH"}),
        "target": ("green", {"kind": "TARGET_MATCH"}),
        "rule": ("blue", {"kind": "RULE_MATCH", "ruleIndex": 1, "ruleID": FIRST}),
        "failed": ("blue", {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": "login"}),
        "login": (False, {"kind": "OFF"}),
    }
    instruct(server, ON, key="login")
    assert served(server)["failed"] == ("red", {"kind": "FALLTHROUGH"})
    assert served(server, {"kind": "user", "key": "bob"})["target"] == ("red", {"kind": "FALLTHROUGH"})


def test_an_experiment_and_a_broken_flag_are_told(server: TestServer) -> None:
    make_colours(server, "tried")
    rollout = {
        "variations": [{"variation": 0, "weight": 100_000}],
        "experimentAllocation": {"defaultVariation": 0},
        "seed": 61,
    }
    patch = [
        {"op": "replace", "path": "/environments/test/fallthrough", "value": {"rollout": rollout}},
        {"op": "replace", "path": "/environments/test/on", "value": True},
    ]
    assert server.patch(f"{MANY}/tried", patch).status == 200
    make(server, "broken")

    def break_it(tx: Any) -> None:
        tx.run(
            "UPDATE sdk_items SET payload = replace(payload, '\"offVariation\":1', '\"offVariation\":7') "
            "WHERE key = 'broken'"
        )

    server.write(break_it)

    found = served(server)
    assert found["tried"] == ("red", {"kind": "FALLTHROUGH", "inExperiment": True})
    assert found["broken"] == (None, {"kind": "ERROR", "errorKind": "MALFORMED_FLAG"})


def test_segments_and_many_kinds_count(server: TestServer) -> None:
    server.post("/api/v2/segments/default/test", {"key": "beta", "name": "Beta"})
    include = {"kind": "addIncludedTargets", "contextKind": "org", "values": ["acme"]}
    server.instruct("/api/v2/segments/default/test/beta", include)
    make_colours(server)
    instruct(server, ON, {"kind": "addRule", **a_rule(GREEN, a_clause("beta", op="segmentMatch"))})

    assert (
        served(server, {"kind": "multi", "user": {"key": "x"}, "org": {"key": "acme"}})["checkout"][0]
        == "green"
    )
    assert served(server, {"kind": "org", "key": "other"})["checkout"][0] == "red"


def test_an_item_links_to_where_it_was_asked_and_to_the_flag(server: TestServer) -> None:
    make(server, name="Checkout")

    answer = server.post(EVALUATE, ANN, as_=READER).json

    (item,) = answer["items"]
    assert (item["name"], answer["totalCount"]) == ("Checkout", 1)
    assert item["_links"] == {
        "self": {"href": EVALUATE, "type": "application/json"},
        "site": {"href": "/default/test/features/checkout/targeting", "type": "text/html"},
    }
    assert answer["_links"] == {"self": {"href": EVALUATE, "type": "application/json"}}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["d", "c", "b", "a"]),
        ({"sort": "key"}, ["a", "b", "c", "d"]),
        ({"sort": "-name"}, ["a", "b", "c", "d"]),
        ({"sort": "creationDate"}, ["a", "b", "c", "d"]),
        ({"filter": "query equals NAME1"}, ["c"]),
        ({"filter": "query equals b"}, ["b"]),
        ({"filter": 'tags contains ["even", "all"]'}, ["c", "a"]),
        ({"filter": 'query equals name, tags contains ["even"]'}, ["c", "a"]),
        ({"filter": "query equals 'b' | query equals 'c'", "sort": "key"}, ["b", "c"]),
        ({"limit": 2}, ["d", "c"]),
        ({"limit": 2, "offset": 1}, ["c", "b"]),
        ({"limit": -1, "offset": 3}, ["a"]),
        ({"offset": 9}, []),
    ],
)
def test_evaluated_flags_are_filtered_sorted_and_paged(
    server: TestServer, query: Any, found: list[str]
) -> None:
    for number, key in enumerate("abcd"):
        make(server, key, name=f"Name{3 - number}", tags=["all", "odd" if number % 2 else "even"])
        server.clock.advance(seconds=1)
    make(server, "retired")
    instruct(server, {"kind": "archiveFlag"}, key="retired")

    answer = server.post(EVALUATE, ANN, query=query)

    assert keys(answer) == found
    assert answer.json["totalCount"] == (4 if "filter" not in query else len(found))


def test_a_page_of_evaluated_flags_links_to_the_others(server: TestServer) -> None:
    for key in "abc":
        make(server, key)

    links = server.post(EVALUATE, ANN, query={"sort": "key", "limit": 1, "offset": 1}).json["_links"]

    assert {name: link["href"].removeprefix(EVALUATE) for name, link in links.items()} == {
        "self": "?sort=key&limit=1&offset=1",
        "first": "?sort=key&limit=1",
        "prev": "?sort=key&limit=1",
        "next": "?sort=key&limit=1&offset=2",
        "last": "?sort=key&limit=1&offset=2",
    }


@pytest.mark.parametrize(
    "context",
    [
        {},
        {"kind": "user"},
        {"kind": "user", "key": ""},
        {"kind": "user", "key": 7},
        {"kind": "kind", "key": "x"},
        {"kind": "a b", "key": "x"},
        {"kind": "multi"},
        {"kind": "multi", "user": {}},
        {"kind": "user", "key": "x", "anonymous": "perhaps"},
        [],
        "ann",
        7,
    ],
)
def test_what_is_no_context_is_refused(server: TestServer, context: Any) -> None:
    make(server)

    answer = server.post(EVALUATE, context)

    assert (answer.status, answer.code) == (400, "invalid_request")


@pytest.mark.parametrize(
    "query",
    [
        {"filter": "colour equals red"},
        {"filter": "query contains x"},
        {"filter": "query equals"},
        {"sort": "type"},
        {"limit": 0},
        {"offset": -1},
    ],
)
def test_a_list_that_cannot_be_is_refused(server: TestServer, query: Any) -> None:
    assert server.post(EVALUATE, ANN, query=query).status == 400


def test_what_is_not_there_is_not_found(server: TestServer) -> None:
    make(server)
    blind = server.add_token(Statement("deny", resources=("proj/default",), actions=("viewProject",)))

    assert server.post(EVALUATE.replace("/test/", "/nowhere/"), ANN).status == 404
    assert server.post(EVALUATE.replace("/default/", "/nowhere/"), ANN).status == 404
    assert server.post(EVALUATE, ANN, as_=blind).status == 404
    assert served(server) == {"checkout": (False, {"kind": "OFF"})}


def test_an_evaluation_leaves_no_trace(server: TestServer) -> None:
    make(server)
    before = traces(server)

    served(server)

    assert traces(server) == before


def test_each_answer_is_of_one_state_while_others_write(server: TestServer) -> None:
    """The flag b needs a, so what is served for the one must go with what is served for the other."""
    make_switch(server, "a")
    make_switch(server, "b")
    require(server, "b", "a", YES)

    def switch(number: int) -> dict[str, Any]:
        kind = "turnFlagOn" if number % 2 else "turnFlagOff"
        body = {"environmentKey": "test", "instructions": [{"kind": kind}]}
        key = "a" if number % 4 < 2 else "b"
        return {"method": "PATCH", "path": f"{MANY}/{key}", "json": body, "content_type": SEMANTIC}

    evaluate = {"method": "POST", "path": EVALUATE, "json": ANN}
    calls = [call for number in range(40) for call in (switch(number), evaluate)]
    answers = server.request_all(*calls)

    assert {answer.status for answer in answers} == {200}
    for answer in answers:
        if "items" in answer.json:
            found = {item["key"]: (item["_value"], item["reason"]["kind"]) for item in answer.json["items"]}
            met = found["a"] == (True, "FALLTHROUGH")
            assert found["b"] in {
                (False, "OFF"),
                (True, "FALLTHROUGH") if met else (False, "PREREQUISITE_FAILED"),
            }
    assert agrees(server)


def agrees(server: TestServer) -> bool:
    """Whether the answer is what an SDK that was sent the same data would evaluate."""
    dataset = Dataset.from_json({"flags": published(server), "segments": {}})
    expected = {key: dataset.evaluate(key, ANN, None).value for key in published(server)}
    return {key: value for key, (value, _) in served(server).items()} == expected


def test_an_answer_sees_every_change_that_was_answered_before_it(server: TestServer) -> None:
    make_colours(server)
    for variation, value in ((RED, "red"), (GREEN, "green"), (BLUE, "blue")):
        instruct(server, {"kind": "updateOffVariation", "variationId": variation})
        assert served(server)["checkout"] == (value, {"kind": "OFF"})
    instruct(server, {"kind": "archiveFlag"})
    assert served(server) == {}
    instruct(server, {"kind": "restoreFlag"})
    assert served(server)["checkout"][0] == "blue"
    server.delete(ONE)
    make_switch(server, "checkout")
    assert served(server) == {"checkout": (False, {"kind": "OFF"})}
    assert (
        server.instruct(ONE, {"kind": "updateOffVariation", "variationId": NO}, environment="test").status
        == 200
    )
