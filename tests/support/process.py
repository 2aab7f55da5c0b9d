"""A real `flagstaff serve` in a process of its own, for tests with real clients."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from tests.support import calls

TOKEN = "api-contract-tests-0000-0000-0000-000000000001"
SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"
Found = TypeVar("Found")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Process:
    """A server on a free port, with its database in `folder`; the first access token is TOKEN."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_gone(self) -> bool:
        return self._process.poll() is not None

    @property
    def environ(self) -> dict[str, str]:
        """The environment of the server's commands."""
        return {
            **os.environ,
            "FLAGSTAFF_DATABASE_URL": f"sqlite:///{self.folder / 'flagstaff.db'}",
            "FLAGSTAFF_PORT": str(self.port),
            "FLAGSTAFF_ADMIN_TOKEN": TOKEN,
            "FLAGSTAFF_LOG_FORMAT": "json",
            **self.settings,
        }

    def start(self) -> "Process":
        """Start it and wait until it is ready."""
        self._output = (self.folder / "server.log").open("ab")
        command = [sys.executable, "-m", "flagstaff", "serve", *self.arguments]
        self._process = subprocess.Popen(
            command, env=self.environ, stdout=self._output, stderr=subprocess.STDOUT
        )
        wait_until(self._is_ready, "the server is ready", 90)
        return self

    def stop(self) -> float:
        """Ask it to end, as a service manager does; the seconds that it took."""
        started = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._end()
        return time.monotonic() - started

    def kill(self) -> None:
        self._process.kill()
        self._end()

    def _end(self) -> None:
        self._process.wait(20)
        self._output.close()

    def _is_ready(self) -> bool:
        if self._process.poll() is not None:
            raise AssertionError((self.folder / "server.log").read_text())
        try:
            return calls.get(f"{self.url}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def call(
        self, method: str, path: str, body: Any = None, *, semantic: bool = False, token: str = TOKEN
    ) -> Any:
        """A REST call that must succeed; its JSON."""
        media = SEMANTIC if semantic else "application/json"
        answer = calls.request(
            method,
            f"{self.url}/api/v2{path}",
            headers={"Authorization": token, "Content-Type": media},
            content=b"" if body is None else json.dumps(body).encode(),
        )
        assert answer.is_success, (answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def instruct(self, flag: str, *instructions: dict[str, Any], environment: str = "test") -> Any:
        body = {"environmentKey": environment, "instructions": instructions}
        return self.call("PATCH", f"/flags/default/{flag}", body, semantic=True)

    def environment(self, key: str = "test") -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/projects/default/environments/{key}")
        return found


@contextmanager
def serving(folder: Path, *arguments: str, **settings: str) -> Iterator[Process]:
    """A running server, stopped at the end."""
    process = Process(folder, settings=settings, arguments=arguments).start()
    try:
        yield process
    finally:
        process.stop()


def wait_until(condition: Callable[[], Found], what: str, seconds: float = 20) -> Found:
    """Ask again and again until the answer is true; what it was. Fails after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)  # another process can only be polled
    raise AssertionError(f"waited in vain until {what}")
