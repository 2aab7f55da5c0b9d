"""Big segments for relays, asked for as a relay does: poll to the end, stream, poll once more."""

import json
from typing import Any

import httpx
import pytest

from flagstaff.features.segments.model import KeyChange
from flagstaff.features.segments.revisions import encode_hash, log_changes
from tests.delivery.serving import Environment
from tests.delivery.wire import Event, Wire

REVISIONS, STREAM = "/sdk/big-segments/revisions", "/big-segments"


def log(environment: Environment, *keys: str) -> None:
    """Log that keys were added, and publish the segment, as a unit of the API does."""
    changes = [KeyChange(added=keys)]
    environment.server.write(lambda tx: log_changes(tx, environment.id, "crowd.g1", changes))
    environment.publish_segment("crowd")


def poll(environment: Environment, after: str | None = None, **headers: str) -> httpx.Response:
    path = REVISIONS + (f"?after={after}" if after is not None else "")
    return environment.server.get(path, **{"Authorization": environment.key, **headers})


def next_event(wire: Wire) -> Event:
    """The next event that is no heartbeat."""
    while (event := wire.read_event()).data is None:
        pass
    return event


def poll_to_end(environment: Environment, after: str | None = None) -> list[Any]:
    found: list[Any] = []
    while patches := poll(environment, after).json():
        found += patches
        after = patches[-1]["version"]
    return found


def test_a_poll_gives_hashes_until_there_is_nothing_more(environment: Environment) -> None:
    log(environment, "userKeyA")
    log(environment, "b", "c")

    first, second = poll_to_end(environment)

    assert first == {
        "environmentId": environment.id,
        "segmentId": "crowd.g1",
        "version": second["previousVersion"],
        "previousVersion": "",
        "changes": {
            "included": {"add": ["IqMW8ElpeM5ZYSHC/it9dNBkQp9c0s2WOuXdMrpYYbk="], "remove": []},
            "excluded": {"add": [], "remove": []},
        },
    }
    assert poll(environment, second["version"]).json() == []
    assert poll(environment, "unknown").json()[0]["previousVersion"] == "unknown"


def test_without_big_segments_there_is_nothing(environment: Environment) -> None:
    assert poll(environment).json() == []


@pytest.mark.parametrize("path", [REVISIONS, STREAM])
def test_another_key_is_refused(environment: Environment, path: str) -> None:
    for key in ("sdk-none", environment.mobile_key):
        assert environment.server.get(path, Authorization=key).status_code == 401


def test_a_stream_tells_what_comes_and_joins_the_poll(environment: Environment) -> None:
    log(environment, "a")
    held = poll_to_end(environment)[-1]["version"]

    with environment.stream(STREAM) as wire:
        wire.read_head()
        log(environment, "b")
        event = next_event(wire)

    (patch,) = event.data
    assert patch["previousVersion"] == held
    assert patch["changes"]["included"]["add"] == [encode_hash("b")]
    assert poll_to_end(environment, held) == [patch]


def test_a_stream_ends_with_its_key(environment: Environment) -> None:
    with environment.stream(STREAM) as wire:
        wire.read_head()
        environment.reset_key("sdk-new")
        log(environment, "a")
        with pytest.raises(EOFError):
            next_event(wire)


def test_the_events_are_json(environment: Environment) -> None:
    with environment.stream(STREAM) as wire:
        wire.read_head()
        log(environment, 'a "b"')
        assert json.dumps(next_event(wire).data)
