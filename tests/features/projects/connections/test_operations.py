"""Connections over REST."""

from pathlib import Path

import pytest

from tests.delivery.planes import Transport
from tests.support.server import MovableClock, TestServer

PATH = "/api/v2/flagstaff/environments/default/production/connections"
SDK = {"User-Agent": "PythonClient/9.18.2", "X-LaunchDarkly-Instance-Id": "i-1"}


def open_stream(server: TestServer) -> Transport:
    async def connect() -> Transport:
        delivery, transport = server.wired.delivery, Transport()
        credential, snapshot = await delivery.admission.get(server_key, "")
        delivery.streams.open(transport, credential, snapshot, [], chunked=True)
        delivery.streams.note_sdk(transport.protocol, "NodeJSClient/9.13.7", "application-id/shop")
        return transport

    server_key = server.sdk_key()
    return server.run(connect())


def test_nobody_is_connected_at_first(server: TestServer) -> None:
    shown = server.get(PATH).json

    assert shown["streams"] == shown["polling"] == {"connections": 0, "upToDate": 0, "share": 1.0, "sdks": []}
    assert (shown["changes"], shown["processes"]) == ([], 1)


def test_a_stream_is_shown_with_its_sdk_and_how_fast_it_was_told(server: TestServer) -> None:
    open_stream(server)
    server.post("/api/v2/flags/default", {"key": "f", "name": "F"})

    shown = server.get(PATH).json

    (sdk,) = shown["streams"]["sdks"]
    assert (sdk["sdk"], sdk["sdkVersion"], sdk["kind"], sdk["application"]) == (
        "NodeJSClient",
        "9.13.7",
        "server",
        "shop",
    )
    assert shown["streams"]["share"] == 1.0
    assert sdk["lastWritten"] == server.clock.now
    assert sdk["lag"] == {"p50": 0, "p95": 0, "p99": 0, "max": 0}
    (change,) = shown["changes"]
    assert (change["dataVersion"], change["deliveries"]) == (shown["dataVersion"], 1)
    assert change["lag"] == {"p50": 0, "p95": 0, "p99": 0, "max": 0}


def test_a_stream_was_written_to_when_it_was_opened(server: TestServer) -> None:
    open_stream(server)
    opened = server.clock.now
    server.clock.advance(seconds=60)

    (sdk,) = server.get(PATH).json["streams"]["sdks"]
    assert sdk["lastWritten"] == opened


def test_polling_clients_are_counted_apart_until_they_have_been_silent(server: TestServer) -> None:
    for instance in ("i-1", "i-2", "i-2"):
        headers = {**SDK, "X-LaunchDarkly-Instance-Id": instance}
        assert server.get("/sdk/latest-all", as_=server.sdk_key(), headers=headers).status == 200

    shown = server.get(PATH).json

    assert shown["streams"]["connections"] == 0
    (sdk,) = shown["polling"]["sdks"]
    assert (sdk["sdk"], sdk["sdkVersion"], sdk["connections"]) == ("PythonClient", "9.18.2", 2)
    server.clock.advance(seconds=15 * 60 + 1)
    assert server.get(PATH).json["polling"]["connections"] == 0


def test_who_has_not_polled_since_a_change_is_behind(server: TestServer) -> None:
    server.get("/sdk/latest-all", as_=server.sdk_key(), headers=SDK)
    server.post("/api/v2/flags/default", {"key": "f", "name": "F"})

    assert server.get(PATH).json["polling"]["share"] == 0.0
    server.get("/sdk/latest-all", as_=server.sdk_key(), headers=SDK)
    assert server.get(PATH).json["polling"]["share"] == 1.0


