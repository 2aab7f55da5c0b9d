"""A real Redis on a free port of this machine, for the tests of stores."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.support.process import free_port, wait_until

PASSWORD = "swordfish-in-tests"
needed = pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="needs redis-server: apt-get install redis-server"
)


@dataclass(frozen=True)
class RedisServer:
    """Where it is; `client` reads text."""

    port: int
    client: Any

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"

    @property
    def config(self) -> dict[str, Any]:
        """What an integration is told of it."""
        return {"host": "127.0.0.1", "port": self.port, "password": PASSWORD}


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """Started here, and ended at the end."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([*command, "--requirepass", PASSWORD], stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port, password=PASSWORD, decode_responses=True)

    def answers() -> bool:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False

    try:
        wait_until(answers, "Redis answers")
        yield RedisServer(port, client)
    finally:
        client.close()
        process.terminate()
        process.wait(10)
