"""The stream of the console: changes of resources and live events, over one connection."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.console.streams import operations
from tests.support.client import ORIGIN, READER, SESSION
from tests.support.event_streams import Event, EventStream
from tests.support.flag_calls import MANY, ONE, instruct, make
from tests.support.seen import request, see
from tests.support.segment_calls import make as make_segment
from tests.support.server import TestServer

STREAM = "/api/v2/flagstaff/stream"
ON = {"kind": "turnFlagOn"}
Open = Callable[..., EventStream]


@pytest.fixture
def follow(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens streams that look often, and closes them."""
    monkeypatch.setattr(operations, "OFTEN", 0.01)
    monkeypatch.setattr(operations, "LOOK", 0.05)
    opened: list[EventStream] = []

    def open_stream(*query: tuple[str, str], **how: Any) -> EventStream:
        opened.append(EventStream(server, STREAM, query or [("changes", "default")], **how))
        return opened[-1]

    yield open_stream
    for stream in opened:
        stream.close()


def names(event: Event) -> tuple[str, str]:
    return event.data["kind"], event.data["key"]


def test_a_change_is_told_with_what_it_was_about(server: TestServer, follow: Open) -> None:
    make(server)
    stream = follow()
    assert stream.take().name == "open"

    answer = server.instruct(ONE, ON, environment="test")

    event = stream.take()
    assert (event.name, event.id) == ("change", answer.headers["x-flagstaff-change"])
    assert event.data == {
        "position": int(event.id),
        "kind": "flag",
        "verb": "turned on the flag",
        "name": "Flag checkout",
        "key": "checkout",
        "projectKey": "default",
        "environmentKeys": ["test"],
        "versions": {"resource": 1, "environments": {"test": 2}},
        "actor": "owner@example.com",
        "memberId": event.data["memberId"],
        "tokenId": event.data["tokenId"],
        "date": server.clock.now,
    }
    assert stream.headers["content-type"].startswith("text/event-stream")


def test_only_a_write_that_changed_something_names_its_position(server: TestServer) -> None:
    make(server)
    assert "x-flagstaff-change" in server.instruct(ONE, ON, environment="test").headers
    assert "x-flagstaff-change" not in server.instruct(ONE, ON, environment="test").headers
    assert "x-flagstaff-change" not in server.get(ONE).headers
    off = {"instructions": [{"kind": "turnFlagOff"}], "environmentKey": "test"}
    dry = server.patch(ONE, off, semantic=True, query={"dryRun": "true"})
    assert "x-flagstaff-change" not in dry.headers


def test_segments_deletions_and_account_wide_changes_are_told_too(server: TestServer, follow: Open) -> None:
    stream = follow(("changes", "*"))
    stream.take()

    make_segment(server)
    make(server)
    server.delete(ONE)
    server.post("/api/v2/roles", {"key": "ops", "name": "Ops", "policy": []})

    events = [stream.take() for _ in range(4)]
    assert [names(event) for event in events] == [
        ("segment", "beta"),
        ("flag", "checkout"),
        ("flag", "checkout"),
        ("role", "ops"),
    ]
    assert events[0].data["versions"] == {"resource": 1}
    assert "versions" not in events[2].data
    assert sorted(events[1].data["environmentKeys"]) == ["production", "test"]
    assert events[3].data["environmentKeys"] == []


def test_changes_of_other_projects_are_left_out(server: TestServer, follow: Open) -> None:
    server.post("/api/v2/projects", {"key": "other", "name": "Other"})
    stream = follow(("changes", "other"))
    stream.take()

    make(server)
    make(server, many="/api/v2/flags/other", key="theirs")

    assert names(stream.take()) == ("flag", "theirs")


def test_what_may_not_be_seen_is_not_told(server: TestServer, follow: Open) -> None:
    server.post("/api/v2/projects", {"key": "secret", "name": "Secret"})
    statements = (
        Statement("allow", resources=("proj/*",), actions=("viewProject",)),
        Statement("deny", resources=("proj/secret",), actions=("viewProject",)),
    )
    token = server.add_token(*statements)
    stream = follow(("changes", "*"), as_=token)
    stream.take()

    make(server, many="/api/v2/flags/secret", key="hidden")
    make(server)

    assert names(stream.take()) == ("flag", "checkout")
    assert follow(("changes", "secret"), as_=token).is_ended()


@pytest.mark.parametrize("way", ["header", "query"])
def test_a_stream_resumes_where_it_was_left(server: TestServer, follow: Open, way: str) -> None:
    first = make(server).get("key")
    stream = follow()
    stream.take()
    instruct(server, ON)
    left = stream.take().id
    stream.close()
    instruct(server, {"kind": "turnFlagOff"})
    instruct(server, ON)

    resumed = (
        follow(**{"last-event-id": left})
        if way == "header"
        else follow(("changes", "default"), ("after", left))
    )

    assert resumed.take().id == left
    verbs = [resumed.take().data["verb"] for _ in range(2)]
    assert (first, verbs) == ("checkout", ["turned off the flag", "turned on the flag"])


@pytest.mark.parametrize("left", ["0", "999999", "abc", "-4", "9" * 30])
def test_what_cannot_be_resumed_is_to_be_read_anew(server: TestServer, follow: Open, left: str) -> None:
    make(server)
    server.write(lambda tx: tx.run("DELETE FROM outbox WHERE position < (SELECT max(position) FROM outbox)"))

    stream = follow(**{"last-event-id": left})

    event = stream.take()
    assert event.name == "reload"
    assert int(event.id) == event.data["position"] == server.rows("SELECT max(position) FROM outbox")[0][0]
    instruct(server, ON)
    assert stream.take().name == "change"


