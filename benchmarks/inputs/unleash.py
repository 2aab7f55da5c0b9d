"""unleash-server, a rival, in a process of its own on a PostgreSQL of its own."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from inputs.servers import Server, free_port, started

RIVAL = Path(__file__).parents[1] / "unleash/node_modules/unleash-server"
ADMIN, CLIENT = "*:*.benchmark-admin", "default:development.benchmark-client"
POLL = "/api/client/features"
FEATURES = "/api/admin/projects/default/features"


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
    with started(program, settings, folder / "unleash.log", "/health") as server:
        yield server


def fill_rival(server: Server, flags: int, size: int) -> None:
    """So many flags, each on and for some users, until a poll has about as many bytes."""
    url = f"http://127.0.0.1:{server.port}{FEATURES}"
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
            sizes.append(len(poll(server, POLL, CLIENT)))
        each, left = sizes[1] - sizes[0], flags - 2
        padding = max(0, (size - sizes[1] - left * each) // left)
        for number in range(2, flags):
            make(number, padding)


def poll(server: Server, path: str, key: str) -> bytes:
    answer = httpx.get(f"http://127.0.0.1:{server.port}{path}", headers={"Authorization": key})
    answer.raise_for_status()
    return answer.content
