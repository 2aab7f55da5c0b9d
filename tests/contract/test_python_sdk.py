"""The official Python SDK, unmodified, against a real server: streaming and polling."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from ldclient import datasystem
from ldclient.client import LDClient
from ldclient.config import Config
from ldclient.context import Context

from tests.support.process import Process, wait_until

pytestmark = pytest.mark.contract
ADA = Context.create("ada")
OFTEN = datasystem.polling_ds_builder().poll_interval(0.2)
FACTORIES: dict[str, dict[str, Any]] = {
    "stream": {"stream": True},
    "poll": {"stream": False, "poll_interval": 30},
    "transfers": {"datasystem_config": datasystem.default().build()},  # the second protocol
    # The same, polled with no way back to the first. Its polls end for good once one finds no server.
    "transfer-polls": {"datasystem_config": datasystem.custom().synchronizers(OFTEN).build()},
}
LIVE = pytest.mark.parametrize("how", ["stream", "transfers"])


@contextmanager
def client(process: Process, **options: Any) -> Iterator[LDClient]:
    config = Config(
        process.environment()["apiKey"],
        base_uri=process.url,
        stream_uri=process.url,
        events_uri=process.url,
        initial_reconnect_delay=0.05,
        **options,
    )
    opened = LDClient(config, start_wait=10)
    try:
        yield opened
    finally:
        opened.close()


def make_flag(process: Process, key: str) -> dict[str, Any]:
    flag: dict[str, Any] = process.call("POST", "/flags/default", {"key": key, "name": key})
    return flag


@pytest.mark.parametrize("how", FACTORIES)
def test_it_initialises_and_evaluates(process: Process, how: str) -> None:
    make_flag(process, f"init-{how}")
    process.instruct(f"init-{how}", {"kind": "turnFlagOn"})
    with client(process, **FACTORIES[how]) as opened:
        assert opened.is_initialized()
        detail = opened.variation_detail(f"init-{how}", ADA, False)
        assert (detail.value, detail.variation_index, detail.reason) == (True, 0, {"kind": "FALLTHROUGH"})
        opened.track("bought", ADA, metric_value=3)
        opened.flush()


@pytest.mark.parametrize("how", ["stream", "transfers", "transfer-polls"])
def test_every_change_arrives(process: Process, how: str) -> None:
    live, beta = f"live-{how}", f"beta-{how}"
    flag = make_flag(process, live)
    yes, no = (variation["_id"] for variation in flag["variations"])
    process.call("POST", "/segments/default/test", {"key": beta, "name": "Beta"})
    with client(process, **FACTORIES[how]) as opened:

        def serves(value: bool, kind: str) -> bool:
            detail = opened.variation_detail(live, ADA, None)
            return detail.value is value and detail.reason["kind"] == kind

        steps: list[tuple[dict[str, Any], bool, str]] = [
            ({"kind": "turnFlagOn"}, True, "FALLTHROUGH"),
            ({"kind": "addTargets", "variationId": no, "values": ["ada"]}, False, "TARGET_MATCH"),
            ({"kind": "removeTargets", "variationId": no, "values": ["ada"]}, True, "FALLTHROUGH"),
            (
                {
                    "kind": "addRule",
                    "variationId": no,
                    "clauses": [{"attribute": "", "op": "segmentMatch", "values": [beta], "negate": True}],
                },
                False,
                "RULE_MATCH",
            ),
            ({"kind": "turnFlagOff"}, False, "OFF"),
        ]
        for instruction, value, kind in steps:
            process.instruct(live, instruction)
            wait_until(lambda value=value, kind=kind: serves(value, kind), f"the SDK serves {value}, {kind}")
        process.instruct(live, {"kind": "turnFlagOn"})
        process.call(
            "PATCH",
            f"/segments/default/test/{beta}",
            {"instructions": [{"kind": "addIncludedTargets", "values": ["ada"]}]},
            semantic=True,
        )
        wait_until(lambda: serves(True, "FALLTHROUGH"), "the change of the segment has arrived")
        process.instruct(live, {"kind": "archiveFlag"})
        wait_until(lambda: opened.variation(live, ADA, None) is None, "the archived flag is gone")
        process.instruct(live, {"kind": "restoreFlag"})
        wait_until(lambda: opened.variation(live, ADA, None) is True, "the restored flag is back")
        process.call("DELETE", f"/flags/default/{live}")
        wait_until(lambda: opened.variation(live, ADA, None) is None, "the deleted flag is gone")
        make_flag(process, live)
        wait_until(lambda: opened.variation(live, ADA, None) is False, "the flag that was made anew is there")
    assert yes != no


def test_a_prerequisite_and_a_rollout_are_evaluated_as_they_were_set(process: Process) -> None:
    first, second = make_flag(process, "first"), make_flag(process, "second")
    yes = first["variations"][0]["_id"]
    process.instruct("first", {"kind": "turnFlagOn"})
    weights = {variation["_id"]: 50_000 for variation in second["variations"]}
    process.instruct(
        "second",
        {"kind": "turnFlagOn"},
        {"kind": "addPrerequisite", "key": "first", "variationId": yes},
        {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": weights},
    )
    with client(process) as opened:
        served = [opened.variation("second", Context.create(f"user-{number}"), None) for number in range(400)]
        assert 130 < served.count(True) < 270
        process.instruct("first", {"kind": "turnFlagOff"})

        def kind() -> str:
            return str(opened.variation_detail("second", ADA, None).reason["kind"])

        wait_until(lambda: kind() == "PREREQUISITE_FAILED", "the prerequisite fails")


@LIVE
def test_it_survives_a_restart_and_a_kill_of_the_server(tmp_path: Path, how: str) -> None:
    process = Process(tmp_path).start()
    make_flag(process, "durable")
    with client(process, **FACTORIES[how]) as opened:
        for end in (process.stop, process.kill):
            process.instruct("durable", {"kind": "turnFlagOn"})
            wait_until(lambda: opened.variation("durable", ADA, None) is True, "it is on")
            end()
            process.start()
            assert process.call("GET", "/flags/default/durable")["environments"]["test"]["on"]
            process.instruct("durable", {"kind": "turnFlagOff"})
            wait_until(lambda: opened.variation("durable", ADA, None) is False, "it is off after the restart")
    process.stop()


def test_a_key_that_is_reset_with_an_expiry_goes_on_until_then(process: Process) -> None:
    make_flag(process, "rotated")
    with client(process) as opened:
        process.call("POST", "/projects/default/environments/test/apiKey?expiry=33000000000000")
        process.instruct("rotated", {"kind": "turnFlagOn"})
        wait_until(lambda: opened.variation("rotated", ADA, None) is True, "the old key still streams")
    with client(process) as opened:
        assert opened.variation("rotated", ADA, None) is True


@pytest.mark.parametrize("how", ["stream", "poll"])
def test_a_payload_filter_gives_a_part_of_the_flags(process: Process, how: str) -> None:
    mine, needed, other = (make_flag(process, f"{name}-{how}") for name in ("mine", "needed", "other"))
    yes = needed["variations"][0]["_id"]
    process.instruct(needed["key"], {"kind": "turnFlagOn"})
    process.instruct(
        mine["key"],
        {"kind": "turnFlagOn"},
        {"kind": "addPrerequisite", "key": needed["key"], "variationId": yes},
    )
    path = f"/flagstaff/projects/default/payload-filters/part-{how}"
    process.call("PUT", path, {"name": "Part", "flagKeys": [mine["key"]]})
    with client(process, payload_filter_key=f"part-{how}", **FACTORIES[how]) as opened:
        assert opened.variation(mine["key"], ADA, None) is True
        assert opened.variation_detail(other["key"], ADA, None).reason["errorKind"] == "FLAG_NOT_FOUND"
        if how == "stream":
            process.instruct(needed["key"], {"kind": "turnFlagOff"})
            wait_until(lambda: opened.variation(mine["key"], ADA, None) is False, "the change has arrived")
            process.call("PUT", path, {"name": "Part", "flagKeys": [other["key"]]})
            wait_until(lambda: opened.variation(other["key"], ADA, None) is False, "the other flag has come")
            assert opened.variation(mine["key"], ADA, None) is None
