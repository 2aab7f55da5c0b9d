"""Several processes on one database: every stream gets every change once, and who ends is replaced."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.wire import Wire
from tests.support.process import Process, serving, wait_until

STREAMS = 16


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with running(tmp_path_factory.mktemp("together"), workers=2) as process:
        process.call("POST", "/flags/default", {"key": "f", "name": "F"})
        yield process


@contextmanager
def running(folder: Path, *, workers: int) -> Iterator[Process]:
    with serving(folder, "--workers", str(workers)) as process:
        wait_until(lambda: count(process, "listening") == workers, "all listen")
        yield process


def open_stream(process: Process) -> Wire:
    wire = Wire(socket.create_connection(("127.0.0.1", process.port), timeout=20))
    wire.request("GET", "/all", {"Authorization": process.environment()["apiKey"]})
    assert wire.read_head() == 200
    return wire


def version_of(event: Any) -> int:
    """Of the flag, or of the newest flag in a put."""
    shown = event.data["data"]
    return max((flag["version"] for flag in shown.get("flags", {}).values()), default=shown.get("version", 0))


def follow(wire: Wire, held: int, last: int) -> None:
    """Read to the last version: a change is one more than what was there, only a put may leave some out."""
    while held < last:
        event = wire.read_change()
        assert version_of(event) in ([held + 1] if event.name == "patch" else range(held + 1, last + 1))
        held = version_of(event)


def turn(process: Process) -> None:
    """Change the flag."""
    flag = process.call("GET", "/flags/default/f")
    process.instruct("f", {"kind": "turnFlagOff" if flag["environments"]["test"]["on"] else "turnFlagOn"})


def read_log(process: Process) -> list[dict[str, Any]]:
    lines = (process.folder / "server.log").read_text().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def count(process: Process, event: str) -> int:
    return [entry["event"] for entry in read_log(process)].count(event)


def workers_of(process: Process) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(pid) for pid in children.split()]


def sockets_of(process: Process) -> list[Path]:
    return list((process.folder / "flagstaff.db-processes").glob("*.socket"))


def test_every_stream_gets_every_change_once_and_in_order(together: Process) -> None:
    with ExitStack() as stack:
        wires = [stack.enter_context(open_stream(together)) for _ in range(STREAMS)]
        held = [version_of(wire.read_change()) for wire in wires]
        assert len(set(held)) == 1
        for _ in range(20):
            turn(together)
        for wire in wires:
            follow(wire, held[0], held[0] + 20)


def test_both_workers_are_given_work(together: Process) -> None:
    with ExitStack() as stack:
        for _ in range(STREAMS):
            stack.enter_context(open_stream(together))
        owners = {entry["worker"] for entry in read_log(together) if "worker" in entry}
        assert owners == {1, 2}
        assert len(sockets_of(together)) == len(workers_of(together)) == 2


def test_a_revoked_key_ends_the_streams_of_every_worker(together: Process) -> None:
    with ExitStack() as stack:
        wires = [stack.enter_context(open_stream(together)) for _ in range(STREAMS)]
        for wire in wires:
            wire.read_change()

        together.call("POST", "/projects/default/environments/test/apiKey")

        for wire in wires:
            with suppress(EOFError):
                while True:
                    wire.read_change()
            assert wire.closed or wire.complete


def test_what_a_worker_was_not_told_it_reads_by_itself(together: Process) -> None:
    with ExitStack() as stack:
        wires = [stack.enter_context(open_stream(together)) for _ in range(STREAMS)]
        held = [version_of(wire.read_change()) for wire in wires]
        hidden = [path.rename(path.with_suffix(".hidden")) for path in sockets_of(together)]
        try:
            turn(together)
            turn(together)
            for wire in wires:
                follow(wire, held[0], held[0] + 2)
        finally:
            for path in hidden:
                path.rename(path.with_suffix(".socket"))


def test_who_has_an_answer_sees_its_effect_with_the_next_call(together: Process) -> None:
    for number in range(30):
        together.instruct("f", {"kind": "turnFlagOn" if number % 2 else "turnFlagOff"})
        flag = together.call("GET", "/flags/default/f")
        assert flag["environments"]["test"]["on"] is bool(number % 2)


def test_a_worker_that_dies_is_started_again_and_the_other_goes_on(tmp_path: Path) -> None:
    with running(tmp_path, workers=2) as process:
        first, second = workers_of(process)
        os.kill(first, signal.SIGKILL)

        now = wait_until(
            lambda: len(found := workers_of(process)) == 2 and first not in found and found, "it is replaced"
        )

        assert second in now
        wait_until(lambda: len(sockets_of(process)) >= 2, "the new one can be reached")
        process.call("POST", "/flags/default", {"key": "f", "name": "F"})
        ended = [entry for entry in read_log(process) if entry["event"] == "worker_ended"]
        assert [(entry["pid"], entry["status"]) for entry in ended] == [(first, -signal.SIGKILL)]


def test_all_end_by_themselves_and_leave_no_socket(tmp_path: Path) -> None:
    process = Process(tmp_path, arguments=("--workers", "3")).start()
    with ExitStack() as stack:
        wires = [stack.enter_context(open_stream(process)) for _ in range(STREAMS)]
        workers = workers_of(process)

        process.stop()

        for wire in wires:
            wire.read_change()
            wire.read_end()
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    assert sockets_of(process) == []
    assert count(process, "stopped") == 4


def test_workers_end_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    process = Process(tmp_path, arguments=("--workers", "2")).start()
    workers = workers_of(process)

    process.kill()

    def gone(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
        except OSError:
            return True

    wait_until(lambda: all(map(gone, workers)), "the workers have ended")


def test_two_servers_on_one_database_tell_each_other(tmp_path: Path) -> None:
    with running(tmp_path, workers=1) as first:
        first.call("POST", "/flags/default", {"key": "f", "name": "F"})
        second = Process(tmp_path).start()
        try:
            with open_stream(second) as wire:
                held = version_of(wire.read_change())
                turn(first)
                follow(wire, held, held + 1)
        finally:
            second.stop()
