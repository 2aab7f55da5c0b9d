"""The real Relay Proxy in front of a real server, with the Python SDK behind it: `make contract-relay`."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from ldclient import Config, Context
from ldclient.client import LDClient

from tests.support import calls
from tests.support.process import Process, free_port, wait_until

PROGRAM = os.environ.get("FLAGSTAFF_RELAY", "")
pytestmark = [
    pytest.mark.contract,
    pytest.mark.skipif(not PROGRAM, reason="FLAGSTAFF_RELAY names no Relay Proxy: see make contract-relay"),
]
ADA = Context.create("ada")


@contextmanager
def relaying(process: Process, folder: Path, **settings: str) -> Iterator[str]:
    """The address of a Relay Proxy whose every environment is connected."""
    port = free_port()
    services = dict.fromkeys(("BASE_URI", "STREAM_URI", "EVENTS_URI", "CLIENT_SIDE_BASE_URI"), process.url)
    environ = {"PATH": os.environ["PATH"], "PORT": str(port), "USE_EVENTS": "true", **services, **settings}
    url = f"http://127.0.0.1:{port}"

    def is_healthy() -> bool:
        assert relay.poll() is None, (folder / "relay.log").read_text()
        try:
            status = calls.get(f"{url}/status").json()
        except httpx.TransportError:
            return False
        return status["status"] == "healthy" and bool(status["environments"])

    with (folder / "relay.log").open("ab") as log:
        relay = subprocess.Popen([PROGRAM, "--from-env"], env=environ, stdout=log, stderr=log)
        try:
            wait_until(is_healthy, "the Relay Proxy is connected", 40)
            yield url
        finally:
            relay.terminate()
            relay.wait(10)


def connect(url: str, sdk_key: str, filter_key: str | None = None) -> LDClient:
    config = Config(sdk_key, base_uri=url, stream_uri=url, events_uri=url, payload_filter_key=filter_key)
    client = LDClient(config, start_wait=20)
    assert client.is_initialized()
    return client


def follow(process: Process, client: LDClient, flag: str) -> None:
    """A change of the flag reaches the SDK behind the relay."""
    process.instruct(flag, {"kind": "turnFlagOn"})
    wait_until(lambda: client.variation(flag, ADA, False) is True, "the SDK has the change")


def test_sdks_behind_a_relay_with_sdk_keys_get_every_change(process: Process, tmp_path: Path) -> None:
    process.call("POST", "/flags/default", {"key": "by-key", "name": "By key"})
    environment = process.environment()
    keys = {
        "LD_ENV_test": environment["apiKey"],
        "LD_MOBILE_KEY_test": environment["mobileKey"],
        "LD_CLIENT_SIDE_ID_test": environment["_id"],
    }
    with (
        relaying(process, tmp_path, **keys) as url,
        closing(connect(url, environment["apiKey"])) as client,
    ):
        assert client.variation("by-key", ADA, True) is False
        follow(process, client, "by-key")
        assert calls.get(f"{url}/sdk/goals/{environment['_id']}").json() == []


def test_a_relay_configures_itself_and_follows_a_new_key(process: Process, tmp_path: Path) -> None:
    process.call("POST", "/flags/default", {"key": "by-policy", "name": "By policy"})
    policy = [{"effect": "allow", "resources": ["proj/default:env/test"], "actions": ["*"]}]
    made = process.call("POST", "/account/relay-auto-configs", {"name": "Edge", "policy": policy})
    with relaying(process, tmp_path, AUTO_CONFIG_KEY=made["fullKey"]) as url:
        old = process.environment()["apiKey"]
        with closing(connect(url, old)) as client:
            follow(process, client, "by-policy")
            expiry = int(time.time() * 1000) + 3_600_000
            path = f"/projects/default/environments/test/apiKey?expiry={expiry}"
            new = process.call("POST", path)["apiKey"]
            wait_until(lambda: knows(url, new), "the relay knows the new key")
            process.instruct("by-policy", {"kind": "turnFlagOff"})
            wait_until(lambda: client.variation("by-policy", ADA, True) is False, "the old key still works")
        with closing(connect(url, new)) as client:
            follow(process, client, "by-policy")
        shown = calls.get(f"{url}/status").json()["environments"]
        assert [found["envKey"] for found in shown.values()] == ["test"]


def test_a_relay_that_configures_itself_serves_payload_filters_as_they_come_and_go(
    process: Process, tmp_path: Path
) -> None:
    process.call("POST", "/flags/default", {"key": "in-filter", "name": "In"})
    process.call("POST", "/flags/default", {"key": "not-in-filter", "name": "Not in"})
    policy = [{"effect": "allow", "resources": ["proj/default:env/test"], "actions": ["*"]}]
    made = process.call("POST", "/account/relay-auto-configs", {"name": "Edge", "policy": policy})
    filters, sdk_key = "/flagstaff/projects/default/payload-filters", process.environment()["apiKey"]
    process.call("PUT", f"{filters}/first", {"name": "First", "flagKeys": ["in-filter"]})
    with relaying(process, tmp_path, AUTO_CONFIG_KEY=made["fullKey"]) as url:
        wait_until(lambda: knows(url, sdk_key, "first"), "the relay has the filter that was there")
        process.call("PUT", f"{filters}/second", {"name": "Second", "flagKeys": ["in-filter"]})
        wait_until(lambda: knows(url, sdk_key, "second"), "the relay has the new filter")
        with closing(connect(url, sdk_key, "second")) as client:
            assert list(client.all_flags_state(ADA).to_values_map()) == ["in-filter"]
            follow(process, client, "in-filter")
        for turn in range(2):
            process.call("DELETE", f"{filters}/first")
            wait_until(lambda: not knows(url, sdk_key, "first"), f"the relay gave the filter up, {turn}")
            process.call("PUT", f"{filters}/first", {"name": "First", "flagKeys": ["in-filter"]})
            wait_until(lambda: knows(url, sdk_key, "first"), f"the relay has the filter again, {turn}")


def knows(url: str, sdk_key: str, filter_key: str = "") -> bool:
    query = {"filter": filter_key} if filter_key else {}
    answer = calls.get(f"{url}/sdk/flags", headers={"Authorization": sdk_key}, params=query)
    return answer.status_code == 200
