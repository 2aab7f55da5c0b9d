"""The second protocol of server-side SDKs, as polls and streams."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from flagstaff.delivery.transfers import (
    MOST_KEPT,
    Transfer,
    delete_object,
    join_events,
    put_object,
    read_basis,
    report_error,
    select,
)
from tests.delivery.builders import a_change, a_snapshot
from tests.delivery.serving import Environment, SdkServer, serving
from tests.delivery.wire import Wire

BOTH = a_change(1, a={}, segment_s={})


def told(transfer: Transfer) -> list[str]:
    """The events in short: their name, then what they are about."""
    return [shorten(event["event"], event["data"]) for event in json.loads(transfer.body.plain)["events"]]


def shorten(name: str, data: Any) -> str:
    match name:
        case "server-intent":
            (payload,) = data["payloads"]
            return f"{payload['intentCode']} {payload['reason']} {payload['target']}"
        case "put-object" | "delete-object":
            return f"{name[:3]} {data['kind']}/{data['key']} {data['version']}"
        case "payload-transferred":
            return f"{data['state']} {data['version']}"
    return name


def read_transfer(wire: Wire) -> list[str]:
    """The events of a stream up to the end of a transfer."""
    events: list[str] = []
    while not events or events[-1].split()[0] not in {"none"} | {f"e-{n}" for n in range(99)}:
        event = wire.read_event()
        events.append(re.sub(r"\b[0-9a-f]{24}-", "e-", shorten(event.name, event.data)))
    return events


FULL = ["put segment/s 1", "put flag/a 1", "e-1 1"]
LATER = [BOTH, a_change(2, b={}), a_change(3, a={}, b=None), a_change(4, c={})]


@pytest.mark.parametrize(
    ("changes", "basis", "expected"),
    [
        ([], "", ["xfer-full payload-missing 0", "e-0 0"]),
        ([BOTH], "", ["xfer-full payload-missing 1", *FULL]),
        ([BOTH], "e-1", ["none up-to-date 1"]),
        ([BOTH], "e-2", ["xfer-full cant-catchup 1", *FULL]),
        ([BOTH], "f-1", ["xfer-full cant-catchup 1", *FULL]),
        ([BOTH], "e-", ["xfer-full cant-catchup 1", *FULL]),
        ([BOTH], "e-x", ["xfer-full cant-catchup 1", *FULL]),
        ([BOTH], "e-²", ["xfer-full cant-catchup 1", *FULL]),
        ([BOTH], "e-" + "9" * 5000, ["xfer-full cant-catchup 1", *FULL]),
        ([BOTH], "(p:p:1)", ["xfer-full cant-catchup 1", *FULL]),
        (LATER, "e-1", ["xfer-changes update 4", "put flag/a 3", "put flag/c 4", "del flag/b 3", "e-4 4"]),
        (LATER, "e-2", ["xfer-changes update 4", "put flag/a 3", "put flag/c 4", "del flag/b 3", "e-4 4"]),
        (LATER, "e-3", ["xfer-changes update 4", "put flag/c 4", "e-4 4"]),
    ],
)
def test_what_an_sdk_is_told_depends_on_what_it_holds(changes: list, basis: str, expected: list[str]) -> None:
    assert told(a_snapshot(*changes).transfers.begin(basis)) == expected


def test_everything_is_told_where_every_object_is_newer() -> None:
    """As after a restore, which lacks what was made after the backup and cannot tell that it is gone."""
    restored = a_snapshot(a_change(1_000_001, a={}, segment_s={}))
    assert told(restored.transfers.begin("e-7"))[0] == "xfer-full cant-catchup 1000001"


def test_a_flag_that_was_made_anew_is_not_among_the_deleted() -> None:
    snapshot = a_snapshot(BOTH, a_change(2, a=None), a_change(3, a={}))
    assert told(snapshot.transfers.begin("e-1")) == ["xfer-changes update 3", "put flag/a 3", "e-3 3"]


def test_an_object_comes_after_its_kind_and_holds_its_own_version() -> None:
    data = put_object(b"flag", 'a"b', 7, b'{"key":"a","version":7}').data
    assert data == rb'{"version":7,"kind":"flag","key":"a\"b","object":{"key":"a","version":7}}'
    assert json.loads(delete_object(b"segment", "s", 8).data) == {"version": 8, "kind": "segment", "key": "s"}


def test_a_selector_needs_no_escape_in_a_query() -> None:
    state = select("65f0123456789abcdef01234.web-1_a", 12)
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", state)
    assert read_basis(state, "65f0123456789abcdef01234.web-1_a") == 12


def test_an_error_names_the_payload_in_both_spellings() -> None:
    event = report_error("e", "gone")
    assert event.name == b"error"
    assert json.loads(event.data) == {"payloadId": "e", "payload_id": "e", "reason": "gone"}


def test_an_empty_list_of_events_is_still_one() -> None:
    assert join_events([]) == b'{"events":[]}'


def test_transfers_are_built_once_and_few_are_kept() -> None:
    transfers = a_snapshot(*(a_change(n, **{f"f{n}": {}}) for n in range(1, 40))).transfers
    assert transfers.begin("") is transfers.begin("")
    assert transfers.begin("e-5").frame is transfers.begin("e-5").frame
    for version in range(1, 39):
        transfers.begin(f"e-{version}")
    assert len(transfers._kept) == MOST_KEPT


def test_a_poll_brings_everything_then_what_changed(environment: Environment) -> None:
    environment.publish_flag("a")
    environment.publish_segment("s")
    first = environment.poll("/sdk/poll")
    assert first.headers["content-type"] == "application/json"
    assert first.headers["x-ld-envid"] == environment.id
    events = first.json()["events"]
    assert [event["event"] for event in events] == [
        "server-intent",
        "put-object",
        "put-object",
        "payload-transferred",
    ]
    assert events[2]["data"]["object"]["version"] == 1
    state = events[-1]["data"]["state"]
    (same,) = environment.poll(f"/sdk/poll?basis={state}").json()["events"]
    assert same["data"]["payloads"][0]["intentCode"] == "none"
    assert same["data"]["payloads"][0]["target"] == 2
    environment.remove("flags", "a")
    changed = environment.poll(f"/sdk/poll?basis={state}").json()["events"]
    assert [shorten(event["event"], event["data"]) for event in changed][1] == "del flag/a 3"
    assert len(changed) == 3


def test_a_poll_with_the_newest_etag_is_not_answered_anew(environment: Environment) -> None:
    environment.publish_flag("a")
    etag = environment.poll("/sdk/poll").headers["etag"]
    again = environment.poll("/sdk/poll", **{"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    environment.publish_flag("a", on=True)
    assert environment.poll("/sdk/poll", **{"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", ["/sdk/poll", "/sdk/stream"])
def test_both_ask_for_an_sdk_key(environment: Environment, path: str) -> None:
    assert environment.server.get(path).status_code == 401
    assert environment.server.get(path, Authorization=environment.mobile_key).status_code == 401


@pytest.mark.parametrize("path", ["/sdk/stream", "//sdk//stream/?x=1", "/sdk/stream?basis="])
def test_a_stream_brings_everything_then_each_change_as_one(environment: Environment, path: str) -> None:
    environment.publish_flag("a")
    with environment.stream(path) as wire:
        assert wire.status == 200
        assert wire.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert wire.headers["transfer-encoding"] == "chunked"
        assert read_transfer(wire) == ["xfer-full payload-missing 1", "put flag/a 1", "e-1 1"]
        environment.publish_flag("a", on=True)
        assert read_transfer(wire) == ["xfer-changes update 2", "put flag/a 2", "e-2 2"]
        flag = {"key": "b", "version": 3}
        environment.publish(("flags", "a", None), ("segments", "s", {"key": "s"}), ("flags", "b", flag))
        assert read_transfer(wire) == [
            "xfer-changes update 3",
            "put segment/s 3",
            "del flag/a 3",
            "put flag/b 3",
            "e-3 3",
        ]


def test_a_stream_goes_on_from_what_an_sdk_holds(environment: Environment) -> None:
    environment.publish_flag("a")
    environment.publish_flag("b")
    state = f"{environment.id}-2"
    with environment.stream(f"/sdk/stream?basis={state}") as wire:
        assert read_transfer(wire) == ["none up-to-date 2"]
        environment.publish_flag("a")
        assert read_transfer(wire) == ["xfer-changes update 3", "put flag/a 3", "e-3 3"]
    with environment.stream(f"/sdk/stream?basis={state}") as wire:
        assert read_transfer(wire) == ["xfer-changes update 3", "put flag/a 3", "e-3 3"]


def test_tombstones_are_known_after_a_restart(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server:
        environment = server.environment()
        environment.publish_flag("a")
        environment.publish_flag("b")
        environment.remove("flags", "a")
    again = SdkServer(tmp_path / "flagstaff.db").start()
    try:
        restarted = Environment(again, environment.id, environment.key, environment.mobile_key)
        events = restarted.poll(f"/sdk/poll?basis={environment.id}-2").json()["events"]
        assert [shorten(event["event"], event["data"]) for event in events][1:] == [
            "del flag/a 3",
            f"{environment.id}-3 3",
        ]
    finally:
        again.stop()


def test_streams_of_both_protocols_stand_side_by_side(environment: Environment) -> None:
    with environment.stream() as first, environment.stream("/sdk/stream") as second:
        assert first.read_event().name == "put"
        assert read_transfer(second) == ["xfer-full payload-missing 0", "e-0 0"]
        environment.publish_flag("a")
        assert first.read_event().name == "patch"
        assert read_transfer(second) == ["xfer-changes update 1", "put flag/a 1", "e-1 1"]


def test_a_stream_says_goodbye_when_its_key_is_reset_or_the_server_stops(
    template: Path, tmp_path: Path
) -> None:
    with serving(template, tmp_path) as server:
        environment, other = server.environment(), server.environment()
        with environment.stream("/sdk/stream") as wire, other.stream("/sdk/stream") as late:
            read_transfer(wire)
            read_transfer(late)
            environment.delete()
            event = wire.read_event()
            assert (event.name, list(event.data)) == ("goodbye", ["reason"])
            wire.read_end()
            server.call(server.delivery.streams.end_all)
            assert late.read_event().name == "goodbye"
            late.read_end()


def test_heartbeats_come_on_streams_of_the_second_protocol(template: Path, tmp_path: Path) -> None:
    with (
        serving(template, tmp_path, heartbeat=0.01) as server,
        server.environment().stream("/sdk/stream") as wire,
    ):
        read_transfer(wire)
        assert [wire.read_event().name for _ in range(2)] == ["", ""]


def test_a_stream_behind_an_unanswered_request_is_told_to_come_back(environment: Environment) -> None:
    request = "GET {} HTTP/1.1\r\nHost: test\r\nAuthorization: {}\r\n\r\n"
    with environment.server.connect() as wire:
        both = (request.format(path, environment.key) for path in ("/sdk/poll", "/sdk/stream"))
        wire.send("".join(both).encode())
        answers = b""
        while answers.count(b"HTTP/1.1") < 2:
            answers += wire.socket.recv(65536)
        assert answers.split(b"HTTP/1.1 ")[2].startswith(b"503")
