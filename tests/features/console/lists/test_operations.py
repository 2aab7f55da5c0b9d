"""Lists for reading over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.client import OWNER, READER
from tests.support.flag_calls import (
    BLUE,
    GREEN,
    YES,
    a_rollout,
    a_rule,
    instruct,
    keys,
    make,
    make_colours,
    make_switch,
    require,
)
from tests.support.seen import request
from tests.support.server import START, TestServer

ROWS = "/api/v2/flagstaff/projects/default/environments/test/flags"
TRAFFIC = "/api/v2/flagstaff/projects/default/environments/test/flag-traffic"
ON = {"kind": "turnFlagOn"}
HOUR = 3_600_000


def rows(server: TestServer, **query: Any) -> list[Any]:
    answer = server.get(ROWS, query=query, as_=READER)
    assert answer.status == 200, answer
    found: list[Any] = answer.json["items"]
    return found


def traffic(server: TestServer, *flags: str, **query: Any) -> Any:
    answer = server.get(TRAFFIC, query=[*(("key", key) for key in flags), *query.items()], as_=READER)
    assert answer.status == 200, answer
    return answer.json


def test_a_row_counts_targeting_and_says_what_is_served(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server, tags=["ops"])
    targets = {"kind": "addTargets", "variationId": GREEN, "values": ["ann", "bob"]}
    split = {"kind": "updateFallthroughVariationOrRollout", **a_rollout(red=25_000, green=75_000)}
    instruct(server, ON, targets, split, {"kind": "addRule", **a_rule(BLUE)})
    require(server, "checkout", "login", YES)

    row = rows(server, filter="query:checkout")[0]

    assert (row["key"], row["name"], row["kind"], row["tags"]) == (
        "checkout",
        "Flag checkout",
        "multivariate",
        ["ops"],
    )
    assert [one["label"] for one in row["variations"]] == ['"red"', '"green"', '"blue"']
    assert row["maintainer"]["email"] == "owner@example.com"
    assert row["status"] == "new"
    test, production = row["environments"]["test"], row["environments"]["production"]
    assert (test["on"], test["rules"], test["targets"], test["prerequisites"]) == (True, 1, 2, 1)
    assert test["servable"] == 3
    assert test["serves"] == [{"variation": 0, "weight": 25_000}, {"variation": 1, "weight": 75_000}]
    assert (production["on"], production["servable"]) == (False, 1)
    assert production["serves"] == [{"variation": 2, "weight": 100_000}]
    assert "value" not in row["variations"][0]


def test_the_status_and_its_filter_are_of_the_environment_in_the_path(server: TestServer) -> None:
    make_switch(server, "asked")
    make_switch(server, "idle")
    server.clock.advance(seconds=1)
    request(server, "asked")

    assert {row["key"]: row["status"] for row in rows(server)} == {"asked": "active", "idle": "new"}
    assert [row["key"] for row in rows(server, filter="status:active")] == ["asked"]
    (asked,) = rows(server, filter="status:active,query:ask")
    assert asked["lastRequested"] == server.clock.now
    there = server.get(ROWS.replace("/test/", "/production/"), query={"filter": "status:active"})
    assert there.json["items"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["c", "b", "a"]),
        ({"sort": "key"}, ["a", "b", "c"]),
        ({"sort": "-targetingModifiedDate"}, ["b", "a", "c"]),
        ({"limit": 1, "offset": 1}, ["b"]),
        ({"filter": "tags:even"}, ["c", "a"]),
        ({"filter": "state:archived"}, ["old"]),
    ],
)
def test_rows_are_filtered_sorted_and_paged_as_the_list_of_flags(
    server: TestServer, query: Any, found: list[str]
) -> None:
    for number, key in enumerate("abc"):
        make(server, key, tags=["odd" if number % 2 else "even"])
        server.clock.advance(seconds=1)
    make(server, "old")
    instruct(server, {"kind": "archiveFlag"}, key="old")
    server.clock.advance(seconds=1)
    instruct(server, ON, key="b")
    if query.get("sort", "").startswith("-t"):
        instruct(server, ON, {"kind": "turnFlagOff"}, key="c")
        found = ["b", "c", "a"]

    answer = server.get(ROWS, query=query)

    assert keys(answer) == found
    assert answer.json["totalCount"] == (3 if "filter" not in query else len(found))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("check", ["check", "check-out", "re-check", "about-checks"]),
        ("CHECK-OUT", ["check-out"]),
        ("the new till", ["re-check"]),
        ("about", ["about-checks"]),
        ("_", []),
    ],
)
def test_what_fits_best_comes_first(server: TestServer, text: str, found: list[str]) -> None:
    for key in ("check", "about-checks", "check-out"):
        make(server, key, name=key)
        server.clock.advance(seconds=1)
    make(server, "re-check", name="The new till")

    assert [row["key"] for row in rows(server, filter=f"query:{text}", sort="match")] == found


def test_a_long_value_is_cut_to_a_label(server: TestServer) -> None:
    values = [{"value": {"text": "x" * 500}}, {"value": {}, "name": "Short"}]
    make(server, variations=values)

    long, short = rows(server)[0]["variations"]

    assert (len(long["label"]), long["label"][-1], short["label"]) == (60, "…", "Short")


def test_traffic_is_counted_by_hour_and_variation(server: TestServer) -> None:
    make_colours(server)
    request(server, "checkout", counts=((0, 3), (1, 4)))
    server.clock.advance(seconds=3600)
    request(server, "checkout", counts=((0, 5), (None, 1)))
    request(server, "other", counts=((0, 2),), environment="production")

    shown = traffic(server, "checkout", "other", hours=3)

    assert (shown["begin"], shown["step"], shown["points"]) == (START - START % HOUR - HOUR, HOUR, 3)
    checkout, other = shown["items"]
    assert (checkout["key"], checkout["count"]) == ("checkout", 13)
    assert [(one["variation"], one["count"], one["series"]) for one in checkout["variations"]] == [
        (0, 8, [0, 3, 5]),
        (1, 4, [0, 4, 0]),
        (None, 1, [0, 0, 1]),
    ]
    assert (other["count"], other["variations"]) == (0, [])


def test_what_is_older_is_not_counted(server: TestServer) -> None:
    make_colours(server)
    request(server, "checkout", counts=((0, 3),))
    server.clock.advance(seconds=24 * 3600)

    assert traffic(server, "checkout")["items"][0]["count"] == 0
    assert traffic(server, "checkout", hours=25)["items"][0]["count"] == 3


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (ROWS, {"limit": 0}),
        (ROWS, {"filter": "colour:red"}),
        (ROWS, {"sort": "colour"}),
        (TRAFFIC, {"hours": 0}),
        (TRAFFIC, {"hours": 169}),
        (TRAFFIC, [("key", f"f{number}") for number in range(101)]),
    ],
)
def test_what_cannot_be_listed_is_refused(server: TestServer, path: str, query: Any) -> None:
    assert server.get(path, query=query).status == 400


def test_a_row_says_whether_its_switch_is_the_callers(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server, tags=["ops"])
    ops = server.add_token(
        Statement("allow", resources=("proj/*:env/test:flag/*;ops",), actions=("updateOn",))
    )

    def list_switchable(caller: str | None, path: str = ROWS, **query: str) -> set[str]:
        items = server.get(path, as_=caller, query=query).json["items"]
        return {row["key"] for row in items if row["switchable"]}

    assert list_switchable(OWNER) == {"checkout", "login"}
    assert list_switchable(READER) == set()
    assert list_switchable(ops) == {"checkout"}
    assert list_switchable(ops, ROWS.replace("/test/", "/production/")) == set()
    instruct(server, {"kind": "archiveFlag"})
    assert list_switchable(OWNER, filter="state:archived") == set()


@pytest.mark.parametrize("path", [ROWS, TRAFFIC])
def test_what_may_not_be_seen_is_not_found(server: TestServer, path: str) -> None:
    make(server)
    blind = server.add_token(Statement("deny", resources=("proj/default",), actions=("viewProject",)))

    assert server.get(path, as_=blind).status == 404
    assert server.get(path.replace("/test/", "/nowhere/")).status == 404
