"""Servers in processes of their own, whose processor time a benchmark reads."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

TOKEN = "api-rest-benchmark-0000-0000-000000000001"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_resident(process_id: int) -> int:
    """Bytes of memory that are resident."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


class Server:
    """A server in a process of its own; `{port}` in its command or settings is where it listens."""

    def __init__(self, command: list[str], settings: dict[str, str], log: Path) -> None:
        self.port = free_port()
        command = [part.replace("{port}", str(self.port)) for part in command]
        settings = {name: value.replace("{port}", str(self.port)) for name, value in settings.items()}
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *command], env=os.environ | settings, stdout=output, stderr=output
            )

    def wait(self, path: str) -> None:
        while not self._answers(path):
            assert self.process.poll() is None, "the server has ended"
            time.sleep(0.05)

    def _answers(self, path: str) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{self.port}{path}").is_success
        return False

    @property
    def cpu(self) -> float:
        """The seconds of processor time so far, of all threads."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    @property
    def evaluation(self) -> str:
        """Whether its package for evaluation is compiled, by the libraries that it has loaded."""
        return "compiled" if "__mypyc" in Path(f"/proc/{self.process.pid}/maps").read_text() else "plain"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@contextmanager
def started(command: list[str], settings: dict[str, str], log: Path, path: str) -> Iterator[Server]:
    """A server, once it answers at that path; it is stopped in the end."""
    server = Server(command, settings, log)
    try:
        server.wait(path)
        yield server
    finally:
        server.stop()


@contextmanager
def ours(folder: Path, **more: str) -> Iterator[Server]:
    """Flagstaff on a new database; `more` are settings by their names."""
    settings = {
        "FLAGSTAFF_DATABASE_URL": f"sqlite:///{folder / 'flagstaff.db'}",
        "FLAGSTAFF_PORT": "{port}",
        "FLAGSTAFF_ADMIN_TOKEN": TOKEN,
        "FLAGSTAFF_LOG_FORMAT": "json",
        "FLAGSTAFF_ACCOUNT_LIMIT": "10000000",
        "FLAGSTAFF_ROUTE_LIMIT": "10000000",
        **more,
    }
    command = ["-m", "flagstaff", "serve"]
    with started(command, settings, folder / "server.log", "/readyz") as server:
        yield server
