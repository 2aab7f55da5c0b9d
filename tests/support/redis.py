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

from tests.support.certificates import Certificate
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
def redis_server(folder: Path, certificate: Certificate | None = None) -> Iterator[RedisServer]:
    """Started here, and ended at the end; with a certificate it speaks TLS alone."""
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "127.0.0.2", "--save", "", "--dir", str(folder)]
    command += ["--requirepass", PASSWORD]
    if certificate is None:
        command += ["--port", str(port)]
        client = redis.Redis(port=port, password=PASSWORD, decode_responses=True)
    else:
        files = ["--tls-cert-file", str(certificate.file), "--tls-key-file", str(certificate.key)]
        command += ["--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no", *files]
        trusted = {"ssl": True, "ssl_ca_certs": str(certificate.file), "ssl_check_hostname": True}
        client = redis.Redis("127.0.0.1", port, password=PASSWORD, decode_responses=True, **trusted)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

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
