"""What a flag served over time, over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.client import READER
from tests.support.flag_calls import make, make_colours
from tests.support.seen import request, tell
from tests.support.server import START, TestServer

PATH = "/api/v2/flagstaff/projects/default/environments/test/flags/checkout/evaluations"
HOUR = 3_600_000


def evaluations(server: TestServer, **query: Any) -> Any:
    answer = server.get(PATH, query=query, as_=READER)
    assert answer.status == 200, answer
    return answer.json


def test_evaluations_are_counted_by_hour_variation_and_context_kinds(server: TestServer) -> None:
    make_colours(server)
    server.clock.advance(seconds=1)
    request(server, "checkout", counts=((0, 3), (1, 4)))
    server.clock.advance(seconds=2 * 3600)
    request(server, "checkout", "other", counts=((0, 5), (None, 1)), kinds=("user", "org"))
    request(server, "checkout", counts=((0, 90),), environment="production")

    shown = evaluations(server, hours=4)

    assert (shown["begin"], shown["step"], shown["points"]) == (START - START % HOUR - HOUR, HOUR, 4)
    assert [(one["variation"], one["series"]) for one in shown["variations"]] == [
        (0, [0, 3, 0, 5]),
        (1, [0, 4, 0, 0]),
        (None, [0, 0, 0, 1]),
    ]
    assert shown["count"] == 13
    assert shown["contextKinds"] == [{"kinds": ["user"], "count": 7}, {"kinds": ["org", "user"], "count": 6}]
    assert (shown["firstRequested"], shown["lastRequested"]) == (
        server.clock.now - 2 * HOUR,
        server.clock.now,
    )


def test_hours_in_which_no_sdk_told_anything_are_gaps(server: TestServer) -> None:
    make_colours(server)
    request(server, "checkout")
    server.clock.advance(seconds=2 * 3600)
    tell(server, "shop")

    assert evaluations(server, hours=4)["gaps"] == [0, 2]


def test_the_same_hours_of_another_week_are_counted_alike(server: TestServer) -> None:
    make_colours(server)
    request(server, "checkout", counts=((0, 3),))
    server.clock.advance(seconds=7 * 24 * 3600)
    request(server, "checkout", counts=((0, 5),))

    now, before = evaluations(server, hours=4), evaluations(server, hours=4, ago=168)

    assert now["begin"] - before["begin"] == 168 * HOUR
    assert [shown["variations"][0]["series"] for shown in (now, before)] == [[0, 0, 0, 5], [0, 0, 0, 3]]
    assert [shown["count"] for shown in (now, before)] == [5, 3]


def test_applications_that_asked_are_named_those_that_did_last_first(server: TestServer) -> None:
    make_colours(server)
    tell(server, "shop", name="Shop")
    server.clock.advance(seconds=1)
    request(server, "checkout", application="shop")
    server.clock.advance(seconds=3600)
    request(server, "checkout", application="till")
    request(server, "other", application="elsewhere")

    assert evaluations(server)["applications"] == [
        {"key": "till", "name": "", "lastRequested": server.clock.now},
        {"key": "shop", "name": "Shop", "lastRequested": server.clock.now - HOUR},
    ]


def test_what_was_asked_before_the_flag_was_made_was_for_another(server: TestServer) -> None:
    request(server, "checkout", application="shop")
    server.clock.advance(seconds=2 * 24 * 3600)
    make_colours(server)

    shown = evaluations(server)

    assert (shown["count"], shown["variations"], shown["applications"]) == (0, [], [])
    assert "lastRequested" not in shown


@pytest.mark.parametrize(("days", "points"), [(1, 24), (7, 84), (30, 120)])
def test_what_was_counted_minutes_or_hours_ago_is_in_every_span(
    server: TestServer, days: int, points: int
) -> None:
    make_colours(server)
    request(server, "checkout", counts=((0, 3),))
    server.clock.advance(seconds=20 * 3600)

    shown = evaluations(server, hours=24 * days)

    assert (shown["points"], shown["count"]) == (points, 3)


@pytest.mark.parametrize("query", [{"hours": 0}, {"hours": 721}, {"ago": -1}, {"ago": 721}])
def test_a_span_that_cannot_be_shown_is_refused(server: TestServer, query: dict[str, int]) -> None:
    make_colours(server)

    assert server.get(PATH, query=query).status == 400


def test_what_may_not_be_seen_or_is_not_there_is_not_found(server: TestServer) -> None:
    assert server.get(PATH).status == 404
    make(server)
    blind = server.add_token(Statement("deny", resources=("proj/default",), actions=("viewProject",)))

    assert server.get(PATH, as_=blind).status == 404
