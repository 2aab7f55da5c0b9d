"""What clients of every kind get when they ask for a stream: raw bytes in, raw bytes out."""

import gc
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from flagstaff.delivery.keyring import MOST_ASKED
from flagstaff.delivery.stream_protocol import SdkProtocol
from flagstaff.storage.credentials import MOBILE
from flagstaff.storage.readers import READERS
from tests.delivery.certificates import make_certificate
from tests.delivery.serving import IDS, Environment, SdkServer, a_flag, serving
from tests.delivery.wire import Event, Wire

EMPTY_PUT = Event("put", {"path": "/", "data": {"flags": {}, "segments": {}}})


def assert_stream_works(wire: Wire, environment: Environment) -> None:
    """The put is there, and a change follows it."""
    assert wire.read_head() == 200
    assert wire.read_event().name == "put"
    environment.publish_flag("probe")
    event = wire.read_change()
    assert (event.name, event.data["path"]) == ("patch", "/flags/probe")


@contextmanager
def busy_readers(server: SdkServer) -> Iterator[threading.Event]:
    """Let every look-up in the database wait until the event is set."""
    go, begun = threading.Event(), threading.Semaphore(0)

    def unit(_: object) -> None:
        begun.release()
        go.wait(10)

    async def occupy() -> None:
        server.occupied = [server.loop.create_task(server.database.read(unit)) for _ in range(READERS)]

    server.run(occupy())
    for _ in range(READERS):
        assert begun.acquire(timeout=10)
    yield go
    go.set()


def test_a_stream_begins_with_a_put_of_flags_and_segments(environment: Environment) -> None:
    with environment.stream() as wire:
        assert wire.status == 200
        assert wire.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert wire.headers["cache-control"] == "no-cache, no-store, must-revalidate"
        assert wire.headers["transfer-encoding"] == "chunked"
        assert wire.headers["x-accel-buffering"] == "no"
        assert wire.headers["x-ld-envid"] == environment.id
        assert wire.headers["connection"] == "close"
        assert "date" in wire.headers
        assert wire.read_event() == EMPTY_PUT


def test_a_change_of_one_object_is_a_patch_or_delete(environment: Environment) -> None:
    with environment.stream() as wire:
        wire.read_event()
        environment.publish_flag("a", on=True)
        environment.publish_segment("s")
        environment.remove("flags", "a")
        flag = {**a_flag("a", on=True), "version": 1}
        assert wire.read_event() == Event("patch", {"path": "/flags/a", "data": flag})
        assert wire.read_event().data["path"] == "/segments/s"
        assert wire.read_event() == Event("delete", {"path": "/flags/a", "version": 3})


@pytest.mark.parametrize(
    "authorization",
    ["{key}", "api_key {key}", "  {key}  "],
)
def test_a_key_opens_a_stream(environment: Environment, authorization: str) -> None:
    with environment.stream(Authorization=authorization.format(key=environment.key)) as wire:
        assert wire.read_event() == EMPTY_PUT


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer {key}"},
        {"Authorization": "api_key api_key {key}"},
        {"Authorization": "{key}x"},
        {"Authorization": "{mobile}"},
        {"Authorization": "sdk-\xe9\xff"},
        {"Authorization": "sdk-00000000-0000-0000-0000-000000000000"},
    ],
)
def test_anything_else_is_refused_and_the_connection_closed(
    environment: Environment, headers: dict[str, str]
) -> None:
    mobile = IDS.secret("mob")
    environment.reset_key(mobile, kind=MOBILE)
    sent = {name: value.format(key=environment.key, mobile=mobile) for name, value in headers.items()}
    with environment.server.connect() as wire, capture_logs() as logs:
        wire.request("GET", "/all", sent)
        assert wire.read_response() == 401
        assert wire.headers["content-type"] == "application/json"
        assert "date" in wire.headers
        wire.read_end()
    error = json.loads(wire.body)
    assert error["code"] == "unauthorized"
    assert [(log["request_id"], log["status"]) for log in logs if log["event"] == "stream_refused"] == [
        (error["id"], 401)
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/all?filter=", 200),
        ("/all?other=filter", 200),
        ("/all?filter=mine", 404),
        ("/all?x=1&filter=mine", 404),
    ],
)
def test_a_payload_filter_is_unknown(environment: Environment, path: str, status: int) -> None:
    with environment.stream(path) as wire:
        assert wire.status == status