def counted(server: TestServer, path: str = PATH, hours: int = 12) -> list[tuple[int, ...]]:
    """Of each step that was counted: its number from the end, and the counts."""
    shown = server.get(f"{path}/history?hours={hours}").json
    last = shown["begin"] + (shown["points"] - 1) * shown["step"]
    kinds = ("streams", "mostStreams", "polling", "mostPolling")
    return [((one["at"] - last) // shown["step"], *(one[kind] for kind in kinds)) for one in shown["counts"]]


def count_a_minute_later(server: TestServer) -> None:
    server.clock.advance(seconds=60)
    server.run(server.wired.count_connections())


def test_counts_are_shown_minute_by_minute_with_streams_and_polling_apart(server: TestServer) -> None:
    open_stream(server)
    count_a_minute_later(server)
    server.get("/sdk/latest-all", as_=server.sdk_key(), headers=SDK)
    count_a_minute_later(server)
    open_stream(server)

    assert counted(server) == [(-1, 1, 1, 0, 0), (0, 1, 2, 1, 1)]  # now there are two
    assert server.get(f"{PATH}/history").json["_links"]["parent"]["href"] == PATH
    assert counted(server, PATH.replace("production", "test")) == [(0, 0, 0, 0, 0)]


def test_longer_spans_are_shown_in_longer_steps_with_the_fewest_and_the_most(server: TestServer) -> None:
    now = server.clock.now
    server.clock.advance(seconds=3_600 - now // 1_000 % 3_600)
    server.run(server.wired.count_connections())
    open_stream(server)
    count_a_minute_later(server)
    server.clock.advance(seconds=13 * 3_600)
    server.run(server.wired.intake.prune())

    assert counted(server, hours=12) == [(0, 1, 1, 0, 0)]
    assert counted(server, hours=24) == [(-156, 1, 1, 0, 0), (0, 1, 1, 0, 0)]
    server.clock.advance(seconds=12 * 3_600)
    server.run(server.wired.intake.prune())
    assert counted(server, hours=168) == [(-25, 1, 1, 0, 0), (0, 1, 1, 0, 0)]
    server.clock.advance(seconds=8 * 86_400)
    server.run(server.wired.intake.prune())
    assert counted(server, hours=168) == [(0, 1, 1, 0, 0)]


def test_counts_outlive_a_restart(template: Path, tmp_path: Path) -> None:
    first = TestServer(template, tmp_path).start()
    open_stream(first)
    count_a_minute_later(first)
    first.stop()

    second = TestServer(template, tmp_path, first_id=2_000_000).start()
    second.clock.advance(seconds=120)

    assert counted(second) == [(-1, 1, 1, 0, 0), (0, 0, 0, 0, 0)]
    second.stop()


def test_a_restart_is_no_dip(template: Path, tmp_path: Path) -> None:
    first = TestServer(template, tmp_path).start()
    open_stream(first)
    first.get("/sdk/latest-all", as_=first.sdk_key(), headers=SDK)
    count_a_minute_later(first)
    count_a_minute_later(first)
    ended = first.clock.now
    first.stop()

    second = TestServer(template, tmp_path, clock=MovableClock(ended), first_id=2_000_000).start()
    second.run(second.wired.count_connections())
    assert counted(second) == [(-1, 1, 1, 1, 1), (0, 1, 1, 1, 1)]
    open_stream(second)
    count_a_minute_later(second)

    assert counted(second) == [(-2, 1, 1, 1, 1), (-1, 1, 1, 1, 1), (0, 1, 1, 1, 1)]
    second.stop()


def test_who_counts_in_its_first_minute_does_not_take_that_for_counts_before_a_restart(
    server: TestServer,
) -> None:
    for streams in (1, 2):
        open_stream(server)
        server.run(server.wired.count_connections())
        assert counted(server) == [(0, 1, streams, 0, 0)]


@pytest.mark.parametrize("hours", ["0", "169"])
def test_counts_go_seven_days_back(server: TestServer, hours: str) -> None:
    refused = server.get(f"{PATH}/history?hours={hours}")

    assert (refused.status, refused.json["message"]) == (
        400,
        "query: hours must be from 1 to 168 - at `hours`",
    )


def test_metrics_show_the_same(server: TestServer) -> None:
    open_stream(server)
    server.get("/sdk/latest-all", as_=server.sdk_key(), headers=SDK)
    server.post("/api/v2/flags/default", {"key": "f", "name": "F"})

    text = server.get("/metrics").body.decode()

    assert 'connection="stream"' in text
    assert 'sdk="NodeJSClient",sdk_version="9.13.7"} 1.0' in text
    assert 'connection="poll"' in text
    assert "flagstaff_connections_share_newest{" in text
    assert 'quantile="0.99"} 0.0' in text
