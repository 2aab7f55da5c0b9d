"""The official Node SDK, unmodified, against a real server: streaming and polling."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.process import Process, wait_until
from tests.support.sdk_programs import SdkProgram

pytestmark = pytest.mark.contract
HERE = Path(__file__).parent
PROGRAMS = {"openfeature": "openfeature_node.mjs"}
ADA = {"kind": "user", "key": "ada"}


class NodeSdk(SdkProgram):
    """The SDK in a Node process."""

    def __init__(self, process: Process, how: str) -> None:
        key = process.environment()["apiKey"]
        super().__init__(["node", str(HERE / PROGRAMS.get(how, "node_sdk.mjs")), process.url, key, how])

    def serves(self, flag: str) -> Any:
        return self.ask("evaluate", flag=flag, context=ADA)["value"]


def sdk(process: Process, how: str = "stream") -> NodeSdk:
    return NodeSdk(process, how).expect_ready()


@pytest.mark.parametrize("how", ["stream", "poll", "transfers", "transfer-polls"])
def test_it_initialises_evaluates_sends_events_and_closes(process: Process, how: str) -> None:
    key = f"node-{how}"
    process.call("POST", "/flags/default", {"key": key, "name": key})
    process.instruct(key, {"kind": "turnFlagOn"})
    with sdk(process, how) as opened:
        detail = opened.ask("evaluate", flag=key, context=ADA)
        assert (detail["value"], detail["variationIndex"], detail["reason"]["kind"]) == (
            True,
            0,
            "FALLTHROUGH",
        )
        assert opened.ask("all", context=ADA)[key] is True
        assert opened.ask("track", name="bought", context=ADA) is True


@pytest.mark.parametrize("how", ["stream", "transfers"])
def test_every_change_arrives_over_the_open_stream(process: Process, how: str) -> None:
    live = f"node-live-{how}"
    process.call("POST", "/flags/default", {"key": live, "name": "Live"})
    with sdk(process, how) as opened:
        for number in range(10):
            on = number % 2 == 0
            process.instruct(live, {"kind": "turnFlagOn" if on else "turnFlagOff"})
            wait_until(lambda on=on: opened.serves(live) is on, f"change {number} has arrived")


@pytest.mark.parametrize("how", ["stream", "transfers"])
def test_it_survives_a_restart_of_the_server(tmp_path: Path, how: str) -> None:
    process = Process(tmp_path).start()
    process.call("POST", "/flags/default", {"key": "f", "name": "F"})
    with sdk(process, how) as opened:
        process.stop()
        process.start()
        process.instruct("f", {"kind": "turnFlagOn"})
        wait_until(lambda: opened.serves("f") is True, "the SDK has reconnected")
    process.stop()


def test_openfeature_serves_values_and_hears_of_changes(process: Process) -> None:
    process.call("POST", "/flags/default", {"key": "node-open", "name": "Open"})
    with sdk(process, "openfeature") as opened:
        assert opened.serves("node-open") is False
        process.instruct("node-open", {"kind": "turnFlagOn"})
        wait_until(lambda: opened.serves("node-open") is True, "the change has arrived")
        detail = opened.ask("evaluate", flag="node-open", context=ADA)
        assert (detail["variant"], detail["reason"]) == ("0", "FALLTHROUGH")
        missing = opened.ask("evaluate", flag="missing", context=ADA)
        assert (missing["value"], missing["errorCode"]) == (False, "FLAG_NOT_FOUND")
        assert opened.ask("track", name="bought", context=ADA) is True