@pytest.mark.parametrize("path", ["/all", "//all", "/all/", "/all?", "/all?x=%20", "http://elsewhere/all"])
def test_a_stream_path_may_be_written_in_several_ways(environment: Environment, path: str) -> None:
    with environment.stream(path) as wire:
        assert wire.read_event() == EMPTY_PUT


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("HEAD", "/all", 405),
        ("POST", "/all", 405),
        ("REPORT", "/all", 405),
        ("GET", "/allx", 404),
        ("GET", "/sdk/all", 404),
        ("GET", "/", 404),
    ],
)
def test_what_is_not_a_stream_request_goes_to_the_application(
    environment: Environment, method: str, path: str, status: int
) -> None:
    with environment.server.connect() as wire:
        wire.request(method, path, {"Authorization": environment.key})
        assert wire.read_head() == status


@pytest.mark.parametrize("version", ["0.9", "2.0", "1.2", "7"])
@pytest.mark.parametrize("path", ["/all", "/sdk/latest-all"])
def test_another_version_of_http_is_a_bad_request(environment: Environment, path: str, version: str) -> None:
    with environment.server.connect() as wire:
        wire.send(f"GET {path} HTTP/{version}\r\nAuthorization: {environment.key}\r\n\r\n".encode())
        assert wire.read_head() == 400


@pytest.mark.parametrize("connection", ["close", "keep-alive"])
def test_an_http_1_0_client_gets_plain_events_until_the_connection_closes(
    environment: Environment, connection: str
) -> None:
    with environment.server.connect() as wire:
        wire.request(
            "GET", "/all", {"Authorization": environment.key, "Connection": connection}, version="1.0"
        )
        assert_stream_works(wire, environment)
        assert "transfer-encoding" not in wire.headers
        assert wire.headers["connection"] == "close"
        environment.publish_segment("s")
        assert wire.read_event().data["path"] == "/segments/s"
        environment.delete()
        wire.read_end()


SECOND_STREAM = b"GET /all HTTP/1.1\r\nHost: test\r\nAuthorization: %s\r\n\r\n"
POLL = b"GET /sdk/latest-all HTTP/1.1\r\nHost: test\r\nAuthorization: %s\r\n\r\n"


@pytest.mark.parametrize(
    "following",
    [
        SECOND_STREAM,
        POLL,
        POLL * 3,
        b"POST /bulk HTTP/1.1\r\nContent-Length: 5\r\n\r\n[1,2]",
        b"POST /bulk HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1,2]\r\n0\r\n\r\n",
        b"GET /all HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        b"GET /sdk/lat",
        b"\x00\x16\x03 no HTTP at all \r\n\r\n",
        b"\r\n\r\n",
    ],
)
@pytest.mark.parametrize("when", ["same segment", "later"])
def test_bytes_after_the_request_are_ignored(environment: Environment, following: bytes, when: str) -> None:
    key = environment.key.encode()
    following = following.replace(b"%s", key)
    with environment.server.connect() as wire:
        wire.send(SECOND_STREAM % key + (following if when == "same segment" else b""))
        assert wire.read_head() == 200
        if when == "later":
            wire.send(following)
        assert_stream_works(wire, environment)


@pytest.mark.parametrize("following", [POLL, b"\x00 no HTTP"])
def test_bytes_after_the_request_are_ignored_while_the_database_is_asked(
    environment: Environment, following: bytes
) -> None:
    key = environment.key.encode()
    with environment.server.connect() as wire, busy_readers(environment.server) as go:
        wire.send(SECOND_STREAM % key + following.replace(b"%s", key))
        assert environment.server.waits_for(1)
        wire.send(following.replace(b"%s", key))
        go.set()
        assert_stream_works(wire, environment)


