"""Streams against an ASGI application on uvicorn: memory of idle ones, broadcasts, readers that do not read.

Run it as `python benchmarks/streams.py [STREAMS]`: 10,000, or as many as the limit of open files allows.
"""

import json
import resource
import select
import socket
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

MOST_STREAMS = 10_000
BROADCASTS = 7
PATCH = 2_000
STALLED, LARGE = 150, 4_000_000
REQUEST = b"GET /all HTTP/1.1\r\nHost: benchmark\r\nAuthorization: sdk-benchmark\r\n\r\n"
END = b"\n\n\r\n"  # of an event that fills a chunk


class Server:
    """One of the two servers, in a process of its own."""

    def __init__(self, kind: str) -> None:
        program = Path(__file__).with_name("stream_servers.py")
        self.process = subprocess.Popen(
            [sys.executable, str(program), kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = self._answer()["port"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait(10)

    def _answer(self) -> dict[str, Any]:
        return json.loads(self.process.stdout.readline())

    def send(self, command: str) -> None:
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def ask(self, command: str) -> dict[str, Any]:
        self.send(command)
        return self._answer()

    def receive(self) -> dict[str, Any]:
        return self._answer()


class Clients:
    """Many streams of one server, read by one thread."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._epoll = select.epoll()
        self.sockets: dict[int, socket.socket] = {}

    def open(self, count: int) -> None:
        """Open that many more, and read what each begins with."""
        fresh = [self._connect() for _ in range(count)]
        self.read_event(set(fresh))

    def _connect(self) -> int:
        connection = socket.create_connection(("127.0.0.1", self._server.port))
        connection.sendall(REQUEST)
        connection.setblocking(False)
        self.sockets[connection.fileno()] = connection
        self._epoll.register(connection.fileno(), select.EPOLLIN)
        return connection.fileno()

    def read_event(self, pending: set[int] | None = None) -> None:
        """Return when each stream has been given one event whole."""
        pending = set(self.sockets) if pending is None else pending
        while pending:
            ready = self._epoll.poll(30)
            if not ready:
                raise TimeoutError(f"{len(pending)} streams were not served")
            for number, _ in ready:
                data = self.sockets[number].recv(1 << 16)
                if not data:
                    raise ConnectionError("a stream was closed")
                if data.endswith(END):
                    pending.discard(number)

    def read_times(self) -> list[float]:
        """The moment at which each stream has been given one event whole."""
        times: list[float] = []
        pending = set(self.sockets)
        while pending:
            for number, _ in self._epoll.poll(30):
                if self.sockets[number].recv(1 << 16).endswith(END):
                    pending.discard(number)
                    times.append(time.monotonic())
        return times

    def close(self) -> None:
        for connection in self.sockets.values():
            connection.close()
        self._epoll.close()


def measure_idle(server: Server, clients: Clients, count: int) -> float:
    """Resident bytes of each stream. Some were opened before, so that what is shared is there."""
    before = server.ask("rss")["rss"]
    clients.open(count)
    return (server.ask("rss")["rss"] - before) / count


def measure_broadcast(server: Server, clients: Clients) -> tuple[float, float]:
    """CPU seconds of the server, and seconds until the last stream has the event."""
    cpu = server.ask("cpu")["cpu"]
    began = time.monotonic()
    server.send(f"broadcast {PATCH}")
    clients.read_event()
    last = time.monotonic() - began
    server.receive()
    return server.ask("cpu")["cpu"] - cpu, last


def measure_stalled(kind: str) -> float:
    """Resident bytes of each stream whose client asks for a large `put` and does not read it."""
    with Server(kind) as server, ExitStack() as stack:
        server.ask(f"fill {LARGE}")
        reading = Clients(server)
        stack.callback(reading.close)
        reading.open(2)
        before = server.ask("rss")["rss"]
        for _ in range(STALLED):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", server.port))
            connection.sendall(REQUEST)
        reading.open(1)  # answered after all of them
        return (server.ask("rss")["rss"] - before) / STALLED


def print_row(name: str, ours: float, rival: float, unit: str, target: str) -> None:
    print(f"{name:48} {ours:10.3f} {rival:10.3f} {unit:4} {ours / rival:8.2f}x   {target}")


def compare(count: int) -> None:
    """Both servers in turns, so that a change of the machine's speed meets both."""
    with Server("ours") as ours, Server("asgi") as asgi, ExitStack() as stack:
        pairs = [(server, Clients(server)) for server in (ours, asgi)]
        for _, clients in pairs:
            stack.callback(clients.close)
            clients.open(100)
        idle = [measure_idle(server, clients, count - 100) / 1000 for server, clients in pairs]
        print_row(f"idle stream, resident ({count} streams)", *idle, "KB", "<= 2.5 KB")
        rounds = [[measure_broadcast(*pair) for pair in pairs] for _ in range(BROADCASTS)]
    for index, name, target in ((0, "CPU of the server", "<= 0.85x"), (1, "last one has it", "<= 1x")):
        medians = [statistics.median(one[side][index] for one in rounds) * 1000 for side in (0, 1)]
        print_row(f"{PATCH} byte patch to {count} streams, {name}", *medians, "ms", target)


def main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else MOST_STREAMS
    count = min(wanted, (hard - 200) // 2)  # this process holds the client side of both servers' streams
    print(f"{'':48} {'ours':>10} {'ASGI':>10}      {'ratio':>8}    target")
    compare(count)
    stalled = [measure_stalled(kind) / 1e6 for kind in ("ours", "asgi")]
    print_row(f"stalled reader of a {LARGE // 1_000_000} MB put, resident", *stalled, "MB", "<= 0.05 MB")


if __name__ == "__main__":
    main()
