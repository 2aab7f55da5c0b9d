"""Streams behind payload filters, of servers and of clients, in both protocols."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flagstaff.delivery import filtered_streams
from flagstaff.kernel.errors import Unavailable
from tests.delivery.clients import ADA, for_ada, in_path, listening, publish
from tests.delivery.filtered import delete_filter, put_filter
from tests.delivery.serving import Environment, a_flag, a_segment
from tests.delivery.test_transfers import shorten
from tests.delivery.wire import Event, Wire

STREAM = "/all?filter=web"


@contextmanager
def streaming(environment: Environment, path: str = STREAM) -> Iterator[Wire]:
    with environment.stream(path) as wire:
        assert wire.status == 200
        yield wire


def keys(event: Event) -> list[str]:
    assert event.name == "put", event
    data = event.data["data"]
    return [*sorted(data["flags"]), *data["segments"]]


def about(event: Event) -> str:
    return f"{event.name} {event.data['path']}"


def test_a_stream_tells_only_of_its_part(environment: Environment) -> None:
    put_filter(environment, "mine")
    publish(environment, a_flag("mine"), a_flag("theirs"))
    with streaming(environment) as wire, environment.stream() as whole:
        assert keys(wire.read_event()) == ["mine"]
        assert keys(whole.read_event()) == ["mine", "theirs"]
        environment.publish_flag("theirs", on=True)
        environment.publish_flag("mine", on=True)
        assert about(wire.read_event()) == "patch /flags/mine"
        assert [about(whole.read_event()) for _ in range(2)] == ["patch /flags/theirs", "patch /flags/mine"]
        environment.remove("flags", "mine")
        assert about(wire.read_event()) == "delete /flags/mine"


def test_what_a_flag_begins_to_use_comes_along(environment: Environment) -> None:
    """It comes as changed now, so that nobody takes it for an old one; one of two changes is a `put`."""
    put_filter(environment, "mine")
    publish(environment, a_flag("mine"), a_flag("other"))
    with streaming(environment) as wire:
        wire.read_event()
        environment.publish_flag("mine", prerequisites=[{"key": "other", "variation": 0}])
        assert keys(wire.read_event()) == ["mine", "other"]
        environment.publish_flag("other", on=True)
        assert about(wire.read_event()) == "patch /flags/other"
        environment.publish_flag("mine")
        assert keys(wire.read_event()) == ["mine"]


def test_a_changed_filter_is_told_at_once_and_a_deleted_one_ends_its_streams(
    environment: Environment,
) -> None:
    put_filter(environment, "a")
    publish(environment, a_flag("a"), a_flag("b"))
    with streaming(environment) as wire, environment.stream() as whole:
        assert keys(wire.read_event()) == ["a"]
        whole.read_event()
        put_filter(environment, "a", "b")
        assert about(wire.read_event()) == "patch /flags/b"
        assert keys(whole.read_event()) == ["a", "b"]
        delete_filter(environment)
        wire.read_end()
        assert keys(whole.read_event()) == ["a", "b"]
    with environment.stream(STREAM) as wire:
        assert wire.status == 404


def test_streams_that_open_at_any_time_hold_the_same(environment: Environment) -> None:
    put_filter(environment, "a")
    environment.publish_flag("a")
    with streaming(environment) as first:
        first.read_event()
        environment.publish_flag("b")
        with streaming(environment) as second:
            second.read_event()
            environment.publish_flag("a")
            assert [about(wire.read_event()) for wire in (first, second)] == ["patch /flags/a"] * 2


def test_the_second_protocol_tells_of_a_part_too(environment: Environment) -> None:
    put_filter(environment, "a")
    publish(environment, a_flag("a"), a_flag("b"))
    with streaming(environment, "/sdk/stream?filter=web") as wire:
        events = [wire.read_event() for _ in range(3)]
        assert [shorten(event.name, event.data) for event in events][:2] == [
            "xfer-full payload-missing 2",
            "put flag/a 2",
        ]
        state = events[2].data["state"]
        assert state == f"{environment.id}.web-2"
        environment.publish_flag("b")
        environment.publish_flag("a")
        told = [wire.read_event() for _ in range(3)]
        assert [shorten(event.name, event.data) for event in told][:2] == [
            "xfer-changes update 4",
            "put flag/a 4",
        ]
        with streaming(environment, f"/sdk/stream?filter=web&basis={environment.id}.web-4") as again:
            assert shorten("server-intent", again.read_event().data).startswith("none")
        delete_filter(environment)
        error, goodbye = wire.read_event(), wire.read_event()
        assert (error.name, goodbye.name) == ("error", "goodbye")
        assert error.data["payloadId"] == error.data["payload_id"] == f"{environment.id}.web"
        wire.read_end()


def test_what_goes_and_comes_again_is_told_in_the_second_protocol_also_to_who_was_away(
    environment: Environment,
) -> None:
    put_filter(environment, "a", "b")
    publish(environment, a_flag("a"), a_flag("b"))
    path = f"/sdk/poll?filter=web&basis={environment.id}.web-"
    with streaming(environment, "/sdk/stream?filter=web") as wire:
        read_transfer(wire)
        put_filter(environment, "a")
        assert read_transfer(wire) == ["xfer-changes update 3", "del flag/b 3", "3"]
        assert poll_transfer(environment, f"{path}2") == ["xfer-changes update 3", "del flag/b 3", "3"]
        put_filter(environment, "a", "b")
        assert read_transfer(wire) == ["xfer-changes update 4", "put flag/b 4", "4"]
    assert poll_transfer(environment, f"{path}3") == ["xfer-changes update 4", "put flag/b 4", "4"]
    assert poll_transfer(environment, f"{path}1")[0] == "xfer-full cant-catchup 4"


def read_transfer(wire: Wire) -> list[str]:
    """The events up to the end of a transfer, which is its version."""
    told: list[str] = []
    while not told or not told[-1].isdigit():
        event = wire.read_event()
        text = shorten(event.name, event.data)
        told.append(text.split()[-1] if event.name == "payload-transferred" else text)
    return told


def poll_transfer(environment: Environment, path: str) -> list[str]:
    events = environment.poll(path).json()["events"]
    told = [shorten(event["event"], event["data"]) for event in events]
    return [*told[:-1], told[-1].split()[-1]]


def test_clients_see_the_part_of_their_filter(environment: Environment) -> None:
    put_filter(environment, "mine")
    publish(environment, for_ada("mine"), for_ada("theirs"))
    poll = f"/sdk/evalx/{environment.id}/contexts/{in_path(ADA)}?filter="
    assert list(environment.server.get(f"{poll}web").json()) == ["mine"]
    assert environment.server.get(f"{poll}other").status_code == 404
    path = "/eval/{id}/{context}?filter=web"
    with listening(environment, path) as wire:
        assert list(wire.read_event().data) == ["mine"]
        publish(environment, for_ada("theirs", targets=[]))
        publish(environment, for_ada("mine", targets=[]))
        event = wire.read_event()
        assert (event.name, event.data["key"], event.data["value"]) == ("patch", "mine", False)
        put_filter(environment, "theirs")
        changes: dict[str, Any] = {}
        for _ in range(2):
            event = wire.read_event()
            changes[event.data["key"]] = event.name
        assert changes == {"mine": "delete", "theirs": "patch"}
        delete_filter(environment)
        wire.read_end()


def test_a_filter_that_cannot_be_read_is_read_again(environment: Environment, monkeypatch: Any) -> None:
    monkeypatch.setattr(filtered_streams, "RETRY", 0.001)
    put_filter(environment, "a")
    environment.publish_flag("a")
    filters = environment.server.delivery.filters
    usual, failures = filters.get, [1, 2]

    async def fail(*given: Any) -> Any:
        if failures:
            failures.pop()
            raise Unavailable("busy")
        return await usual(*given)

    with streaming(environment) as wire:
        wire.read_event()
        monkeypatch.setattr(filters, "get", fail)
        environment.publish_flag("a", on=True)
        assert about(wire.read_event()) == "patch /flags/a"
    assert failures == []


def test_a_segment_of_the_part_is_told(environment: Environment) -> None:
    put_filter(environment, "a")
    clause = {"attribute": "", "op": "segmentMatch", "values": ["s"], "negate": False}
    rule = {"id": "r", "variation": 0, "clauses": [clause], "trackEvents": False}
    environment.publish(("flags", "a", a_flag("a", rules=[rule])), ("segments", "s", a_segment("s")))
    environment.publish_segment("unused")
    with streaming(environment) as wire:
        assert keys(wire.read_event()) == ["a", "s"]
        environment.publish_segment("unused", included=["x"])
        environment.publish_segment("s", included=["x"])
        assert about(wire.read_event()) == "patch /segments/s"
