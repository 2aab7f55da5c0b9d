"""Many streams at once: all clients come back together, and how fast each of 1,000 is given a change.

Run it as `python benchmarks/storm.py [STREAMS]`: 5,000, or as many as the limit of open files allows.
"""

import http.client
import multiprocessing
import re
import resource
import statistics
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from streams import PATCH, Clients, Server, print_row

MOST_STREAMS = 5_000
PUT = 123_000  # bytes that each stream begins with
LISTENING, CHANGES = 1_000, 20


def probe(port: int, answers: Connection) -> None:
    """Make small requests one after another until told to end, and tell how long each took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    took: list[float] = []
    while not answers.poll():
        began = time.monotonic()
        connection.request("GET", "/other")
        connection.getresponse().read()
        took.append(time.monotonic() - began)
        time.sleep(0.002)
    answers.send(took)


def peak(server: Server) -> int:
    """The most bytes that were resident since `forget_peak`."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024


def forget_peak(server: Server) -> None:
    Path(f"/proc/{server.process.pid}/clear_refs").write_text("5")


def measure_storm(kind: str, count: int) -> tuple[float, float, float]:
    """Seconds until all are served, bytes that the server grew by, and p99 of other requests meanwhile."""
    with Server(kind) as server:
        server.ask(f"fill {PUT}")
        warm = Clients(server)
        warm.open(100)
        warm.close()
        forget_peak(server)
        before = server.ask("rss")["rss"]
        ours, theirs = multiprocessing.Pipe()
        prober = multiprocessing.Process(target=probe, args=(server.port, theirs))
        prober.start()
        clients = Clients(server)
        began = time.monotonic()
        clients.open(count)
        served = time.monotonic() - began
        ours.send(None)
        took = sorted(ours.recv())
        prober.join()
        grown = peak(server) - before
        clients.close()
    return served, grown, took[int(len(took) * 0.99)]


def measure_changes(kind: str) -> float:
    """Seconds after which 99 of 100 streams have a change, over all changes."""
    with Server(kind) as server:
        clients = Clients(server)
        clients.open(LISTENING)
        took: list[float] = []
        for _ in range(CHANGES):
            began = time.monotonic()
            server.send(f"broadcast {PATCH}")
            took += [when - began for when in clients.read_times()]
            server.receive()
        clients.close()
    return statistics.quantiles(took, n=100)[98]


def main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    count = min(int(sys.argv[1]) if len(sys.argv) > 1 else MOST_STREAMS, hard - 200)
    print(f"{'':48} {'ours':>10} {'ASGI':>10}      {'ratio':>8}    target")
    served, grown, other = zip(*(measure_storm(kind, count) for kind in ("ours", "asgi")), strict=True)
    name = f"{count} streams at once, {PUT // 1000} KB each"
    print_row(f"{name}, all served", *served, "s", "-")
    print_row(f"{name}, memory", *(bytes_ / 1e6 for bytes_ in grown), "MB", "<= 50 MB")
    print_row(f"{name}, other calls p99", *(seconds * 1000 for seconds in other), "ms", "<= 200 ms")
    changes = [measure_changes(kind) * 1000 for kind in ("ours", "asgi")]
    print_row(f"change to {LISTENING} streams, p99", *changes, "ms", "<= 20 ms")


if __name__ == "__main__":
    main()
