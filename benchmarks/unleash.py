"""Against unleash-server: polls of 350 flags with as many bytes, and changes of flags from 16 callers.

It needs what `make rivals` installs, Node 20, PostgreSQL's programs and wrk; without one of them it says so.
"""

import re
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from inputs.callers import Result, call, request
from inputs.servers import TOKEN, Server, ours
from inputs.unleash import ADMIN, CLIENT, FEATURES, POLL, fill_rival, find_missing, poll, postgres, unleash
from polls import publish
from rest import MANY, a_flag, toggle

FLAGS, SECONDS, ROUNDS, CALLERS, CHANGES = 350, 4, 3, 16, 1_500


def measure(server: Server, path: str, key: str) -> float:
    """Polls, compressed, for each second of CPU of the server's process."""
    url = f"http://127.0.0.1:{server.port}{path}"
    headers = ["-H", f"Authorization: {key}", "-H", "Accept-Encoding: gzip"]
    before = server.cpu
    command = ["wrk", "-t1", f"-c{CALLERS}", f"-d{SECONDS}s", *headers, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent = server.cpu - before
    assert "Non-2xx" not in said, said
    found = re.search(r"(\d+) requests in", said)
    assert found, said
    return int(found[1]) / spent


def list_changes() -> list[bytes]:
    """Flags are turned on and off by instructions; each change is audited and published."""
    return [toggle(number % FLAGS, number // FLAGS % 2 == 0) for number in range(CHANGES)]


def list_changes_of_rival() -> list[bytes]:
    """The same there, where each change is an event of its log. The flags are on."""
    places = [f"{FEATURES}/flag-{number}/environments/development" for number in range(FLAGS)]
    turned = ("off", "on")
    paths = [f"{places[number % FLAGS]}/{turned[number // FLAGS % 2]}" for number in range(CHANGES)]
    return [request("POST", path, ADMIN) for path in paths]


def main() -> None:
    if missing := find_missing():
        print(f"skipped: {missing} is not here")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = publish(folder)
        with (
            postgres(folder) as database,
            unleash(folder, database) as other,
            ours(folder) as server,
        ):
            one = (server, "/sdk/latest-all", environment["apiKey"])
            two = (other, POLL, CLIENT)
            size = len(poll(*one))
            fill_rival(other, FLAGS, size)
            report_polls(size, len(poll(*two)), [(measure(*one), measure(*two)) for _ in range(ROUNDS)])
            call(server.port, [request("POST", MANY, TOKEN, a_flag(n)) for n in range(FLAGS)], CALLERS)
            ours_wanted, rivals_wanted = list_changes(), list_changes_of_rival()
            report_changes(
                [
                    (call(server.port, ours_wanted, CALLERS), call(other.port, rivals_wanted, CALLERS))
                    for _ in range(ROUNDS)
                ]
            )


def report_polls(size: int, rival_size: int, pairs: list[tuple[float, float]]) -> None:
    print(f"{'polls of 350 flags for each second of CPU':44} {'bytes':>8} {'polls':>9}")
    print(f"{'ours':44} {size:8,} {max(pair[0] for pair in pairs):9,.0f}")
    print(
        f"{'unleash-server without its database':44} {rival_size:8,} {max(pair[1] for pair in pairs):9,.0f}"
    )
    print(f"{'ratio':44} {'':8} {max(one / two for one, two in pairs):8.1f}x")


def report_changes(pairs: list[tuple[Result, Result]]) -> None:
    """Medians of the rounds, which took turns."""
    print(f"{'changes of 350 flags, 16 callers':44} {'p95 ms':>8} {'each s':>9}")
    for name, results in zip(("ours", "unleash-server"), zip(*pairs, strict=True), strict=True):
        slow = median(result.quantile(0.95) for result in results)
        print(f"{name:44} {slow:8.1f} {median(result.rate for result in results):9,.0f}")
    print(f"{'ratio':44} {'':8} {median(one.rate / two.rate for one, two in pairs):8.1f}x")


if __name__ == "__main__":
    main()
