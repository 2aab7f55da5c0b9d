"""Searches among 100,000 contexts through HTTP: those that an index answers, and those that read every body.

They are written into the event store before the server starts. What is said of the processor is the server's
own time on it, which depends less than the clock does on what else the machine is doing.

Run it as `python benchmarks/contexts.py [CONTEXTS]`.
"""

import os
import random
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import msgspec
from inputs.callers import call, request
from inputs.servers import TOKEN, Server, ours

from flagstaff.features.contexts.shapes import shape_of

ENVIRONMENT = "/api/v2/projects/default/environments/test"
CALLS = 20
MINUTE = 60_000
REFERENCES = tuple(
    f"/{name}" for name in ("name", "email", "country", "plan", "age", "address/city", "address/zip", "beta")
)
SHAPE = shape_of(REFERENCES)
assert SHAPE is not None
SEARCHES = (
    "",
    "kind equals user",
    "kind equals device,applicationId equals shop",
    'kindKey equals "user:user-500"',
    "key startsWith user-77",
    "kindKeys anyOf ['user:user-1','user:user-2']",
    "user.email equals p777@example.com",
    "*.email equals p777@example.com",
    "*.plan equals pro",
    "user.age equals 42",
    "*./address/city startsWith Lun",
    'name startsWith "Person 77"',
    "q equals p777@",
    "q equals nobody-is-called-so",
    "*.beta exists true",
)
"""What to ask, beside searches: a path and what is asked for there."""
OTHERS = (
    f"{ENVIRONMENT}/context-attributes",
    f"{ENVIRONMENT}/context-attributes/plan",
    f"{ENVIRONMENT}/context-attributes/email?filter=value%20startsWith%20p777",
    "/api/v2/users/default/test",
    "/api/v2/user-search/default/test?sort=-lastSeen",
    "/api/v2/user-search/default/test?q=p777",
    "/api/v2/user-search/default/test?filter=plan:pro",
)


def a_context(number: int, chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(("user", "user", "user", "organization", "device"))
    return {
        "kind": kind,
        "key": f"{kind}-{number}",
        "name": f"Person {number}",
        "email": f"p{number}@example.com",
        "country": chance.choice(("SE", "DE", "US", "FR", "JP")),
        "plan": chance.choice(("free", "pro", "team")),
        "age": chance.randrange(18, 90),
        "address": {"city": chance.choice(("Berlin", "Lund", "Paris")), "zip": str(number)},
        "beta": number % 2 == 0,
    }


def fill(events: Path, environment_id: str, contexts: int) -> None:
    """As the server keeps them, seen within the last month."""
    chance, now = random.Random(7), int(time.time() * 1000)
    connection = sqlite3.connect(events)
    with connection:
        for number in range(contexts):
            context = a_context(number, chance)
            seen = now - chance.randrange(30 * 24 * 60) * MINUTE
            application = chance.choice(("", "shop", "mail"))
            body = msgspec.json.encode(context).decode()
            row = (environment_id, context["kind"], context["key"], application)
            connection.execute(
                "INSERT INTO contexts (environment_id, kind, key, application_id, name, first_seen, "
                "last_seen, redacted, body, shape) VALUES (?, ?, ?, ?, ?, ?, ?, '[]', ?, ?)",
                (*row, context["name"], seen, seen, body, SHAPE.id),
            )
        connection.executemany(
            "INSERT INTO context_shapes VALUES (?, ?, ?, ?, ?)",
            [(environment_id, path, SHAPE.id, alone, now) for path, alone in SHAPE.members],
        )
    with connection:
        connection.executemany(
            "INSERT OR IGNORE INTO attribute_names SELECT environment_id, kind, ?, 0, min(last_seen), "
            "max(last_seen) FROM contexts GROUP BY environment_id, kind",
            [(reference,) for reference in REFERENCES],
        )
    connection.close()


def measure(server: Server, what: str, wanted: bytes) -> None:
    call(server.port, [wanted] * 3, 1)
    before = server.cpu
    result = call(server.port, [wanted] * CALLS, 1)
    print(f"  {what:80} {result.quantile(0.95):8.1f} {1e3 * (server.cpu - before) / CALLS:8.1f}")


def main() -> None:
    contexts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"Python {sys.version.split()[0]}, {contexts:,} contexts on SQLite, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name, ours(Path(name)) as server:
        address = f"http://127.0.0.1:{server.port}{ENVIRONMENT}"
        environment = httpx.get(address, headers={"Authorization": TOKEN}).json()
        (events,) = Path(name).glob("*-events.db")
        fill(events, environment["_id"], contexts)
        print(f"  {'a page of 20, one caller: p95 and CPU in ms':80} {'p95':>8} {'CPU':>8}")
        for text in SEARCHES:
            body = {"filter": text, "limit": 20}
            measure(
                server,
                text or "everything",
                request("POST", f"{ENVIRONMENT}/contexts/search", TOKEN, body),
            )
        for path in OTHERS:
            measure(server, path, request("GET", path, TOKEN))
    print(f"  at the end: load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
