"""What the client costs: a call beside the same call of httpx alone, and its import. Ratios of one run.

Times are those that a process has the processor: the server is another one, and waiting costs nobody.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from launch_darkly_python_sdk import LaunchDarkly
from recording.server import Prepared, record

ROUNDS, CALLS = 15, 60
MOST = {"ratio": 1.3, "milliseconds": 80.0, "megabytes": 15.0}
BODY = {
    "name": "Checkout",
    "key": "checkout",
    "tags": ["web", "shop"],
    "variations": [{"value": {"color": "red", "steps": [1, 2, 3]}, "name": "Red"}, {"value": None}],
    "clientSideAvailability": {"usingEnvironmentId": True, "usingMobileKey": False},
    "defaults": {"onVariation": 0, "offVariation": 1},
}
GIVEN: dict[str, Any] = {
    "name": "Checkout",
    "key": "checkout",
    "tags": ["web", "shop"],
    "variations": [{"value": {"color": "red", "steps": [1, 2, 3]}, "name": "Red"}, {"value": None}],
    "client_side_availability": {"using_environment_id": True, "using_mobile_key": False},
    "defaults": {"on_variation": 0, "off_variation": 1},
}
ANSWER = {
    **BODY,
    "_links": {"self": {"href": "/api/v2/flags/default/checkout", "type": "application/json"}},
    "creationDate": 1_700_000_000_000,
    "environments": {
        f"environment-{number}": {
            "on": True, "version": number, "salt": "5f" * 16, "archived": False,
            "targets": [{"values": [f"user-{one}" for one in range(20)], "variation": 0}],
        }
        for number in range(5)
    },
}  # fmt: skip
CLIENT = """
from launch_darkly_python_sdk import ApiException, LaunchDarkly
client = LaunchDarkly("token")
client.feature_flags
"""
IMPORT = """
import time
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6
before, start = resident(), time.process_time()
{program}
print((time.process_time() - start) * 1000, resident() - before)
"""


def compare(ours: Callable[[], Any], theirs: Callable[[], Any]) -> list[float]:
    """Ratios of the time of our calls to theirs, round by round."""
    return [measure(ours) / measure(theirs) for _ in range(ROUNDS)]


def measure(call: Callable[[], Any]) -> float:
    start = time.process_time()
    for _ in range(CALLS):
        call()
    return time.process_time() - start


def measure_calls(host: str) -> dict[str, list[float]]:
    """Reading and making a flag, plain and awaited."""
    headers = {"Authorization": "token", "Accept": "application/json"}
    json_headers = {"Content-Type": "application/json"}
    one, many = f"{host}/api/v2/flags/default/checkout", f"{host}/api/v2/flags/default"
    with LaunchDarkly("token", host=host) as client, httpx.Client(headers=headers) as bare:
        flags = client.feature_flags
        found = {
            "read a flag": compare(
                lambda: flags.single_flag_by_key(project_key="default", feature_flag_key="checkout").name,
                lambda: bare.get(one).json()["name"],
            ),
            "make a flag": compare(
                lambda: flags.create_feature_flag(project_key="default", **GIVEN).name,
                lambda: bare.post(many, content=json.dumps(BODY), headers=json_headers).json()["name"],
            ),
        }
    return found | asyncio.run(measure_awaited_calls(host, headers))


async def measure_awaited_calls(host: str, headers: dict[str, str]) -> dict[str, list[float]]:
    one = f"{host}/api/v2/flags/default/checkout"

    async def measure_awaited(call: Callable[[], Awaitable[Any]]) -> float:
        start = time.process_time()
        for _ in range(CALLS):
            await call()
        return time.process_time() - start

    async with LaunchDarkly("token", host=host) as client, httpx.AsyncClient(headers=headers) as bare:

        async def ours() -> Any:
            flag = await client.feature_flags.asingle_flag_by_key(
                project_key="default", feature_flag_key="checkout"
            )
            return flag.name

        async def theirs() -> Any:
            return (await bare.get(one)).json()["name"]

        ratios = [await measure_awaited(ours) / await measure_awaited(theirs) for _ in range(ROUNDS)]
    return {"read a flag, awaited": ratios}


def measure_import(program: str) -> tuple[float, float]:
    """Milliseconds and megabytes of the import in a new process, with compiled modules; the least of many."""
    with TemporaryDirectory() as folder:
        environment = {"PYTHONPATH": str(Path(__file__).parent.parent / "src"), "PATH": os.environ["PATH"]}
        command = [sys.executable, "-X", f"pycache_prefix={folder}", "-c", IMPORT.format(program=program)]
        runs = [
            subprocess.run(
                command, env=environment, check=True, capture_output=True, text=True
            ).stdout.split()
            for _ in range(12)
        ][1:]
    return min(float(run[0]) for run in runs), min(float(run[1]) for run in runs)


def serve() -> None:
    """A server in this process, until its input ends."""
    with record() as recorder:
        recorder.otherwise = lambda _request: Prepared(200, ANSWER)
        print(recorder.host, flush=True)
        sys.stdin.read()


def main() -> int:
    server = subprocess.Popen(
        [sys.executable, __file__, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        ratios = measure_calls(server.stdout.readline().strip())
    finally:
        server.communicate()
    medians = {what: statistics.median(found) for what, found in ratios.items()}
    for what, found in ratios.items():
        print(f"{what}: {medians[what]:.2f} times httpx alone (from {min(found):.2f} to {max(found):.2f})")
    milliseconds, megabytes = measure_import(CLIENT)
    rival = measure_import("import httpx")
    print(f"import with a client and a group: {milliseconds:.0f} ms, {megabytes:.1f} MB")
    print(f"import of httpx, at the first call: {rival[0]:.0f} ms, {rival[1]:.1f} MB")
    held = (
        max(medians.values()) <= MOST["ratio"]
        and milliseconds <= MOST["milliseconds"]
        and megabytes <= MOST["megabytes"]
    )
    print("within" if held else "beyond", MOST)
    return 0 if held else 1


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        sys.exit(main())
