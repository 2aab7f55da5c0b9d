"""A cold start with 1,000 flags: seconds to ready, memory then, and the time that an orderly end takes.

The rival is the smallest program that this one could be: an interpreter that imports uvicorn and Falcon.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from inputs.servers import read_resident

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.support.process import TOKEN, Process

FLAGS, ROUNDS = 1_000, 5


async def make_flags(process: Process) -> None:
    """Make the flags over REST, sixteen at a time."""
    numbers = iter(range(FLAGS))
    async with httpx.AsyncClient(headers={"Authorization": TOKEN}, timeout=60) as client:

        async def work() -> None:
            for number in numbers:
                body = {"key": f"flag-{number}", "name": f"Flag {number}", "tags": ["bench"]}
                answer = await client.post(f"{process.url}/api/v2/flags/default", json=body)
                answer.raise_for_status()

        await asyncio.gather(*(work() for _ in range(16)))


def measure_start(process: Process) -> tuple[float, float, float]:
    """Seconds to ready, megabytes resident, seconds to the end."""
    started = time.monotonic()
    process.start()
    ready = time.monotonic() - started
    return ready, read_resident(process.pid) / 1_048_576, process.stop()


def measure_rival() -> float:
    """Seconds until an interpreter has imported uvicorn and Falcon."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", "import uvicorn, falcon.asgi, uvloop, httptools"], check=True)
    return time.monotonic() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        process = Process(Path(folder)).start()
        asyncio.run(make_flags(process))
        process.stop()
        starts = sorted(measure_start(process) for _ in range(ROUNDS))
        rivals = sorted(measure_rival() for _ in range(ROUNDS))
    ready, memory, end = (sorted(start[place] for start in starts)[ROUNDS // 2] for place in range(3))
    rival = rivals[ROUNDS // 2]
    print(f"{FLAGS:,} flags, median of {ROUNDS} starts, {os.cpu_count()} cores")
    print(
        f"cold start to ready  {ready:6.2f} s, {ready / rival:.1f}x the import of uvicorn and Falcon (<= 2 s)"
    )
    print(f"resident when ready  {memory:6.0f} MB (<= 150 MB)")
    print(f"orderly end          {end:6.2f} s (<= 2 s)")


if __name__ == "__main__":
    main()