def test_many_changes_arrive_in_their_order(server: TestServer, follow: Open) -> None:
    stream = follow()
    stream.take()
    for number in range(30):
        make(server, f"flag-{number}")

    assert [stream.take().data["key"] for _ in range(30)] == [f"flag-{number}" for number in range(30)]


def test_a_revoked_token_ends_its_stream(server: TestServer, follow: Open) -> None:
    made = server.post("/api/v2/tokens", {"name": "Short", "role": "reader"}).json
    stream = follow(as_=made["token"])
    stream.take()

    assert server.delete(f"/api/v2/tokens/{made['_id']}").status == 204

    assert stream.take("end").data == {}
    assert stream.is_ended()


def test_the_end_of_the_server_ends_streams_at_once(server: TestServer, follow: Open) -> None:
    stream = follow()
    stream.take()
    server.run(server.wired.delivery.close())
    assert stream.is_ended()


def test_a_stream_that_has_nothing_to_tell_shows_that_it_is_alive(
    server: TestServer, follow: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "HEARTBEAT", 0.02)
    stream = follow()
    stream.take()
    assert server.run(stream._events.get()) == Event("")


def test_what_a_member_has_chosen_is_told_to_their_own_sessions_alone(
    server: TestServer, follow: Open
) -> None:
    make(server)
    mine = follow(as_="", cookie=f"flagstaff-session={SESSION}", origin=ORIGIN)
    others = follow(as_=READER)
    tokens = follow()
    for stream in (mine, others, tokens):
        assert stream.take().name == "open"

    for order in (["name"], ["on"]):
        chosen = {"flagColumns": {"order": order}}
        path = "/api/v2/flagstaff/preferences"
        assert server.request("PUT", path, json=chosen, as_=SESSION).status == 200
        event = mine.take()
        assert (event.name, event.id, event.data) == ("preferences", "", {})
    server.instruct(ONE, ON, environment="test")

    assert [stream.take().name for stream in (mine, others, tokens)] == ["change"] * 3


def test_live_tells_single_events_and_what_was_served(server: TestServer, follow: Open) -> None:
    make(server)
    stream = follow(("live", "default/test"), as_=READER)
    stream.take()

    request(server, "checkout", counts=((0, 3), (None, 2)))
    event = stream.take("live")
    assert event.data["environment"] == "default/test"
    served = sorted((one["key"], str(one["variation"]), one["count"]) for one in event.data["served"])
    assert served == [("checkout", "0", 3), ("checkout", "None", 2)]
    assert (event.data["events"], event.data["moreEvents"], event.data["moreServed"]) == ([], 0, 0)

    custom = {"kind": "custom", "key": "bought", "creationDate": server.clock.now, "metricValue": 9.5}
    custom |= {"contextKeys": {"user": "ann"}, "data": {"basket": 3}}
    assert server.post("/bulk", [custom], as_=server.sdk_key("test")).status == 202
    (shown,) = stream.take("live").data["events"]
    assert (shown["kind"], shown["key"], shown["value"]) == ("custom", "bought", 9.5)
    assert (shown["contexts"], shown["data"]["data"]) == ({"user": "ann"}, {"basket": 3})


def test_of_many_events_the_newest_are_shown_and_the_rest_is_counted(
    server: TestServer, follow: Open
) -> None:
    stream = follow(("live", "default/test"))
    stream.take()
    events = [
        {
            "kind": "custom",
            "key": f"e-{number}",
            "creationDate": server.clock.now,
            "contextKeys": {"user": "a"},
        }
        for number in range(50)
    ]
    assert server.post("/bulk", events, as_=server.sdk_key("test")).status == 202

    data = stream.take("live").data

    assert [one["key"] for one in data["events"]] == [f"e-{number}" for number in range(49, 29, -1)]
    assert data["moreEvents"] == 30


def test_other_environments_are_not_listened_to(server: TestServer, follow: Open) -> None:
    stream = follow(("live", "default/test"), ("changes", "default"))
    stream.take()
    request(server, "theirs", environment="production")
    see(server, {"kind": "user", "key": "ann"}, environment="production")
    request(server, "ours")

    assert [one["key"] for one in stream.take("live").data["served"]] == ["ours"]
    make(server)
    assert names(stream.take("change")) == ("flag", "checkout")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"changes": "nowhere"}, 404),
        ({"live": "default/nowhere"}, 404),
        ({"live": "nowhere/test"}, 404),
        ({"live": "default"}, 404),
        ([("changes", f"p{number}") for number in range(21)], 400),
    ],
)
def test_what_cannot_be_followed_is_refused(server: TestServer, query: Any, status: int) -> None:
    assert server.get(STREAM, query=query).status == status


def test_the_answer_of_a_change_names_its_position_for_every_kind(server: TestServer) -> None:
    made = server.post(MANY, {"key": "a", "name": "A"})
    newest = server.rows("SELECT max(position) FROM outbox")[0][0]
    assert made.headers["x-flagstaff-change"] == str(newest)


def test_changes_of_another_process_are_told(server: TestServer, follow: Open, template: Path) -> None:
    other = TestServer(template, server.database.path.parent, first_id=9_000_000).start()
    try:
        stream = follow(("changes", "default"), ("live", "default/test"))
        stream.take()

        make(other)
        request(other, "checkout")

        assert {stream.take().name, stream.take().name} == {"change", "live"}
    finally:
        other.stop()
