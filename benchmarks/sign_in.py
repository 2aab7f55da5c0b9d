"""What 20 people who sign in at once mean for everybody else: the time of REST calls, with and without them.

A call is sent every few milliseconds, whether or not the one before it was answered. Quiet spells and spells
with sign-ins take turns, so that a change of the machine's speed meets both.

Run it as `python benchmarks/sign_in.py [ROUNDS]`.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import httpx
from inputs.servers import TOKEN, Server, ours

EMAIL, PASSWORD = "admin@localhost", "a password of the benchmark"
FLAG = "/api/v2/projects/default"
AT_ONCE, EVERY, ROUNDS = 20, 0.02, 10
TARGET = 2.0
LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=64)


async def sign_in(client: httpx.AsyncClient, number: int = 0) -> int:
    """From an address of its own, as people do."""
    login, here = {"email": EMAIL, "password": PASSWORD}, {"X-Forwarded-For": f"10.0.0.{number}"}
    answer = await client.post("/auth/sign-in", json=login, headers=here, timeout=120)
    return answer.status_code


async def watch(client: httpx.AsyncClient, until: asyncio.Event, least: int) -> list[float]:
    """The seconds of each call, until told to end, but at least so many calls."""
    calls: list[asyncio.Task[float]] = []
    while len(calls) < least or not until.is_set():
        calls.append(asyncio.create_task(read(client)))
        await asyncio.sleep(EVERY)
    return await asyncio.gather(*calls)


async def read(client: httpx.AsyncClient) -> float:
    started = time.perf_counter()
    answer = await client.get(FLAG, headers={"Authorization": TOKEN}, timeout=120)
    answer.raise_for_status()
    return time.perf_counter() - started


async def measure(server: Server, rounds: int) -> tuple[list[float], list[float]]:
    quiet: list[float] = []
    busy: list[float] = []
    url = f"http://127.0.0.1:{server.port}"
    people = httpx.AsyncClient(base_url=url, headers={"Origin": url}, limits=LIMITS)
    async with people, httpx.AsyncClient(base_url=url, limits=LIMITS) as program:
        assert await sign_in(people) == 200
        for _ in range(rounds):
            done = asyncio.Event()
            watching = asyncio.create_task(watch(program, done, 50))
            statuses = await asyncio.gather(*(sign_in(people, number) for number in range(AT_ONCE)))
            done.set()
            beside = await watching
            assert statuses == [200] * AT_ONCE, statuses
            busy += beside
            quiet += await watch(program, done, len(beside))
    return quiet, busy


def quantile(times: list[float], share: float) -> float:
    """In milliseconds."""
    return 1e3 * sorted(times)[min(len(times) - 1, int(share * len(times)))]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    settings = {"FLAGSTAFF_ADMIN_PASSWORD": PASSWORD, "FLAGSTAFF_TRUSTED_PROXIES": "127.0.0.1"}
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder), **settings) as server:
        quiet, busy = asyncio.run(measure(server, rounds))
    print(f"  load {os.getloadavg()[0]:.1f}; {rounds} times {AT_ONCE} sign-ins at once, {len(busy)} calls")
    for share in (0.5, 0.99):
        alone, beside = quantile(quiet, share), quantile(busy, share)
        name = f"REST call, ms at p{share * 100:.0f}"
        print(f"  {name:30} alone {alone:7.1f}  beside sign-ins {beside:7.1f}  {beside / alone:5.2f}x")
    print(f"  target: at most {TARGET}x at p99")


if __name__ == "__main__":
    main()
