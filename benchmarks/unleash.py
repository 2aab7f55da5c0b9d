"""Polls of servers for 350 flags: requests for each second of CPU, against unleash-server with as many bytes.

It needs what `make rivals` installs, Node 20, PostgreSQL's programs and wrk; without one of them it says so.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from inputs.servers import Server, free_port, ours
from polls import publish

RIVAL = Path(__file__).parent / "unleash/node_modules/unleash-server"
ADMIN, CLIENT = "*:*.benchmark-admin", "default:development.benchmark-client"
FLAGS, SECONDS, ROUNDS, CALLERS = 350, 4, 3, 16


def find_missing() -> str:
    """What is not here; empty where all is."""
    if not RIVAL.exists():
        return "unleash-server (make rivals)"
    if _postgres("initdb") is None:
        return "PostgreSQL (apt-get install postgresql)"
    return next(
        (f"{name} (apt-get install {name})" for name in ("wrk", "node") if not shutil.which(name)), ""
    )


def _postgres(program: str) -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return found[-1] if found else None


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The URL of a cluster of its own, run by `postgres` where root may not."""
    port, data = free_port(), folder / "cluster"
    user: list[str] = []
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        folder.chmod(0o755)
        data.mkdir()
        os.chown(data, account.pw_uid, account.pw_gid)
        user = ["runuser", "-u", "postgres", "--"]

    def run(program: str, *arguments: str) -> None:
        command = [*user, str(_postgres(program)), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    run("initdb", "-D", str(data), "-A", "trust", "-U", "unleash")
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1"
    run("pg_ctl", "-D", str(data), "-o", options, "-l", str(data / "log"), "-w", "start")
    try:
        run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "unleash", "unleash")
        yield f"postgres://unleash@127.0.0.1:{port}/unleash"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


@contextmanager
def unleash(folder: Path, database: str) -> Iterator[Server]:
    """The rival in a process of its own."""
    settings = {
        "DATABASE_URL": database,
        "DATABASE_SSL": "false",
        "HTTP_PORT": "{port}",
        "HTTP_HOST": "127.0.0.1",
        "INIT_ADMIN_API_TOKENS": ADMIN,
        "INIT_CLIENT_API_TOKENS": CLIENT,
        "CHECK_VERSION": "false",
        "SEND_TELEMETRY": "false",
        "LOG_LEVEL": "error",
        "NODE_ENV": "production",
    }
    start = "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])"
    program = ["-c", start, "node", str(RIVAL / "dist/server.js")]
    server = Server(program, settings, folder / "unleash.log")
    try:
        server.wait("/health")
        yield server
    finally:
        server.stop()


def fill_rival(server: Server, size: int) -> None:
    """As many flags, each on and for some users, until a poll has about as many bytes."""
    url = f"http://127.0.0.1:{server.port}/api/admin/projects/default/features"
    with httpx.Client(headers={"Authorization": ADMIN}, timeout=60) as client:

        def make(number: int, padding: int) -> None:
            name = f"flag-{number}"
            keys = [f"{key:050}" for key in range(1 + padding // 53)]  # with quotes and a comma 53 bytes
            users = {"contextName": "userId", "operator": "IN", "values": keys}
            rollout = {"rollout": "50", "stickiness": "default", "groupId": name}
            strategy = {"name": "flexibleRollout", "constraints": [users], "parameters": rollout}
            place = f"{url}/{name}/environments/development"
            client.post(url, json={"name": name, "type": "release"}).raise_for_status()
            client.post(f"{place}/strategies", json=strategy).raise_for_status()
            client.post(f"{place}/on").raise_for_status()

        sizes = []
        for number in range(2):
            make(number, 0)
            sizes.append(len(poll(server, "/api/client/features", CLIENT)))
        each, left = sizes[1] - sizes[0], FLAGS - 2
        padding = max(0, (size - sizes[1] - left * each) // left)
        for number in range(2, FLAGS):
            make(number, padding)


def poll(server: Server, path: str, key: str) -> bytes:
    answer = httpx.get(f"http://127.0.0.1:{server.port}{path}", headers={"Authorization": key})
    answer.raise_for_status()
    return answer.content


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
            two = (other, "/api/client/features", CLIENT)
            size = len(poll(*one))
            fill_rival(other, size)
            report(size, len(poll(*two)), [(measure(*one), measure(*two)) for _ in range(ROUNDS)])


def report(size: int, rival_size: int, pairs: list[tuple[float, float]]) -> None:
    print(f"{'polls of 350 flags for each second of CPU':44} {'bytes':>8} {'polls':>9}")
    print(f"{'ours':44} {size:8,} {max(pair[0] for pair in pairs):9,.0f}")
    print(
        f"{'unleash-server without its database':44} {rival_size:8,} {max(pair[1] for pair in pairs):9,.0f}"
    )
    print(f"{'ratio':44} {'':8} {max(one / two for one, two in pairs):8.1f}x")


if __name__ == "__main__":
    main()
