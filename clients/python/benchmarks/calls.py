"""What the client costs: a call beside the same call of httpx alone, its import and its first call.

Calls are compared by the time that this process has the processor, in which waiting for the server does not
count, and by the time that passes, of which the quickest rounds count, since others use this machine too.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from launch_darkly_python_sdk import LaunchDarkly
from recording.server import Prepared, record

ROUNDS, CALLS = 40, 25
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
START = """
import time
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6
before, start = resident(), time.process_time()
{program}
print((time.process_time() - start) * 1000, resident() - before)
"""
IMPORT = """
from launch_darkly_python_sdk import ApiException, LaunchDarkly
client = LaunchDarkly("token", host="{host}")
client.feature_flags
"""
FIRST_CALL = (
    IMPORT
    + """
client.feature_flags.single_flag_by_key(project_key="default", feature_flag_key="checkout").name
"""
)
BARE_CALL = """
import httpx
client = httpx.Client(headers={{"Authorization": "token"}}, verify=False)
client.get("{host}/api/v2/flags/default/checkout").json()["name"]
"""


@dataclass(frozen=True)
class Spent:
    """Seconds on the processor, and seconds that have passed."""

    processor: float
    clock: float

    @classmethod
    def now(cls) -> "Spent":
        return cls(time.process_time(), time.perf_counter())

    def since(self, start: "Spent") -> "Spent":
        return Spent(self.processor - start.processor, self.clock - start.clock)


Rounds = list[tuple[Spent, Spent]]  # of our calls and of theirs, one after the other


def compare(ours: Callable[[], Any], theirs: Callable[[], Any]) -> Rounds:
    return [(measure(ours), measure(theirs)) for _ in range(ROUNDS)]


def measure(call: Callable[[], Any]) -> Spent:
    start = Spent.now()
    for _ in range(CALLS):
        call()
    return Spent.now().since(start)


def measure_calls(host: str) -> dict[str, Rounds]:
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


async def measure_awaited_calls(host: str, headers: dict[str, str]) -> dict[str, Rounds]:
    one = f"{host}/api/v2/flags/default/checkout"

    async def measure_awaited(call: Callable[[], Awaitable[Any]]) -> Spent:
        start = Spent.now()
        for _ in range(CALLS):
            await call()
        return Spent.now().since(start)

    async with LaunchDarkly("token", host=host) as client, httpx.AsyncClient(headers=headers) as bare:

        async def ours() -> Any:
            flag = await client.feature_flags.asingle_flag_by_key(
                project_key="default", feature_flag_key="checkout"
            )
            return flag.name

        async def theirs() -> Any:
            return (await bare.get(one)).json()["name"]

        rounds = [(await measure_awaited(ours), await measure_awaited(theirs)) for _ in range(ROUNDS)]
    return {"read a flag, awaited": rounds}


def measure_start(program: str, host: str) -> tuple[float, float]:
    """Milliseconds on the processor and megabytes, with compiled modules; the least of many new processes."""
    with TemporaryDirectory() as folder:
        environment = {"PYTHONPATH": str(Path(__file__).parent.parent / "src"), "PATH": os.environ["PATH"]}
        text = START.format(program=program.format(host=host))
        command = [sys.executable, "-X", f"pycache_prefix={folder}", "-c", text]
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


def report_ratios(measured: dict[str, Rounds]) -> float:
    """Print how many times the time of httpx ours is, for each kind of call; the largest of these ratios."""
    ratios = []
    for what, rounds in measured.items():
        processor = statistics.median(ours.processor / theirs.processor for ours, theirs in rounds)
        clock = min(ours.clock for ours, _ in rounds) / min(theirs.clock for _, theirs in rounds)
        print(f"{what}: {processor:.2f} times httpx alone on the processor, {clock:.2f} times by the clock")
        ratios += [processor, clock]
    return max(ratios)


def report_start(what: str, program: str, host: str) -> tuple[float, float]:
    milliseconds, megabytes = measure_start(program, host)
    print(f"{what}: {milliseconds:.0f} ms, {megabytes:.1f} MB")
    return milliseconds, megabytes


def main() -> int:
    server = subprocess.Popen(
        [sys.executable, __file__, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        host = server.stdout.readline().strip()
        ratio = report_ratios(measure_calls(host))
        milliseconds, megabytes = report_start("import, with a client and a group", IMPORT, host)
        report_start("the same and the first call, which imports httpx", FIRST_CALL, host)
        report_start("the import of httpx and the same call of httpx alone", BARE_CALL, host)
    finally:
        server.communicate()
    held = ratio <= MOST["ratio"] and milliseconds <= MOST["milliseconds"] and megabytes <= MOST["megabytes"]
    print("within" if held else "beyond", MOST)
    return 0 if held else 1


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        sys.exit(main())
