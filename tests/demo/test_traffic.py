"""The events of the demo's shop."""

from flagstaff.demo.content import Traffic
from flagstaff.demo.traffic import DAY, HOUR, list_batches

NOW = 20_000 * DAY + 12 * HOUR
TRAFFIC = Traffic(environment="production", application="shop", version="1", flags={"one": (1000, 0)})


def test_the_last_day_has_a_payload_each_hour_and_the_end_tells_who_was_served() -> None:
    batches = list(list_batches(TRAFFIC, [{"kind": "user", "key": "ann"}], NOW))
    moments = [at for at, _ in batches]

    assert moments == sorted(moments)
    assert [at for at in moments if at > NOW - DAY] == [NOW - hour * HOUR for hour in range(23, -1, -1)] + [
        NOW
    ]
    assert batches[-1][1] == [
        {"kind": "index", "creationDate": NOW, "context": {"kind": "user", "key": "ann"}}
    ]


def test_there_is_more_at_noon_than_at_night_and_nothing_of_what_is_not_served() -> None:
    counters = {
        at: events[0]["features"]["one"]["counters"]
        for at, events in list_batches(TRAFFIC, [], NOW)
        if events and events[0]["kind"] == "summary"
    }
    (noon,), (night,) = counters[NOW], counters[NOW - 8 * HOUR]

    assert (noon["variation"], night["variation"]) == (0, 0)
    assert 850 <= noon["count"] <= 1150
    assert night["count"] < noon["count"] / 5
