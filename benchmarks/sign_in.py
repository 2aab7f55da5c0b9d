"""What 20 people who sign in at once mean for others: REST calls, and changes on their way to a stream.

Calls and changes are sent at set times, whether or not those before were answered, and people sign in from a
process of their own. Quiet spells and spells with sign-ins take turns, so that a change of the machine's
speed meets both.

Run it as `python benchmarks/sign_in.py [ROUNDS]`.
"""

import asyncio
import itertools
import multiprocessing
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import uvloop
from inputs.callers import call, request
from inputs.servers import TOKEN, Server, ours

EMAIL, PASSWORD = "admin@localhost", "a password of the benchmark"
AT_ONCE, ROUNDS, TARGET = 20, 6, 2.0
CALL_EVERY, CHANGE_EVERY = 0.02, 0.1  # seconds
LEAST = 1.0  # seconds of a spell
OTHERS = 100  # flags, so that a change is sent by itself, being much less than all of them
READ = request("GET", "/api/v2/projects/default", TOKEN)
FLAG, SEMANTIC = "/api/v2/flags/default/measured", "application/json; domain-model=launchdarkly.semanticpatch"


def sign_in_when_told(port: int, orders: Connection) -> None:
    """In a process of its own: for each order all people at once, each from an address of their own."""
    head = f"POST /auth/sign-in HTTP/1.1\r\nHost: benchmark\r\nOrigin: http://127.0.0.1:{port}\r\n"
    body = f'{{"email":"{EMAIL}","password":"{PASSWORD}"}}'
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    people = [f"{head}X-Forwarded-For: 10.0.0.{number}\r\n\r\n{body}".encode() for number in range(AT_ONCE)]
    while orders.recv():
        call(port, people, AT_ONCE)
        orders.send(None)


@dataclass
class Connections:
    """Connections that stay; a request takes one that is free, or a new one."""

    port: int
    free: deque[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=deque)

    async def time(self, content: bytes) -> float:
        """Seconds until it is answered; fails if that is no success."""
        started = time.perf_counter()
        waited = self.free.popleft() if self.free else None  # the one that was longest idle
        pair = waited or await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = pair
        writer.write(content)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r")[0]))
        took = time.perf_counter() - started
        assert head[9:10] == b"2", head
        self.free.append(pair)
        return took


class Stream:
    """A stream of the SDK: its changes come in the order in which they were asked for."""

    def __init__(self, connections: Connections, key: str, variations: list[str]) -> None:
        self._connections, self._key, self._variations = connections, key, variations
        self._waiting: deque[asyncio.Future[float]] = deque()
        self._changes = self._roll_out()
        self.is_open = asyncio.Event()

    def _roll_out(self) -> Iterator[bytes]:
        """Requests of which each changes something, in whichever order they arrive."""
        for number in itertools.count():
            weights = dict(zip(self._variations, (number, 100_000 - number), strict=True))
            roll_out = {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": weights}
            patch = {"environmentKey": "production", "instructions": [roll_out]}
            yield request("PATCH", FLAG, TOKEN, patch, SEMANTIC)

    async def listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._connections.port)
        writer.write(request("GET", "/all", self._key))
        async for line in reader:
            if line.startswith(b"event: put"):
                assert not self.is_open.is_set(), "changes have been merged"
                self.is_open.set()
            if line.startswith(b"event: patch"):
                self._waiting.popleft().set_result(time.perf_counter())

    async def time(self) -> float:
        """Seconds from the request for a change until the stream has it."""
        started = time.perf_counter()
        arrival = asyncio.get_running_loop().create_future()
        self._waiting.append(arrival)
        await self._connections.time(next(self._changes))
        return await arrival - started


async def watch(one: Callable[[], Awaitable[float]], every: float, until: Callable[[], bool]) -> list[float]:
    """The seconds of each, begun at set times until told to end."""
    begun, planned = [], time.perf_counter()
    while not until():
        begun.append(asyncio.ensure_future(one()))
        planned += every
        await asyncio.sleep(max(0.0, planned - time.perf_counter()))
    return await asyncio.gather(*begun)


@dataclass
class Times:
    """Seconds of what was done alone, and beside sign-ins."""

    name: str
    one: Callable[[], Awaitable[float]]
    every: float
    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)

    def report(self, share: float) -> None:
        alone, beside = quantile(self.alone, share), quantile(self.beside, share)
        name = f"{self.name}, ms at p{share * 100:.0f}"
        print(f"  {name:30} alone {alone:7.1f}  beside sign-ins {beside:7.1f}  {beside / alone:5.2f}x")


async def spell(watched: list[Times], until: Callable[[], bool]) -> list[list[float]]:
    return await asyncio.gather(*(watch(times.one, times.every, until) for times in watched))


async def measure(stream: Stream, connections: Connections, orders: Connection, rounds: int) -> list[Times]:
    listening = asyncio.create_task(stream.listen())
    await stream.is_open.wait()
    read = Times("REST call", lambda: connections.time(READ), CALL_EVERY)
    changed = Times("change to a stream", stream.time, CHANGE_EVERY)
    watched = [read, changed]
    await spell(watched, after(LEAST))  # connections are opened, and the first are slow
    for _ in range(rounds):
        orders.send(True)
        began = time.perf_counter()
        beside = await spell(watched, orders.poll)
        orders.recv()
        alone = await spell(watched, after(max(LEAST, time.perf_counter() - began)))
        for times, busy, quiet in zip(watched, beside, alone, strict=True):
            times.beside += busy
            times.alone += quiet
    listening.cancel()
    return watched


def after(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= end


def quantile(times: list[float], share: float) -> float:
    """In milliseconds."""
    return 1e3 * sorted(times)[min(len(times) - 1, int(share * len(times)))]


def prepare(server: Server) -> tuple[str, list[str]]:
    """Make the flag; the SDK key of its environment, and its variations."""
    url = f"http://127.0.0.1:{server.port}"
    with httpx.Client(base_url=url, headers={"Authorization": TOKEN}) as client:
        for key in (*(f"other-{number}" for number in range(OTHERS)), "measured"):
            made = client.post("/api/v2/flags/default", json={"key": key, "name": key})
            assert made.status_code == 201, made.text
        environment = client.get("/api/v2/projects/default/environments/production").json()
    return str(environment["apiKey"]), [str(variation["_id"]) for variation in made.json()["variations"]]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    settings = {"FLAGSTAFF_ADMIN_PASSWORD": PASSWORD, "FLAGSTAFF_TRUSTED_PROXIES": "127.0.0.1"}
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder), **settings) as server:
        connections = Connections(server.port)
        stream = Stream(connections, *prepare(server))
        here, there = multiprocessing.Pipe()
        people = multiprocessing.Process(target=sign_in_when_told, args=(server.port, there), daemon=True)
        people.start()
        watched = uvloop.run(measure(stream, connections, here, rounds))
        here.send(False)
        people.join()
    print(f"  load {os.getloadavg()[0]:.1f}; {rounds} times {AT_ONCE} sign-ins at once")
    for times in watched:
        print(f"  {len(times.beside)} times beside sign-ins, {len(times.alone)} alone")
        times.report(0.5)
        times.report(0.99)
    print(f"  target: at most {TARGET:.1f}x at p99")


if __name__ == "__main__":
    main()