@pytest.mark.parametrize(
    "request_text",
    [
        b"GET /all HTTP/1.1\r\nAuthorization: %s\r\nContent-Length: 5\r\n\r\n[1,2]",
        b"GET /all HTTP/1.1\r\nAuthorization: %s\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n\r\n",
        b"GET /all HTTP/1.1\r\nAuthorization: %s\r\nExpect: 100-continue\r\n\r\n",
        b"GET /all HTTP/1.1\r\nAuthorization: %s\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        b"GET /all HTTP/1.1\r\nAuthorization: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        b"GET /all HTTP/1.1\r\nauthorization:%s\r\nConnection: close\r\n\r\n",
    ],
)
@pytest.mark.filterwarnings("default")
def test_what_else_a_request_says_makes_no_difference(environment: Environment, request_text: bytes) -> None:
    with environment.server.connect() as wire:
        wire.send(request_text.replace(b"%s", environment.key.encode()))
        assert_stream_works(wire, environment)


def test_a_request_may_come_byte_by_byte(environment: Environment) -> None:
    with environment.server.connect() as wire:
        wire.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in SECOND_STREAM % environment.key.encode():
            wire.send(bytes([byte]))
        assert_stream_works(wire, environment)


def test_a_stream_may_follow_other_requests_on_its_connection(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path, heartbeat=0.1, keep_alive=0.2) as server:
        environment = server.environment()
        with server.connect() as wire:
            wire.request("GET", "/sdk/latest-all", {"Authorization": environment.key})
            assert wire.read_response() == 200
            wire.reset()
            wire.request("GET", "/all", {"Authorization": environment.key})
            assert_stream_works(wire, environment)
            beats = [wire.read_event() for _ in range(5)]  # longer than a connection may be idle
            assert {beat.name for beat in beats} == {""}


def test_a_stream_behind_an_unanswered_request_is_told_to_come_back(environment: Environment) -> None:
    key = environment.key.encode()
    with environment.server.connect() as wire:
        wire.send(POLL % key + SECOND_STREAM % key)
        answers = b""
        while answers.count(b"HTTP/1.1") < 2:
            answers += wire.socket.recv(65536)
        first, second = answers.split(b"HTTP/1.1 ")[1:]
        assert first.startswith(b"200")
        assert second.startswith(b"503")
        assert b"retry-after: 1" in second


def test_a_client_that_closes_its_side_gets_everything_and_a_proper_end(environment: Environment) -> None:
    environment.publish_flag("large", variations=["x" * 5_000_000])
    with environment.stream() as wire:
        wire.socket.shutdown(socket.SHUT_WR)
        assert len(wire.read_event().data["data"]["flags"]["large"]["variations"][0]) == 5_000_000
        wire.read_end()
        assert wire.complete


def test_a_client_that_closes_its_side_later_is_gone(environment: Environment) -> None:
    with environment.stream() as wire:
        wire.read_event()
        wire.socket.shutdown(socket.SHUT_WR)
        wire.read_end()
        assert wire.complete


def test_a_client_that_closes_its_side_while_the_database_is_asked_gets_everything(
    environment: Environment,
) -> None:
    with environment.server.connect() as wire, busy_readers(environment.server) as go:
        wire.request("GET", "/all", {"Authorization": environment.key})
        wire.socket.shutdown(socket.SHUT_WR)
        assert environment.server.waits_for(1)
        go.set()
        assert wire.read_head() == 200
        assert wire.read_event() == EMPTY_PUT
        wire.read_end()


def test_a_client_that_goes_away_while_the_database_is_asked_leaves_nothing(
    template: Path, tmp_path: Path
) -> None:
    with serving(template, tmp_path) as server:
        environment = server.environment()
        with capture_logs() as logs, server.connect() as wire, busy_readers(server) as go:
            wire.request("GET", "/all", {"Authorization": environment.key})
            assert server.waits_for(1)
            wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            wire.socket.close()  # with a reset
            go.set()
        assert server.waits_for(0)
        assert not logs
        with environment.stream() as wire:
            assert_stream_works(wire, environment)
        assert server.reaches("flagstaff_streams_open", 0)


