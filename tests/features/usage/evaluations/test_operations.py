"""How often the variations of a flag were served, over HTTP: SDKs count, and time passes."""

from typing import Any

import pytest

from tests.support.flag_calls import BLUE, make_colours
from tests.support.seen import request
from tests.support.server import START, TestServer

USAGE = "/api/v2/usage/evaluations/default/test/checkout"
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def counts(server: TestServer, **asked: Any) -> list[dict[str, int]]:
    """The points at which something was counted."""
    answer = server.get(
        USAGE, query={name.strip("_"): value for name, value in asked.items()}, version="beta"
    )
    assert answer.status == 200, answer
    return [point for point in answer.json["series"] if sum(point.values()) > point["time"]]


def test_evaluations_are_counted_by_variation(server: TestServer) -> None:
    make_colours(server)
    request(server, "checkout", counts=[(0, 3), (2, 4), (None, 5)])
    request(server, "checkout", counts=[(2, 1)])

    found = server.get(USAGE, version="beta").json
    assert [one.get("value") for one in found["metadata"]] == ["red", "green", "blue", None]
    assert found["metadata"][2] == {"_id": BLUE, "variation": 2, "value": "blue", "name": ""}
    (point,) = counts(server)
    assert {name: point[name] for name in "0123"} == {"0": 3, "1": 0, "2": 5, "3": 5}


def test_the_points_are_as_fine_as_the_range_is_new(server: TestServer) -> None:
    make_colours(server)
    request(server, "checkout")
    server.clock.advance(seconds=61)
    request(server, "checkout", counts=[(0, 2)])

    minute, hour, day = (START - START % width for width in (60_000, 3_600_000, 86_400_000))
    recent = counts(server, from_=server.clock.now - HOUR * 1000)
    assert [(point["time"], point["0"]) for point in recent] == [(minute, 1), (minute + 60_000, 2)]
    assert counts(server, from_=server.clock.now - DAY * 1000)[0]["time"] == hour
    assert [(point["time"], point["0"]) for point in counts(server)] == [(day, 3)]
    server.clock.advance(seconds=40 * DAY)
    assert counts(server) == []
    assert counts(server, from_=START - 1)[0]["0"] == 3
    assert counts(server, from_=START - 60_000, to=minute) == []


def test_days_begin_in_the_time_zone_that_is_asked_for(server: TestServer) -> None:
    make_colours(server)
    request(server, "checkout")  # at 22:13 UTC

    (utc,), (tokyo,) = counts(server), counts(server, tz="Asia/Tokyo")
    assert tokyo["time"] - utc["time"] == (24 - 9) * HOUR * 1000


def test_each_environment_counts_for_itself(server: TestServer) -> None:
    make_colours(server)
    request(server, "checkout", environment="production")

    assert counts(server) == []
    assert len(server.get(USAGE.replace("test", "production"), version="beta").json["series"]) > 0


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"from": "yesterday"}, "`from`"),
        ({"to": "-1"}, "`to`"),
        ({"from": "2", "to": "1"}, "`from`"),
        ({"tz": "Mars/Olympus"}, "`tz`"),
        ({"tz": "../../etc/passwd"}, "`tz`"),
        ({"tz": "Europe"}, "`tz`"),
    ],
)
def test_a_range_that_cannot_be_is_refused(server: TestServer, asked: Any, reason: str) -> None:
    make_colours(server)

    answer = server.get(USAGE, query=asked, version="beta")

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message


def test_a_range_far_away_is_short(server: TestServer) -> None:
    make_colours(server)

    def points(**asked: str) -> int:
        answer = server.get(
            USAGE, query={name.strip("_"): value for name, value in asked.items()}, version="beta"
        )
        assert answer.status == 200, answer
        return len(answer.json["series"])

    assert points(from_="0", to="1") == 0
    assert points(from_="0") == 1
    assert points(from_="99999999999998", to="99999999999999") == 1
