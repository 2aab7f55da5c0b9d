"""What a change would have done to 50,000 contexts seen within a day, asked through HTTP.

They are written into the event store before the question. What is said of the processor is the server's own
time on it, which depends less than the clock does on what else the machine is doing.

Run it as `python benchmarks/effects.py [CONTEXTS]`.
"""

import random
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import msgspec
from inputs.pace import state
from inputs.servers import TOKEN, Server, ours

PROJECT = "/api/v2/projects/default"
FLAG = "/api/v2/flags/default/checkout"
ENVIRONMENT = "/api/v2/flagstaff/projects/default/environments/test"
HEADERS = {"Authorization": TOKEN}
SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"
ROUNDS = 5
COUNTRIES = ("SE", "DE", "US", "FR", "JP")


def a_clause(attribute: str, *values: Any) -> dict[str, Any]:
    return {"contextKind": "user", "attribute": attribute, "op": "in", "values": values, "negate": False}


def a_rule(variation: str, *clauses: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "addRule", "clauses": clauses, "variationId": variation}


def a_context(number: int, chance: random.Random) -> dict[str, Any]:
    user = {
        "key": f"user-{number}",
        "name": f"Person {number}",
        "email": f"p{number}@example.com",
        "country": chance.choice(COUNTRIES),
        "plan": chance.choice(("free", "pro", "team")),
        "age": chance.randrange(18, 90),
    }
    if number % 2:
        return {"kind": "user", **user}
    return {"kind": "multi", "user": user, "device": {"key": f"device-{number}", "os": {"name": "iOS"}}}


def fill(events: Path, environment_id: str, contexts: int) -> None:
    """As the server keeps them, every tenth seen by two applications."""
    chance, now = random.Random(7), int(time.time() * 1000)
    connection = sqlite3.connect(events)
    with connection:
        for number in range(contexts):
            body = msgspec.json.encode(a_context(number, chance)).decode()
            seen = now - chance.randrange(23 * 3_600_000)
            for application in ("", "shop")[: 2 if number % 10 == 0 else 1]:
                connection.execute(
                    "INSERT INTO context_instances (environment_id, id, application_id, kinds, "
                    "anonymous_kinds, first_seen, last_seen, body) VALUES (?, ?, ?, '[]', '[]', ?, ?, ?)",
                    (environment_id, f"{number:032x}", application, seen, seen, body),
                )
    connection.close()


def call(client: httpx.Client, method: str, path: str, body: Any, **headers: str) -> Any:
    answer = client.request(method, path, json=body, headers=headers)
    answer.raise_for_status()
    return answer.json()


def instruct(client: httpx.Client, key: str, *steps: dict[str, Any]) -> None:
    body = {"environmentKey": "test", "instructions": [{"kind": "turnFlagOn"}, *steps]}
    call(client, "PATCH", f"/api/v2/flags/default/{key}", body, **{"Content-Type": SEMANTIC})


def make_flags(client: httpx.Client) -> list[str]:
    """Make a flag with four rules and a split, which two others have as a prerequisite.

    Return the ids of its variations.
    """
    for key in ("checkout", "basket", "wallet"):
        call(client, "POST", "/api/v2/flags/default", {"key": key, "name": key})
    ids = [one["_id"] for one in call(client, "GET", FLAG, None)["variations"]]
    weights = dict(zip(ids, (40_000, 60_000), strict=True))
    split = {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": weights}
    pro = a_clause("plan", "pro")
    rules = [a_rule(ids[age % 2], pro, a_clause("age", age)) for age in range(18, 22)]
    instruct(client, "checkout", *rules, split)
    for key in ("basket", "wallet"):
        instruct(client, key, {"kind": "addPrerequisite", "key": "checkout", "variationId": ids[0]})
    return ids


def measure(client: httpx.Client, server: Server, ids: list[str]) -> None:
    steps = [a_rule(ids[0], a_clause("country", "SE")), {"kind": "updateOffVariation", "variationId": ids[0]}]
    walls, cpus, answer = [], [], {}
    for _ in range(ROUNDS):
        cpu, began = server.cpu, time.monotonic()
        answer = call(client, "POST", f"{ENVIRONMENT}/flags/checkout/effect", {"instructions": steps})
        walls.append(time.monotonic() - began)
        cpus.append(server.cpu - cpu)
    moved = {flag["key"]: flag["estimate"] for flag in answer["flags"]}
    print(f"  tried {answer['sampled']:,} of {answer['total']:,}; another variation: {moved}")
    wall, cpu = (sorted(figures)[ROUNDS // 2] for figures in (walls, cpus))
    each = 1e6 * cpu / answer["sampled"]
    print(f"  first time {walls[0]:.2f} s; of {ROUNDS} {wall:.2f} s, CPU {cpu:.2f} s, {each:.0f} us each")


def main() -> None:
    contexts = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    print(f"Python {sys.version.split()[0]}, {contexts:,} contexts on SQLite, {state()}")
    with tempfile.TemporaryDirectory() as name, ours(Path(name)) as server:
        address = f"http://127.0.0.1:{server.port}"
        with httpx.Client(base_url=address, headers=HEADERS, timeout=60) as client:
            environment = call(client, "GET", f"{PROJECT}/environments/test", None)
            (events,) = Path(name).glob("*-events.db")
            fill(events, environment["_id"], contexts)
            measure(client, server, make_flags(client))


if __name__ == "__main__":
    main()
