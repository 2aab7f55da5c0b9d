"""All streams of a process, over real sockets: heartbeats, slow readers, and their end."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path

from tests.delivery.planes import Plane, settle, until
from tests.delivery.serving import IDS, Environment, a_flag, serving
from tests.delivery.wire import Event, Wire


def fill(environment: Environment, megabytes: int) -> None:
    environment.publish_flag("large", variations=["x" * megabytes * 1_000_000])


def narrow(wire: Wire) -> None:
    """Let little be under way that was not read."""
    wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)


def test_heartbeats_come_to_every_stream(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path, heartbeat=0.01) as server, ExitStack() as stack:
        wires = [stack.enter_context(server.environment().stream()) for _ in range(3)]
        for wire in wires:
            assert wire.read_event().name == "put"
            assert [wire.read_event().name for _ in range(3)] == ["", "", ""]


def test_heartbeats_begin_again_after_the_last_stream_has_gone(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path, heartbeat=0.01) as server:
        environment = server.environment()
        for _ in range(2):
            with environment.stream() as wire:
                assert [wire.read_event().name for _ in range(2)] == ["put", ""]
            assert server.reaches("flagstaff_streams_open", 0)
            server.run(until(lambda: not server.delivery.streams._beating))


def test_a_stream_sees_only_its_environment(environment: Environment) -> None:
    other = environment.server.environment()
    with environment.stream() as wire, other.stream() as other_wire:
        wire.read_event()
        other_wire.read_event()
        other.publish_flag("theirs")
        environment.publish_flag("ours")
        assert wire.read_event().data["path"] == "/flags/ours"
        assert other_wire.read_event().data["path"] == "/flags/theirs"


def test_a_stream_of_flags_alone_is_told_of_nothing_else(environment: Environment) -> None:
    environment.publish_flag("a")
    environment.publish_segment("s")
    with environment.stream("/flags") as wire:
        assert wire.read_event() == Event("put", {"a": {**a_flag("a"), "version": 1}})
        environment.publish_segment("s", included=["ada"])
        environment.publish_flag("b")
        event = wire.read_change()
        assert (event.name, event.data["path"], event.data["data"]["version"]) == ("patch", "/b", 4)
        environment.remove("flags", "b")
        assert wire.read_change() == Event("delete", {"path": "/b", "version": 5})
        environment.reset_key("sdk-another")
        wire.read_end()


def test_a_reader_that_does_not_read_is_dropped_and_others_are_not(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path, room=1_000_000) as server:
        environment = server.environment()
        fill(environment, 1)
        with environment.stream() as reading, environment.stream() as stalled:
            narrow(stalled)
            reading.read_event()
            for version in range(2, 32):
                environment.publish_flag("other", variations=["y" * 300_000])
                assert reading.read_event().data["data"]["version"] == version
            assert server.reaches("flagstaff_streams_dropped_total", 1)
            assert server.reaches("flagstaff_streams_open", 1)


def test_a_put_larger_than_the_room_is_no_reason_to_drop(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path, room=100_000) as server:
        environment = server.environment()
        with environment.stream() as wire:
            wire.read_event()
            fill(environment, 12)
            event = wire.read_event()
            assert event.name == "put"
            assert len(event.data["data"]["flags"]["large"]["variations"][0]) == 12_000_000
            with environment.stream() as late:
                environment.publish_flag("small")
                assert late.read_event().name == "put"
                assert late.read_event().data["path"] == "/flags/small"
            assert wire.read_event().data["path"] == "/flags/small"
        assert server.counted("flagstaff_streams_dropped_total") == 0


def test_stalled_readers_share_one_put(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server, ExitStack() as stack:
        environment = server.environment()
        fill(environment, 8)

        def stall(readers: int) -> None:
            for _ in range(readers):
                narrow(wire := stack.enter_context(server.connect()))
                wire.request("GET", "/all", {"Authorization": environment.key})

        stall(1)  # builds the put, which all of them share
        assert server.reaches("flagstaff_streams_open", 1)
        before = resident()
        stall(20)
        assert server.reaches("flagstaff_streams_open", 21)
        assert resident() - before < 60_000_000


def resident() -> int:
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) * 1024


def test_a_key_that_is_reset_ends_its_streams_and_is_refused(environment: Environment) -> None:
    old, new = environment.key, IDS.secret("sdk")
    with environment.stream() as wire:
        wire.read_event()
        environment.reset_key(new)
        wire.read_end()
        assert wire.complete
    with environment.stream() as wire:
        assert wire.status == 401
    environment.key = new
    with environment.stream() as wire:
        assert wire.status == 200
    assert environment.server.get("/sdk/latest-all", Authorization=old).status_code == 401


def test_a_key_that_was_reset_with_grace_lasts_until_it_expires(environment: Environment) -> None:
    server = environment.server
    with environment.stream() as wire:
        wire.read_event()
        environment.reset_key(IDS.secret("sdk"), expires=server.clock() + 300)
        environment.publish_flag("during-grace")
        assert wire.read_event().data["path"] == "/flags/during-grace"
        wire.read_end()
        assert wire.complete
    with environment.stream() as wire:
        assert wire.status == 401


STREAMS = ("/all", "/flags", "/sdk/stream")
POLLS = ("/sdk/latest-all", "/sdk/poll", "/sdk/flags", "/sdk/evalx/contexts/eyJrZXkiOiJhZGEifQ")


def test_an_old_key_works_to_its_last_millisecond_and_no_longer(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server, ExitStack() as stack:
        environment, clock = server.environment(), server.clock
        wires = [stack.enter_context(environment.stream(path)) for path in STREAMS]
        clock.stop()
        new = IDS.secret("sdk")
        environment.reset_key(new, expires=clock() + 20)
        clock.ahead += 19

        assert {path: environment.poll(path).status_code for path in POLLS} == dict.fromkeys(POLLS, 200)
        assert _send_events(environment) == 202
        wires += [stack.enter_context(environment.stream(path)) for path in STREAMS]
        environment.publish_flag("late")
        for wire in wires:
            while "late" not in str(wire.read_event().data):
                pass

        clock.ahead += 1
        assert {path: environment.poll(path).status_code for path in POLLS} == dict.fromkeys(POLLS, 401)
        assert _send_events(environment) == 401
        for path in STREAMS:
            with environment.stream(path) as refused:
                assert refused.status == 401
        for wire in wires:
            wire.read_response()
            assert wire.complete
        environment.key = new
        assert {path: environment.poll(path).status_code for path in POLLS} == dict.fromkeys(POLLS, 200)


def _send_events(environment: Environment) -> int:
    headers = {"Authorization": environment.key, "Content-Type": "application/json", "Content-Length": "2"}
    with environment.server.connect() as wire:
        wire.request("POST", "/bulk", headers, b"[]")
        return wire.read_response()


def test_a_deleted_environment_ends_its_streams(environment: Environment) -> None:
    with environment.stream() as wire:
        wire.read_event()
        environment.delete()
        wire.read_end()
    with environment.stream() as wire:
        assert wire.status == 401


def test_a_server_stops_within_two_seconds_whatever_is_open(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server, ExitStack() as stack:
        environment = server.environment()
        fill(environment, 8)
        wires = [stack.enter_context(environment.stream()) for _ in range(20)]
        stalled = [stack.enter_context(environment.stream()) for _ in range(5)]
        idle = stack.enter_context(server.connect())
        for wire in wires:
            wire.read_event()
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 2
        for wire in wires:
            wire.read_end()
            assert wire.complete
        idle.read_end()
        assert {wire.closed for wire in stalled} == {False}


async def test_streams_that_have_room_are_closed_in_good_order(plane: Plane) -> None:
    opened = [await plane.open() for _ in range(3)]
    stalled, _ = await plane.open()
    stalled.buffered = 1000
    await plane.delivery.close()
    await settle()
    assert {transport.closing for transport, _ in opened} == {"close"}
    assert stalled.closing == "abort"
    assert plane.delivery.metrics.streams_open._value.get() == 0
