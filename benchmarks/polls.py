"""Polls of SDKs, 350 flags: requests for each second of CPU, against plain uvicorn ASGI with the same bytes.

Servers poll `/sdk/latest-all` (compressed), browsers `evalx` (not compressed), each for a context of its own.
"""

import base64
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import uvicorn
from inputs.callers import call
from inputs.flags import CONTEXT, SEGMENTS, mixed_flags
from inputs.pace import Paced
from inputs.servers import TOKEN, Server, ours, started

from flagstaff.storage.database import Database
from flagstaff.storage.transaction import Item

ROUNDS, CALLERS = 7, 16
LATEST, EVALX = 4_000, 1_500  # requests in a round


def list_flags() -> dict[str, Any]:
    """The mix of the evaluation benchmark, with short lists of targets: some 123 KB in all."""
    flags = mixed_flags(320)
    for flag in flags.values():
        flag["targets"] = [{**target, "values": target["values"][-9:]} for target in flag["targets"]]
    return dict(list(flags.items())[:350])


def publish(folder: Path) -> dict[str, Any]:
    """The environment `test` of a new installation, in which the flags have been published."""
    with ours(folder) as server:
        url = f"http://127.0.0.1:{server.port}/api/v2/projects/default/environments/test"
        environment: dict[str, Any] = httpx.get(url, headers={"Authorization": TOKEN}).json()
    fill(folder / "flagstaff.db", environment["_id"])
    return environment


def fill(database: Path, environment_id: str) -> None:
    """Publish the flags as a unit would."""
    opened = Database(database, lambda: 1, None, bytes(32))  # type: ignore[arg-type]
    items = [Item(environment_id, "flags", key, flag) for key, flag in list_flags().items()]
    items += [Item(environment_id, "segments", key, segment) for key, segment in SEGMENTS.items()]
    opened.write_now(lambda tx: tx.items.extend(items))
    opened.close()


def serve_rival(port: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    """An application that answers the same to everything."""
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    end = {"type": "http.response.body", "body": body}

    async def answer(_scope: Any, _receive: Any, send: Any) -> None:
        await send(start)
        await send(end)

    uvicorn.run(
        answer,
        port=port,
        loop="uvloop",
        http="httptools",
        lifespan="off",
        access_log=False,
        log_level="error",
    )


@contextmanager
def rival(folder: Path, answer: httpx.Response, body: bytes) -> Iterator[Server]:
    (folder / "body").write_bytes(body)
    kept = {name: value for name, value in answer.headers.items() if name not in {"date", "server"}}
    (folder / "headers").write_text(json.dumps(list(kept.items())))
    with started([__file__, "{port}", str(folder)], {}, folder / "rival.log", "/") as server:
        yield server


def measure(server: Server, requests: list[bytes]) -> tuple[float, float]:
    """Requests for each second of CPU, and what they would be at the reference pace."""
    before = server.cpu
    with Paced() as paced:
        call(server.port, requests, CALLERS)
    rate = len(requests) / (server.cpu - before)
    return rate, paced.factor * rate


def compare(name: str, server: Server, folder: Path, requests: list[bytes]) -> None:
    method, path, *lines = (
        requests[0].decode().split("\r\n")[0].split()[:2] + requests[0].decode().split("\r\n")[1:-2]
    )
    headers = dict(line.split(": ", 1) for line in lines)
    url = f"http://127.0.0.1:{server.port}{path}"
    with httpx.stream(method, url, headers=headers) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.status_code == 200, body
    with rival(folder, answer, body) as other:
        measure(server, requests[:200])
        pairs = [(measure(server, requests), measure(other, requests)) for _ in range(ROUNDS)]
    best, rivals = max(pair[0][0] for pair in pairs), max(pair[1][0] for pair in pairs)
    at_reference = median(pair[0][1] for pair in pairs)
    ratio = median(one / two for (one, _), (two, _) in pairs)
    print(f"{name:44} {len(body):8,} {best:10,.0f} {at_reference:10,.0f} {rivals:10,.0f} {ratio:8.2f}x")


def a_request(path: str, **headers: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: benchmark",
        *(f"{name}: {text}" for name, text in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = publish(folder)
        gzip = {"Accept-Encoding": "gzip"}
        latest = a_request("/sdk/latest-all", Authorization=environment["apiKey"], **gzip)
        contexts = [json.dumps({**CONTEXT, "key": f"user-{number}"}) for number in range(EVALX)]
        encoded = [base64.urlsafe_b64encode(context.encode()).decode() for context in contexts]
        path = f"/sdk/evalx/{environment['_id']}/contexts/"
        with ours(folder) as server:
            print(f"evaluation is {server.evaluation}")
            print(
                f"{'requests for each CPU second':44} {'bytes':>8} {'ours':>10} {'paced':>10} {'uvicorn':>10}"
            )
            compare("/sdk/latest-all, compressed", server, folder, [latest] * LATEST)
            evalx = [a_request(path + context, **{"Accept-Encoding": "identity"}) for context in encoded]
            compare("evalx, each for another context", server, folder, evalx)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        given = Path(sys.argv[2])
        pairs = json.loads((given / "headers").read_text())
        kept = [(name.encode(), value.encode()) for name, value in pairs]
        serve_rival(int(sys.argv[1]), (given / "body").read_bytes(), kept)
    else:
        main()
