"""The requests of a Relay Proxy, byte for byte as it sends them, against a real server."""

import gzip
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.delivery.wire import Wire
from tests.support import calls
from tests.support.process import Process

pytestmark = pytest.mark.contract

RELAYS = "/account/relay-auto-configs"
STREAM = {"Accept": "text/event-stream", "Cache-Control": "no-cache", "User-Agent": "LDRelay/8.10.0"}
SDK = {"User-Agent": "GoClient/7.10.2", "X-LaunchDarkly-Instance-Id": "7d3c1b0e-0000-4000-8000-000000000001"}


@contextmanager
def streaming(process: Process, path: str, **headers: str) -> Iterator[Wire]:
    with Wire(socket.create_connection(("127.0.0.1", process.port), timeout=20)) as wire:
        wire.request("GET", path, {**STREAM, **headers})
        wire.read_head()
        yield wire


@pytest.fixture
def relay(process: Process) -> Any:
    policy = [{"effect": "allow", "resources": ["proj/default:env/*"], "actions": ["*"]}]
    return process.call("POST", RELAYS, {"name": "Edge", "policy": policy})


def test_a_relay_gets_its_environments_and_then_the_flags_of_each(process: Process, relay: Any) -> None:
    path = "/relay_auto_config?rpacProtocolVersion=2"
    with streaming(process, path, Authorization=relay["fullKey"]) as wire:
        assert wire.status == 200
        put = wire.read_change()
        environments = put.data["data"]["environments"]
        assert {found["envKey"] for found in environments.values()} == {"production", "test"}
        for environment in environments.values():
            with streaming(process, "/all", Authorization=environment["sdkKey"]["value"], **SDK) as flags:
                first = flags.read_change()
                assert (first.name, sorted(first.data["data"])) == ("put", ["flags", "segments"])
        process.call(
            "PATCH",
            "/projects/default/environments/test",
            [{"op": "replace", "path": "/defaultTtl", "value": 3}],
        )
        patch = wire.read_change()
        assert (patch.name, patch.data["data"]["defaultTtl"]) == ("patch", 3)
        process.call("DELETE", f"{RELAYS}/{relay['_id']}")
        assert wire.read_change().name == "reconnect"
    with streaming(process, path, Authorization=relay["fullKey"]) as wire:
        assert wire.status == 401


@pytest.mark.parametrize("query", ["", "?rpacProtocolVersion=1", "?rpacProtocolVersion=99"])
def test_every_version_of_its_protocol_is_answered(process: Process, relay: Any, query: str) -> None:
    with streaming(process, f"/relay_auto_config{query}", Authorization=relay["fullKey"]) as wire:
        assert wire.read_change().name == "put"


def test_another_method_is_not_routed(process: Process, relay: Any) -> None:
    headers = {"Authorization": relay["fullKey"]}

    assert calls.post(f"{process.url}/relay_auto_config", headers=headers).status_code == 405


def test_a_relay_fetches_the_goals_of_a_page_for_it(process: Process) -> None:
    environment_id = process.environment()["_id"]

    answer = calls.get(f"{process.url}/sdk/goals/{environment_id}", headers={"User-Agent": "LDRelay/8.10.0"})

    assert (answer.status_code, answer.headers["content-type"], answer.json()) == (
        200,
        "application/json",
        [],
    )


@pytest.mark.parametrize(
    ("path", "credential"),
    [
        ("/bulk", "apiKey"),
        ("/mobile", "mobileKey"),
        ("/events/bulk/{id}", ""),
        ("/diagnostic", "apiKey"),
        ("/mobile/events/diagnostic", "mobileKey"),
        ("/events/diagnostic/{id}", ""),
    ],
)
def test_a_relay_hands_on_packed_events_of_each_kind_of_sdk(
    process: Process, path: str, credential: str
) -> None:
    environment = process.environment()
    is_diagnostic = "diagnostic" in path
    event = {"kind": "diagnostic-init", "creationDate": 1} if is_diagnostic else {"kind": "alias"}
    body = gzip.compress(json.dumps(event if is_diagnostic else [event]).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip", "User-Agent": "LDRelay/8.10.0"}
    if credential:
        headers["Authorization"] = environment[credential]
    if not is_diagnostic:
        headers |= {"X-LaunchDarkly-Event-Schema": "4", "X-LaunchDarkly-Payload-ID": f"relayed {path}"}

    url = f"{process.url}{path.format(id=environment['_id'])}"
    answers = [calls.post(url, headers=headers, content=body) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202]
