"""The official Node SDK, unmodified, against a real server: streaming and polling."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.process import Process, serving, wait_until
from tests.support.sdk_programs import Sdk, SdkPrograms

pytestmark = pytest.mark.contract
COMMAND = ("node", str(Path(__file__).with_name("node_sdk.mjs")))
ADA = {"kind": "user", "key": "ada"}


class NodeSdk(Sdk):
    """The SDK in a Node process."""

    def serves(self, flag: str) -> Any:
        return self.ask("evaluate", flag=flag, context=ADA)["value"]


@contextmanager
def sdk(running: SdkPrograms, process: Process, how: str = "stream") -> Iterator[NodeSdk]:
    key = process.environment()["apiKey"]
    with running.opening(NodeSdk, COMMAND, url=process.url, key=key, how=how) as opened:
        assert opened.ask("ready") is True
        yield opened


@pytest.mark.parametrize("how", ["stream", "poll", "transfers", "transfer-polls"])
def test_it_initialises_evaluates_sends_events_and_closes(
    process: Process, running: SdkPrograms, how: str
) -> None:
    key = f"node-{how}"
    process.call("POST", "/flags/default", {"key": key, "name": key})
    process.instruct(key, {"kind": "turnFlagOn"})
    with sdk(running, process, how) as opened:
        detail = opened.ask("evaluate", flag=key, context=ADA)
        assert (detail["value"], detail["variationIndex"], detail["reason"]["kind"]) == (
            True,
            0,
            "FALLTHROUGH",
        )
        assert opened.ask("all", context=ADA)[key] is True
        assert opened.ask("track", name="bought", context=ADA) is True


@pytest.mark.parametrize("how", ["stream", "transfers"])
def test_every_change_arrives_over_the_open_stream(process: Process, running: SdkPrograms, how: str) -> None:
    live = f"node-live-{how}"
    process.call("POST", "/flags/default", {"key": live, "name": "Live"})
    with sdk(running, process, how) as opened:
        for number in range(10):
            on = number % 2 == 0
            process.instruct(live, {"kind": "turnFlagOn" if on else "turnFlagOff"})
            wait_until(lambda on=on: opened.serves(live) is on, f"change {number} has arrived")


def test_both_protocols_survive_a_restart_of_the_server(tmp_path: Path, running: SdkPrograms) -> None:
    with serving(tmp_path) as process:
        process.call("POST", "/flags/default", {"key": "f", "name": "F"})
        with sdk(running, process, "stream") as streams, sdk(running, process, "transfers") as transfers:
            process.stop()
            process.start()
            process.instruct("f", {"kind": "turnFlagOn"})
            for opened in (streams, transfers):
                wait_until(lambda opened=opened: opened.serves("f") is True, "the SDK has reconnected")


def test_openfeature_serves_values_and_hears_of_changes(process: Process, running: SdkPrograms) -> None:
    process.call("POST", "/flags/default", {"key": "node-open", "name": "Open"})
    with sdk(running, process, "openfeature") as opened:
        assert opened.serves("node-open") is False
        process.instruct("node-open", {"kind": "turnFlagOn"})
        wait_until(lambda: opened.serves("node-open") is True, "the change has arrived")
        detail = opened.ask("evaluate", flag="node-open", context=ADA)
        assert (detail["variant"], detail["reason"]) == ("0", "FALLTHROUGH")
        missing = opened.ask("evaluate", flag="missing", context=ADA)
        assert (missing["value"], missing["errorCode"]) == (False, "FLAG_NOT_FOUND")
        assert opened.ask("track", name="bought", context=ADA) is True
