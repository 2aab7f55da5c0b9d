"""A server ends within two seconds, however many streams are open and whatever is being written."""

import json
import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.operate.servers import HERE, Caller, Forked
from tests.operate.writers import Reader, Writer, Writers

STREAMS = 50
LIMIT = 2.0  # seconds


def open_unread_stream(port: int, sdk_key: str) -> socket.socket:
    """A stream of whose answer only the first byte is read."""
    connection = socket.create_connection((HERE, port))
    connection.sendall(f"GET /all HTTP/1.1\r\nHost: x\r\nAuthorization: {sdk_key}\r\n\r\n".encode())
    connection.recv(1)
    return connection


def open_half_request(port: int) -> socket.socket:
    """A request whose body never comes."""
    connection = socket.create_connection((HERE, port))
    connection.sendall(b"POST /api/v2/projects HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
    return connection


def test_streams_are_ended_and_what_was_answered_is_kept(tmp_path: Path) -> None:
    server = Forked(tmp_path).start()
    writers = Writers([Writer(f"flag-{i}") for i in range(4)])
    with closing(Caller(server.port)) as caller:
        for writer in writers.writers:
            writer.make(caller)
        key = caller.must("GET", "/api/v2/projects/default/environments/production")["apiKey"]
    readers = [Reader(server.port, key) for _ in range(STREAMS)]
    with closing(open_unread_stream(server.port, key)), closing(open_half_request(server.port)):
        writers.start(server.port)
        writers.wait_for(50)

        took = server.stop()

    writers.join()
    for reader in readers:
        reader.join()
    assert took < LIMIT
    assert all(reader.ended_well for reader in readers)
    assert writers.statuses <= {503}
    server.start()
    with closing(Caller(server.port)) as caller:
        for writer in writers.writers:
            assert writer.known <= writer.read(caller) <= writer.sent
    server.stop()


@pytest.mark.parametrize("again", [False, True])
def test_an_idle_server_ends_at_once_also_when_it_is_told_twice(tmp_path: Path, again: bool) -> None:
    server = Forked(tmp_path).start()
    if again:
        server.process.terminate()

    assert server.stop() < LIMIT
    assert "stopped" in (tmp_path / "log").read_text().splitlines()[-1]


def test_a_request_that_never_comes_to_its_end_is_told_so_and_nothing_is_amiss(tmp_path: Path) -> None:
    server = Forked(tmp_path).start()
    with closing(open_half_request(server.port)) as connection:
        took = server.stop()
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))

    assert took < LIMIT
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 1" in head.lower()
    assert json.loads(body)["code"] == "service_unavailable"
    log = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines() if line.startswith("{")]
    assert [line for line in log if line["level"] in {"warning", "error", "critical"}] == []
    assert [line["status"] for line in log if line.get("request_id") == json.loads(body)["id"]] == [503]
