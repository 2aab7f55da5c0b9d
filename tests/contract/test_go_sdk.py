"""The official Go SDK, unmodified, against a real server; only where `make contract-go` asks for it."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.process import Process, wait_until
from tests.support.sdk_programs import SdkProgram

PROGRAM = os.environ.get("FLAGSTAFF_GO_SDK", "")  # tests/contract/go, built
pytestmark = [
    pytest.mark.contract,
    pytest.mark.skipif(not PROGRAM, reason="a group of its own: make contract-go"),
]


def run(process: Process, how: str) -> SdkProgram:
    command = [PROGRAM, process.url, process.environment()["apiKey"], how]
    return SdkProgram(command).expect_ready()


def served(program: SdkProgram, flag: str, key: str = "ada") -> Any:
    return program.ask("evaluate", flag=flag, key=key)["value"]


@pytest.mark.parametrize("how", ["stream", "poll", "transfers"])
def test_it_initialises_evaluates_sends_events_and_closes(process: Process, how: str) -> None:
    flag = f"go-{how}"
    process.call("POST", "/flags/default", {"key": flag, "name": flag})
    process.instruct(flag, {"kind": "turnFlagOn"})
    with run(process, how) as program:
        detail = program.ask("evaluate", flag=flag, key="ada")
        assert (detail["value"], detail["variation"], detail["reason"]) == (True, 0, {"kind": "FALLTHROUGH"})
        assert program.ask("track", name="bought", key="ada") is True


@pytest.mark.parametrize("how", ["stream", "transfers"])
def test_every_change_arrives_over_the_open_stream(process: Process, how: str) -> None:
    flag, segment = f"go-live-{how}", f"go-segment-{how}"
    made = process.call("POST", "/flags/default", {"key": flag, "name": flag})
    process.call("POST", "/segments/default/test", {"key": segment, "name": segment})
    clause = {"attribute": "", "op": "segmentMatch", "values": [segment], "negate": False}
    no = made["variations"][1]["_id"]
    with run(process, how) as program:
        for on in (True, False, True):
            process.instruct(flag, {"kind": "turnFlagOn" if on else "turnFlagOff"})
            wait_until(lambda on=on: served(program, flag) is on, f"{on} has arrived")
        process.instruct(flag, {"kind": "addRule", "variationId": no, "clauses": [clause]})
        instruction = {"kind": "addIncludedTargets", "contextKind": "user", "values": ["ada"]}
        body = {"environmentKey": "test", "instructions": [instruction]}
        process.call("PATCH", f"/segments/default/test/{segment}", body, semantic=True)
        wait_until(lambda: served(program, flag) is False, "rule and segment have arrived")
        assert served(program, flag, "bob") is True


@pytest.mark.parametrize("how", ["stream", "transfers"])
def test_it_survives_a_restart_of_the_server(tmp_path: Path, how: str) -> None:
    process = Process(tmp_path).start()
    process.call("POST", "/flags/default", {"key": "f", "name": "F"})
    with run(process, how) as program:
        process.stop()
        process.start()
        process.instruct("f", {"kind": "turnFlagOn"})
        wait_until(lambda: served(program, "f") is True, "the SDK has reconnected")
    process.stop()
