"""REST through HTTP on SQLite: one flag against bare Falcon, changes from 16 callers, lists of 10,000 flags.

What is said of the processor is the server's own time on it, all threads together: it depends less than the
clock does on what else the machine is doing, but not nothing, so the load is printed as well.

Run it as `python benchmarks/rest.py [FLAGS]`.
"""

import json
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from inputs.callers import call, request
from inputs.pace import Paced, state
from inputs.servers import TOKEN, Server, ours, started

SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"
MANY = "/api/v2/flags/default"
ROUNDS, READS, CHANGES, LISTS = 7, 2_000, 4_000, 40


@contextmanager
def rival(folder: Path, flag: httpx.Response) -> Iterator[Server]:
    """Bare Falcon, which answers what `flag` is."""
    body = folder / "flag.json"
    body.write_bytes(flag.content)
    kept = {name: value for name, value in flag.headers.items() if name.startswith(("x-", "ld-"))}
    command = [
        str(Path(__file__).with_name("inputs") / "rest_rival.py"),
        "{port}",
        str(body),
        json.dumps(kept),
    ]
    with started(command, {}, folder / "rival.log", f"{MANY}/f0") as server:
        yield server


def a_flag(number: int) -> dict[str, Any]:
    words = ("checkout", "search", "login", "banner", "pricing", "export")
    return {
        "key": f"f{number}",
        "name": f"The {words[number % len(words)]} of team {number % 97}",
        "tags": [f"team-{number % 97}", f"quarter-{number % 8}"],
        "temporary": number % 3 > 0,
        "description": "What this flag is for, who asked for it, and when it may go. " * 3,
    }


def a_rule(number: int) -> bytes:
    clause = {"contextKind": "user", "attribute": "country", "op": "in", "values": ["SE", "NO", "DK"]}
    flag = f"{MANY}/f{number}"
    rule = {"variation": 0, "clauses": [clause | {"negate": False}], "description": "The north"}
    patch = [
        {"op": "replace", "path": "/environments/test/on", "value": True},
        {"op": "add", "path": "/environments/test/rules/-", "value": rule},
        {
            "op": "add",
            "path": "/environments/test/targets/-",
            "value": {"variation": 1, "values": ["ann", "bob"]},
        },
    ]
    return request("PATCH", flag, TOKEN, patch)


def toggle(number: int, on: bool) -> bytes:
    body = {
        "environmentKey": "production",
        "instructions": [{"kind": "turnFlagOn" if on else "turnFlagOff"}],
        "comment": "A change from the benchmark",
    }
    return request("PATCH", f"{MANY}/f{number}", TOKEN, body, SEMANTIC)


def toggle_by_json_patch(number: int, on: bool) -> bytes:
    patch = [{"op": "replace", "path": "/environments/production/on", "value": on}]
    return request("PATCH", f"{MANY}/f{number}", TOKEN, patch)


def fill(server: Server, flags: int) -> None:
    made = call(server.port, [request("POST", MANY, TOKEN, a_flag(number)) for number in range(flags)], 16)
    ruled = call(server.port, [a_rule(number) for number in range(0, flags, 2)], 16)
    print(
        f"  {flags:,} flags made at {made.rate:,.0f}/s, every other one given a rule at {ruled.rate:,.0f}/s"
    )


def measure_reads(server: Server, folder: Path, flags: int) -> None:
    """In turns with the rival, so that a change of the machine's speed meets both."""
    flag = httpx.get(f"http://127.0.0.1:{server.port}{MANY}/f0", headers={"Authorization": TOKEN})
    flag.raise_for_status()
    title = f"GET of {len(flag.content):,} bytes: CPU us, of bare Falcon, ratio; calls in a CPU second"
    print(f"  {title:80} {'ours':>8} {'bare':>8}")
    with rival(folder, flag) as falcon:
        for what, keys, callers in (
            ("one flag", 1, 32),
            ("one flag", 1, 4),
            ("every flag in turn", flags, 32),
        ):
            wanted = [request("GET", f"{MANY}/f{number % keys}", TOKEN) for number in range(max(READS, keys))]
            pairs = [tuple(spend(one, wanted, callers) for one in (server, falcon)) for _ in range(ROUNDS)]
            ratio = statistics.median(ours / bare for ours, bare in pairs)
            own, bare = (1e6 * min(costs) for costs in zip(*pairs, strict=True))
            text = f"{what}, {callers} callers"
            print(f"  {text:80} {own:8.0f} {bare:8.0f} {ratio:6.2f}x {1e6 / own:8.0f}")


def spend(server: Server, wanted: list[bytes], callers: int) -> float:
    """The seconds of processor time that the server needs for a request."""
    before = server.cpu
    call(server.port, wanted, callers)
    return (server.cpu - before) / len(wanted)


def measure_changes(server: Server, flags: int) -> None:
    """Turn flags on and off; each change is audited and published."""
    some = min(flags, 1_000)
    for what, count, change in (
        (f"of {some:,} flags", some, toggle),
        ("of one flag", 1, toggle),
        (f"of {some:,} flags by JSON patch", some, toggle_by_json_patch),
    ):
        wanted = [change(number % count, (number // count) % 2 == 0) for number in range(CHANGES)]
        results = []
        for _ in range(3):
            before = server.cpu
            with Paced() as paced:
                result = call(server.port, wanted, 16)
            cost = (server.cpu - before) / CHANGES
            results.append((paced.factor * result.rate, result.rate, result.quantile(0.95), cost))
        at_reference, rate, slow, cost = statistics.median_high(results)
        text = f"changes {what}, 16 callers: /s at the reference pace, /s, p95 ms, CPU us"
        print(f"  {text:80} {at_reference:8.0f} {rate:8.0f} {slow:8.1f} {1e6 * cost:8.0f}")


QUERIES = (
    "limit={}",
    "limit={}&offset=5000",
    "limit={}&sort=name",
    "limit={}&env=production&sort=-targetingModifiedDate",
    "limit={}&filter=query:checkout&sort=name",
    "limit={}&filter=query:nothing-like-this",
    "limit={}&filter=tags:team-7%2Bquarter-1&sort=-creationDate",
    "limit={}&filter=type:temporary,sdkAvailability:mobile&sort=tags",
    "limit={}&filter=contextKindTargeted:user&sort=key",
    "limit={}&filter=query:team,type:permanent&sort=-name&summary=0",
)


def measure_lists(server: Server) -> None:
    """Each query alone, then all of them, shuffled, from four callers."""
    print(f"  {'lists: p95 in ms for a page of':80} {'20':>8} {'100':>8}")
    for query in QUERIES:
        pages = [
            call(server.port, [request("GET", f"{MANY}?{query.format(limit)}", TOKEN)] * LISTS, 1)
            for limit in (20, 100)
        ]
        print(f"  {query.format('N'):80} {pages[0].quantile(0.95):8.1f} {pages[1].quantile(0.95):8.1f}")
    mixed = [
        request("GET", f"{MANY}?{query.format(limit)}", TOKEN) for query in QUERIES for limit in (20, 100)
    ]
    mixed *= 10
    random.Random(7).shuffle(mixed)
    print(f"  {'all of them, shuffled, 4 callers':80} {call(server.port, mixed, 4).quantile(0.95):8.1f}")


def main() -> None:
    flags = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"Python {sys.version.split()[0]}, REST through HTTP, SQLite, {state()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ours(folder) as server:
            fill(server, flags)
            measure_reads(server, folder, flags)
            measure_changes(server, flags)
            measure_lists(server)
    print(f"  at the end: {state()}")


if __name__ == "__main__":
    main()
