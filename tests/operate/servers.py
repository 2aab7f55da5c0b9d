"""Real servers that start fast: each is forked from one process that has imported everything."""

import http.client
import json
import multiprocessing
import os
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flagstaff.cli import main
from flagstaff.config import Config, load_config
from tests.support.process import SEMANTIC, TOKEN, free_port, wait_until

HERE = "127.0.0.1"
BROKEN = (OSError, http.client.HTTPException)  # what a server that is gone makes of a call
forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["flagstaff.cli", "pytest"])


def _serve(environ: dict[str, str], log: str) -> None:
    """What a forked process does: `flagstaff serve`, with its output in a file."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.update(environ)
    sys.argv = ["flagstaff", "serve"]
    main()


@dataclass
class Forked:
    """A server on a free port whose files lie in `folder`; the first access token is TOKEN."""

    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def config(self) -> Config:
        return load_config(self.environ)

    @property
    def environ(self) -> dict[str, str]:
        return {
            "FLAGSTAFF_DATABASE_URL": f"sqlite:///{self.folder / 'flagstaff.db'}",
            "FLAGSTAFF_PORT": str(self.port),
            "FLAGSTAFF_ADMIN_TOKEN": TOKEN,
            "FLAGSTAFF_LOG_FORMAT": "json",
        }

    def start(self) -> "Forked":
        """Start it and wait until it accepts connections."""
        log = str(self.folder / "log")
        self.process = forks.Process(target=_serve, args=(self.environ, log), daemon=True)
        self.process.start()
        wait_until(self._listens, "the server listens")
        return self

    def kill(self) -> None:
        self.process.kill()
        self.process.join(20)

    def stop(self) -> float:
        """Ask it to end, as a service manager does; the seconds that it took. It must end well."""
        started = time.monotonic()
        self.process.terminate()
        self.process.join(20)
        took = time.monotonic() - started
        assert self.process.exitcode == 0, (self.folder / "log").read_text()
        return took

    def _listens(self) -> bool:
        assert self.process.is_alive(), (self.folder / "log").read_text()
        with closing(Caller(self.port)) as caller, suppress(*BROKEN):
            return caller.request("GET", "/readyz")[0] == 200
        return False


@dataclass
class Caller:
    """Calls a server over one connection; raises one of BROKEN when it is gone."""

    port: int

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(HERE, self.port, timeout=20)

    def request(self, method: str, path: str, body: Any = None, *, semantic: bool = False) -> tuple[int, Any]:
        headers = {"Authorization": TOKEN, "Content-Type": SEMANTIC if semantic else "application/json"}
        self._connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self._connection.getresponse()
        content = answer.read()
        return answer.status, json.loads(content) if content else None

    def must(self, method: str, path: str, body: Any = None, *, semantic: bool = False) -> Any:
        """A call that must succeed; its JSON."""
        status, found = self.request(method, path, body, semantic=semantic)
        assert status < 300, (status, found)
        return found

    def close(self) -> None:
        self._connection.close()
