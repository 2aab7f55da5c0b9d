"""Intake of events on SQLite: payloads of 1,000 events, stored; and what that costs changes of flags.

Run it as `python benchmarks/events.py [PAYLOADS]`.
"""

import gzip
import json
import random
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from inputs.callers import call, request
from inputs.pace import Paced
from inputs.servers import TOKEN, Server, ours

EVENTS, FLAGS, CONTEXTS = 1_000, 200, 500
CALLERS, WARM, RATE, CHANGES, ROUNDS = 4, 5, 1, 1_500, 3
SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"


def a_context(number: int) -> dict[str, Any]:
    return {
        "kind": "user",
        "key": f"user-{number}",
        "name": f"Person {number}",
        "email": f"person.{number}@example.com",
        "plan": ("free", "team", "business")[number % 3],
        "country": ("SE", "NO", "DK", "DE", "FR")[number % 5],
        "_meta": {"redactedAttributes": ["phone"]},
    }


def a_payload(chance: random.Random, contexts: list[dict[str, Any]]) -> bytes:
    """One summary of 200 flags, 200 `index`, 600 `feature` and 199 `custom` events, of 500 contexts."""
    now = int(time.time() * 1000)
    counters = [{"value": True, "variation": n, "version": 7, "count": chance.randint(1, 50)} for n in (0, 1)]
    features = {
        f"flag-{n}": {"default": False, "contextKinds": ["user"], "counters": counters} for n in range(FLAGS)
    }
    events: list[dict[str, Any]] = [
        {"kind": "summary", "startDate": now - 5_000, "endDate": now, "features": features}
    ]
    events += [{"kind": "index", "creationDate": now, "context": context} for context in contexts[:200]]
    for number in range(600):
        event = {"kind": "feature", "creationDate": now, "key": f"flag-{chance.randrange(FLAGS)}"}
        served = {"variation": number % 2, "version": 7, "value": number % 2 == 0, "default": False}
        events.append(event | served | {"context": contexts[number % CONTEXTS]})
    for number in range(199):
        event = {"kind": "custom", "creationDate": now, "key": f"event-{number % 20}", "metricValue": number}
        events.append(event | {"contextKeys": {"user": contexts[number % CONTEXTS]["key"]}})
    return gzip.compress(json.dumps(events, separators=(",", ":")).encode(), 6)


def a_post(key: str, body: bytes) -> bytes:
    head = (
        f"POST /bulk HTTP/1.1\r\nHost: benchmark\r\nAuthorization: {key}\r\nUser-Agent: PythonClient/9.18\r\n"
        "Content-Type: application/json\r\nContent-Encoding: gzip\r\nX-LaunchDarkly-Event-Schema: 4\r\n"
        f"X-LaunchDarkly-Payload-ID: {uuid.uuid4()}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def make_posts(key: str, payloads: int, people: int) -> list[bytes]:
    """Payloads of 500 contexts each out of so many; 0: no context comes twice."""
    chance = random.Random(7)
    posts = []
    for number in range(payloads):
        first = number * CONTEXTS
        numbers = chance.sample(range(people), CONTEXTS) if people else range(first, first + CONTEXTS)
        posts.append(a_post(key, a_payload(chance, [a_context(n) for n in numbers])))
    return posts


def find_key(server: Server) -> str:
    url = f"http://127.0.0.1:{server.port}/api/v2/projects/default/environments/production"
    return str(httpx.get(url, headers={"Authorization": TOKEN}).json()["apiKey"])


def measure_intake(payloads: int) -> None:
    for name, people, known in (
        ("of 5,000 people, all seen before", 5_000, 5_000),
        ("of 5,000 people who come again", 5_000, 0),
        ("of people never seen before", 0, 0),
    ):
        with tempfile.TemporaryDirectory() as folder, ours(Path(folder)) as server:
            key = find_key(server)
            posts = make_posts(key, payloads + WARM, people)
            call(server.port, make_posts(key, known // CONTEXTS, 0) + posts[:WARM], CALLERS)
            before = server.cpu
            with Paced() as paced:
                result = call(server.port, posts[WARM:], CALLERS)
            cpu = server.cpu - before
            stored = payloads * EVENTS
            size = sum(file.stat().st_size for file in Path(folder).glob("flagstaff-events.db*"))
            print(
                f"events {name}: {stored / cpu:,.0f}/s per core stored "
                f"({paced.factor * stored / cpu:,.0f} at the reference pace), "
                f"{1e6 * cpu / stored:.1f} us of CPU each, "
                f"{stored / result.seconds:,.0f}/s in all, answered p50 {result.quantile(0.5):.0f} ms, "
                f"p99 {result.quantile(0.99):.0f} ms, {size / stored:.0f} bytes each"
            )


def change(number: int) -> bytes:
    kind = "turnFlagOff" if number // 10 % 2 else "turnFlagOn"
    body = {"environmentKey": "production", "instructions": [{"kind": kind}]}
    return request("PATCH", f"/api/v2/flags/default/f{number % 10}", TOKEN, body, SEMANTIC)


def measure_changes() -> None:
    """The p99 of flag changes alone and beside 1,000 events a second, in turns."""
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder)) as server:
        make = [
            request("POST", "/api/v2/flags/default", TOKEN, {"key": f"f{n}", "name": f"F{n}"})
            for n in range(10)
        ]
        call(server.port, make, 1)
        key = find_key(server)
        quiet, busy = [], []
        for _ in range(ROUNDS):
            quiet.append(call(server.port, [change(n) for n in range(CHANGES)], 1))
            with closing(Background(server, make_posts(key, 120, 5_000))):
                busy.append(call(server.port, [change(n) for n in range(CHANGES)], 1))
        for share in (0.5, 0.99):
            alone = statistics.median(result.quantile(share) for result in quiet)
            beside = statistics.median(result.quantile(share) for result in busy)
            print(
                f"flag changes, one caller, p{share * 100:.0f}: {alone:.1f} ms alone, {beside:.1f} ms "
                f"beside {EVENTS * RATE:,} events/s: {beside / alone:.2f}x"
            )


class Background:
    """Posts one payload a second until it is closed."""

    def __init__(self, server: Server, posts: list[bytes]) -> None:
        self._server = server
        self._posts: Iterator[bytes] = iter(posts)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._over.is_set():
            call(self._server.port, [next(self._posts)], 1)
            self._over.wait(1 / RATE)

    def close(self) -> None:
        self._over.set()
        self._thread.join()


if __name__ == "__main__":
    measure_intake(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
    measure_changes()
