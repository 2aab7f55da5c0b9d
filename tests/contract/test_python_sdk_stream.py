"""The official Python SDK on a stream: it starts, follows changes, survives a restart, sees its key end."""

import gc
import logging
import queue
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from ldclient import Config, Context, LDClient
from ldclient.interfaces import DataSourceErrorKind, DataSourceState, DataSourceStatus, FlagChange

from tests.delivery.serving import IDS, Environment, SdkServer, a_flag, a_segment, make_template, serving

pytestmark = pytest.mark.contract

PATIENCE = 20  # seconds
SOMEBODY = Context.create("somebody")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SdkServer]:
    template = make_template(tmp_path)
    with serving(template, tmp_path) as running:
        yield running


@pytest.fixture
def environment(server: SdkServer) -> Environment:
    return server.environment()


@contextmanager
def sdk(environment: Environment, start_wait: float = PATIENCE, **settings: Any) -> Iterator[LDClient]:
    """A client as an application makes it, pointed at the server."""
    url = environment.server.url
    config = Config(
        environment.key,
        base_uri=url,
        stream_uri=url,
        events_uri=url,
        initial_reconnect_delay=0.1,
        **{"send_events": False, **settings},
    )
    client = LDClient(config, start_wait=start_wait)
    try:
        yield client
    finally:
        client.close()
        with warnings.catch_warnings():  # the SDK leaves the socket of a refused stream to the collector
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@contextmanager
def changes(client: LDClient) -> Iterator["queue.Queue[str]"]:
    """The keys of flags as the SDK learns that they changed."""
    keys: queue.Queue[str] = queue.Queue()

    def listener(change: FlagChange) -> None:
        keys.put(change.key)

    client.flag_tracker.add_listener(listener)
    yield keys
    client.flag_tracker.remove_listener(listener)


@contextmanager
def statuses(client: LDClient) -> Iterator["queue.Queue[DataSourceStatus]"]:
    """What the SDK says of its connection."""
    seen: queue.Queue[DataSourceStatus] = queue.Queue()
    client.data_source_status_provider.add_listener(seen.put)
    yield seen
    client.data_source_status_provider.remove_listener(seen.put)


def on(key: str, **members: Any) -> dict[str, Any]:
    return a_flag(key, on=True, **members)


def test_it_starts_with_what_is_there(environment: Environment) -> None:
    environment.publish(("flags", "a", on("a")), ("flags", "b", a_flag("b")))
    with sdk(environment) as client:
        assert client.is_initialized()
        assert client.variation("a", SOMEBODY, "default") is True
        assert client.variation("b", SOMEBODY, "default") is False
        assert client.variation("none", SOMEBODY, "default") == "default"


def test_it_starts_in_an_empty_environment(environment: Environment) -> None:
    with sdk(environment) as client:
        assert client.is_initialized()


def test_it_follows_every_kind_of_change_over_the_open_stream(environment: Environment) -> None:
    environment.publish_flag("a")
    with sdk(environment) as client, changes(client) as changed:
        environment.publish_flag("a", on=True)
        assert changed.get(timeout=PATIENCE) == "a"
        assert client.variation("a", SOMEBODY, None) is True
        environment.remove("flags", "a")
        assert changed.get(timeout=PATIENCE) == "a"
        assert client.variation("a", SOMEBODY, "gone") == "gone"
        environment.publish_flag("a", on=True)
        assert changed.get(timeout=PATIENCE) == "a"
        assert client.variation("a", SOMEBODY, "gone") is True


def test_it_sees_a_flag_and_its_segment_together(environment: Environment) -> None:
    clause = {"attribute": "", "op": "segmentMatch", "values": ["members"], "negate": False}
    rule = {"id": "r", "variation": 0, "trackEvents": False, "clauses": [clause]}
    with sdk(environment) as client, changes(client) as changed:
        environment.publish(
            ("flags", "a", on("a", rules=[rule], fallthrough={"variation": 1})),
            ("segments", "members", a_segment("members", included=["somebody"])),
        )
        assert changed.get(timeout=PATIENCE) == "a"
        assert client.variation("a", SOMEBODY, None) is True
        environment.publish_segment("members")
        assert changed.get(timeout=PATIENCE) == "a"
        assert client.variation("a", SOMEBODY, None) is False


@pytest.mark.parametrize("value", ["\u2028 \u2029 \x85 \r\n \n\n", "é 漢 🚩", '"\\', "x" * 3_000_000])
def test_any_text_arrives_as_it_is(environment: Environment, value: str) -> None:
    environment.publish_flag("first", on=True, variations=[value, 0])
    with sdk(environment) as client, changes(client) as changed:
        assert client.variation("first", SOMEBODY, None) == value
        environment.publish_flag("second", on=True, variations=[value, 0])
        assert changed.get(timeout=PATIENCE) == "second"
        assert client.variation("second", SOMEBODY, None) == value


def test_it_survives_a_restart_and_learns_what_changed_meanwhile(environment: Environment) -> None:
    server = environment.server
    environment.publish_flag("a")
    with sdk(environment) as client, changes(client) as changed:
        assert client.variation("a", SOMEBODY, None) is False
        server.stop()
        assert client.variation("a", SOMEBODY, None) is False
        server.start()
        environment.publish_flag("a", on=True)
        assert changed.get(timeout=PATIENCE) == "a"
        assert client.variation("a", SOMEBODY, None) is True


def test_it_is_told_when_its_key_was_reset(environment: Environment) -> None:
    with sdk(environment) as client, statuses(client) as seen:
        environment.reset_key(new := IDS.secret("sdk"))
        while (status := seen.get(timeout=PATIENCE)).error is None or status.error.status_code != 401:
            pass
        assert status.error.kind == DataSourceErrorKind.ERROR_RESPONSE
    environment.key = new
    with sdk(environment) as client:
        assert client.is_initialized()


def test_a_key_with_a_grace_period_serves_until_it_expires(environment: Environment) -> None:
    with sdk(environment) as client, changes(client) as changed, statuses(client) as seen:
        environment.reset_key(IDS.secret("sdk"), expires=environment.server.clock() + 1_000)
        environment.publish_flag("a", on=True)
        assert changed.get(timeout=PATIENCE) == "a"
        assert client.data_source_status_provider.status.state == DataSourceState.VALID
        while (status := seen.get(timeout=PATIENCE)).error is None or status.error.status_code != 401:
            pass


def test_an_unknown_key_does_not_start(environment: Environment) -> None:
    environment.key = IDS.secret("sdk")
    with sdk(environment, start_wait=0.5) as client:
        assert not client.is_initialized()


@pytest.mark.parametrize("packed", [False, True])
def test_its_events_and_diagnostics_are_taken(
    environment: Environment, caplog: pytest.LogCaptureFixture, packed: bool
) -> None:
    environment.publish_flag("a", on=True, trackEvents=True)
    with (
        caplog.at_level(logging.WARNING),
        sdk(environment, send_events=True, enable_event_compression=packed) as client,
    ):
        client.variation("a", SOMEBODY, None)
        client.track("bought", SOMEBODY, metric_value=1.5)
        client.flush()
    # Its connection pool also warns, of a second connection at a time that it does not keep.
    assert [record for record in caplog.records if record.name.startswith("ldclient")] == []


def test_it_polls(environment: Environment) -> None:
    environment.publish_flag("a", on=True)
    with sdk(environment, stream=False) as client:
        assert client.is_initialized()
        assert client.variation("a", SOMEBODY, None) is True
