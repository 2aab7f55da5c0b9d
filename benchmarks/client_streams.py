"""Idle streams of browsers, each with a context of its own: resident memory of each.

Run it as `python benchmarks/client_streams.py [STREAMS]`: 3,000 unless told otherwise.
"""

import base64
import itertools
import json
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from inputs.flags import CONTEXT
from inputs.servers import ours, read_resident
from polls import publish
from streams import Clients

STREAMS, WARM = 3_000, 200
SETTLED = 3.0  # seconds until what opening them took is given back


class ClientStreams(Clients):
    """Each opened for another user."""

    def __init__(self, server: Any, environment_id: str) -> None:
        super().__init__(server)
        self._environment_id = environment_id
        self._users = itertools.count()

    def _connect(self) -> int:
        context = json.dumps({**CONTEXT, "key": f"user-{next(self._users)}"}).encode()
        path = f"/eval/{self._environment_id}/{base64.urlsafe_b64encode(context).decode()}"
        connection = socket.create_connection(("127.0.0.1", self._server.port))
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: benchmark\r\n\r\n".encode())
        connection.setblocking(False)
        self.sockets[connection.fileno()] = connection
        self._epoll.register(connection.fileno(), 1)
        return connection.fileno()


def measure(server: Any, clients: ClientStreams, count: int) -> float:
    """Kilobytes that each of so many more streams takes."""
    clients.open(WARM)
    time.sleep(SETTLED)
    before = read_resident(server.process.pid)
    for _ in range(count // 100):
        clients.open(100)
    time.sleep(SETTLED)
    return (read_resident(server.process.pid) - before) / (count // 100 * 100) / 1000


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else STREAMS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = publish(folder)
        with ours(folder) as server:
            clients = ClientStreams(server, environment["_id"])
            kilobytes = measure(server, clients, count)
            print(f"{f'{count:,} idle streams of browsers, each':44} {kilobytes:6.1f} KB (target 6)")
            clients.close()


if __name__ == "__main__":
    main()
