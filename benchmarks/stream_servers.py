"""The two servers of the streams benchmark, each a process of its own that obeys lines of standard input.

`ours` is Flagstaff's delivery on a scratch database; `asgi` writes the same bytes to an ASGI application's
streams, one `send` after the other, as a well-written application on uvicorn would.
"""

import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
import uvloop
from inputs.servers import read_resident

from flagstaff.delivery.delivery import Delivery
from flagstaff.kernel.ids import Ids
from flagstaff.storage.credentials import SDK, replace_credential
from flagstaff.storage.database import Database
from flagstaff.storage.schema import upgrade_schema
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import EnvironmentChange, Item

ENVIRONMENT, KEY = "e" * 24, "sdk-benchmark"
SECRET = SecretKey(bytes(32))
NEVER = 1e9
YIELD_AFTER = 250

Scope, Receive, Send = Any, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]


class Ours:
    """Flagstaff."""

    def __init__(self, folder: Path) -> None:
        path = folder / "flagstaff.db"
        upgrade_schema(path)
        self.database = Database(path, lambda: time.time_ns() // 1_000_000, Ids(os.urandom), bytes(32))
        self.delivery = Delivery(self.database, self.database.clock, SECRET, heartbeat=NEVER)
        self.database.advance, self.database.announce = self.delivery.advance, self.delivery.announce
        self.settings: dict[str, Any] = {"http": self.delivery.http_protocol, "ws": "none"}

    async def start(self) -> None:
        self.database.start()
        await self.database.write(lambda tx: replace_credential(tx, ENVIRONMENT, SDK, KEY, SECRET))

    async def fill(self, size: int) -> None:
        item = Item(ENVIRONMENT, "flags", "filler", {"key": "filler", "variations": ["x" * size]})
        await self.database.write(lambda tx: tx.items.append(item))

    async def broadcast(self, size: int) -> None:
        """What follows a commit: the commit itself is another benchmark's matter."""
        snapshot = await self.delivery.snapshot(ENVIRONMENT)
        version = snapshot.data_version + 1
        document = {"key": "flag", "variations": ["x" * size], "version": version}
        item = Item(ENVIRONMENT, "flags", "flag", document, version, msgspec.json.encode(document))
        change = EnvironmentChange(ENVIRONMENT, version, (item,))
        self.delivery.advance([change])
        self.delivery.announce([change])

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        """Whatever is no stream."""
        await answer_nothing(send)


class Asgi:
    """An application that keeps the `send` of every stream."""

    def __init__(self, _: Path) -> None:
        self.sends: dict[int, Send] = {}
        self.put = b'event: put\ndata: {"path":"/","data":{"flags":{},"segments":{}}}\n\n'
        self.settings: dict[str, Any] = {"http": "httptools", "ws": "none"}

    async def start(self) -> None: ...

    async def fill(self, size: int) -> None:
        self.put = b'event: put\ndata: {"path":"/","data":{"flags":{"filler":"%s"},"segments":{}}}\n\n' % (
            b"x" * size
        )

    async def broadcast(self, size: int) -> None:
        event = b'event: patch\ndata: {"path":"/flags/flag","data":"%s"}\n\n' % (b"x" * size)
        message = {"type": "http.response.body", "body": event, "more_body": True}
        for count, send in enumerate(list(self.sends.values())):
            await send(message)
            if count % YIELD_AFTER == YIELD_AFTER - 1:
                await asyncio.sleep(0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != "/all":
            await answer_nothing(send)
            return
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-cache")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.put, "more_body": True})
        await receive()  # the end of the request
        self.sends[id(send)] = send
        await receive()  # the end of the connection
        del self.sends[id(send)]


async def answer_nothing(send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def obey(served: Ours | Asgi, port: int) -> None:
    """Answer each line of standard input with one line of JSON."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    print(json.dumps({"port": port}), flush=True)
    while line := await reader.readline():
        command, _, size = line.decode().strip().partition(" ")
        if command in {"fill", "broadcast"}:
            await getattr(served, command)(int(size))
        answer = {"rss": read_resident(os.getpid()), "cpu": time.process_time()}
        print(json.dumps(answer), flush=True)


async def serve(kind: str, folder: Path) -> None:
    served = {"ours": Ours, "asgi": Asgi}[kind](folder)
    config = uvicorn.Config(served, log_config=None, access_log=False, lifespan="off", **served.settings)
    config.load()
    state = uvicorn.server.ServerState()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: config.http_protocol_class(config=config, server_state=state, app_state={}, _loop=loop),
        host="127.0.0.1",
        port=0,
        backlog=4096,
    )
    await served.start()
    await obey(served, listening.sockets[0].getsockname()[1])


def main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory() as folder:
        uvloop.run(serve(sys.argv[1], Path(folder)))


if __name__ == "__main__" and len(sys.argv) > 1:
    main()