def test_a_connection_that_the_server_closes_while_the_database_is_asked_leaves_nothing(
    template: Path, tmp_path: Path
) -> None:
    with serving(template, tmp_path) as server:
        environment = server.environment()
        with capture_logs() as logs, server.connect() as wire, busy_readers(server) as go:
            wire.request("GET", "/all", {"Authorization": environment.key})
            assert server.waits_for(1)
            server.call(server.abort_connections)
            wire.read_end()
            go.set()
        assert server.waits_for(0)
        assert not logs


def test_uvicorn_keeps_nothing_of_a_stream(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server:
        environment = server.environment()
        with environment.stream(), environment.stream():
            assert server.counted("flagstaff_streams_open") == 2
            assert server.connections() == 0
            assert not [thing for thing in gc.get_objects() if isinstance(thing, SdkProtocol)]
        assert server.reaches("flagstaff_streams_open", 0)


def test_many_clients_with_one_new_key_are_one_look_up(environment: Environment) -> None:
    with ExitStack() as stack:
        wires = [stack.enter_context(environment.server.connect()) for _ in range(MOST_ASKED * 2)]
        with busy_readers(environment.server) as go:
            for wire in wires:
                wire.request("GET", "/all", {"Authorization": environment.key})
            assert environment.server.waits_for(MOST_ASKED * 2)
            go.set()
            assert {wire.read_head() for wire in wires} == {200}


def test_more_unknown_keys_than_may_wait_are_told_to_come_back(environment: Environment) -> None:
    server = environment.server
    with ExitStack() as stack:
        wires = [stack.enter_context(server.connect()) for _ in range(MOST_ASKED)]
        with busy_readers(server) as go:
            for wire in wires:
                wire.request("GET", "/all", {"Authorization": IDS.secret("sdk")})
            assert server.waits_for(MOST_ASKED)
            with server.connect() as one_more:
                one_more.request("GET", "/all", {"Authorization": IDS.secret("sdk")})
                assert one_more.read_response() == 503
                assert one_more.headers["retry-after"] == "1"
            go.set()
        assert {wire.read_response() for wire in wires} == {401}
    with environment.stream() as wire:
        assert wire.status == 200


def test_a_database_that_cannot_be_read_is_a_temporary_state(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server:
        environment = server.environment()
        server.run(server.database.stop())
        with environment.stream() as wire:
            assert wire.status == 503
        assert environment.poll().status_code == 503
        server.database.__post_init__()
        server.call(server.database.start)
        with environment.stream() as wire:
            assert wire.status == 200


def test_a_server_that_stops_opens_no_streams(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server:
        environment = server.environment()
        with environment.stream() as wire:
            server.run(server.delivery.close())
            wire.read_event()
            wire.read_end()
            assert wire.complete
        with environment.stream() as wire:
            assert wire.status == 503


@pytest.mark.parametrize(
    "head",
    [
        b"GET /all HTTP/1.1\r\nAuthorization: ",
        b"GET /sdk/latest-all?",
        b"POST /bulk HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n0\r\nTrailer: ",
    ],
)
def test_headers_that_do_not_end_are_cut_off(environment: Environment, head: bytes) -> None:
    with environment.server.connect() as wire:
        wire.send(head)
        with suppress(ConnectionError):
            for _ in range(200):
                wire.send(b"x" * 100_000)
            pytest.fail("the server took 20 MB of headers")


def test_long_paths_and_bodies_in_many_chunks_are_no_such_headers(environment: Environment) -> None:
    with environment.server.connect() as wire:
        wire.request("GET", "/all?" + "x" * 65_000, {"Authorization": environment.key})
        assert_stream_works(wire, environment)
    with environment.server.connect() as wire:
        wire.request("POST", "/bulk", {"Authorization": environment.key, "Transfer-Encoding": "chunked"})
        wire.send(b"1\r\n[\r\n" + b"400\r\n%s\r\n" % (b" " * 1024) * 5_000 + b"1\r\n]\r\n0\r\n\r\n")
        assert wire.read_response() == 202


def test_streams_work_over_tls(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path, tls=make_certificate(tmp_path)) as server:
        environment = server.environment()
        environment.publish_flag("large", variations=["x" * 3_000_000])
        with environment.stream() as wire:
            assert_stream_works(wire, environment)
            assert server.connections() == 0
            server.run(server.delivery.close())
            wire.read_end()
            assert wire.complete
