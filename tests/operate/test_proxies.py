"""The examples in deploy/ with the proxies themselves, where they are installed."""

import http.client
import json
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.operate.procedures import DOCUMENT
from tests.support.certificates import Certificate, make_certificate
from tests.support.process import TOKEN, Process, free_port, wait_until

DEPLOY = DOCUMENT.parents[1] / "deploy"
HERE = "127.0.0.1"
NGINX = """
daemon off; pid nginx.pid; error_log stderr; events { worker_connections 512; }
http {
    access_log off; include site.conf;
    client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
}
"""


def configure_nginx(folder: Path, server: int, port: int, certificate: Certificate) -> list[str]:
    """The command of a proxy on `port` before the server, as the example has it but for names and ports."""
    site = (DEPLOY / "nginx.conf").read_text().replace(f"{HERE}:8080", f"{HERE}:{server}")
    site = site.replace("listen 443 ssl", f"listen {HERE}:{port} ssl")
    site = re.sub(r"(ssl_certificate_key ).*;", rf"\g<1>{certificate.key};", site)
    site = re.sub(r"(ssl_certificate ).*;", rf"\g<1>{certificate.file};", site)
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(NGINX)
    return ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def configure_caddy(folder: Path, server: int, port: int, certificate: Certificate) -> list[str]:
    """The same for Caddy, with a certificate of ours in place of one that it would ask for."""
    site = (DEPLOY / "Caddyfile").read_text().replace(f"{HERE}:8080", f"{HERE}:{server}")
    tls = f"tls {certificate.file} {certificate.key}"
    site = site.replace("flags.example.com {", f"https://{HERE}:{port} {{\n\t{tls}")
    (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + site)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


class Proxied:
    """A server behind a proxy, called through that."""

    def __init__(self, port: int, certificate: Certificate) -> None:
        self._port, self._tls = port, ssl.create_default_context(cafile=certificate.file)

    def connect(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection(HERE, self._port, context=self._tls, timeout=20)

    def call(self, method: str, path: str, body: bytes | None = None, token: str = TOKEN) -> tuple[int, Any]:
        with closing(self.connect()) as connection:
            connection.request(
                method, path, body, {"Authorization": token, "Content-Type": "application/json"}
            )
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, json.loads(content) if content else None

    def answers(self) -> bool:
        try:
            return self.call("GET", "/readyz")[0] == 200
        except OSError:
            return False


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[None]:
    environ = {"HOME": str(folder), "PATH": os.environ["PATH"]}
    with (folder / "log").open("wb") as log:
        proxy = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environ)
    try:
        yield
    finally:
        proxy.kill()
        proxy.wait(20)


@pytest.fixture(params=[configure_nginx, configure_caddy], ids=["nginx", "caddy"])
def proxied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxied]:
    configure: Callable[..., list[str]] = request.param
    server, port, certificate = free_port(), free_port(), make_certificate(tmp_path)
    command = configure(tmp_path, server, port, certificate)
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    through = Proxied(port, certificate)
    process = Process(tmp_path, server, {"FLAGSTAFF_TRUSTED_PROXIES": HERE}).start()
    try:
        with running(command, tmp_path):
            wait_until(through.answers, "the proxy answers")
            yield through
    finally:
        process.stop()


def read_event(answer: http.client.HTTPResponse) -> tuple[str, Any]:
    """The next event of a stream; comments are passed over."""
    name = ""
    while line := answer.readline().decode():
        if line.startswith("event:"):
            name = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            return name, json.loads(line.removeprefix("data:"))
    raise AssertionError("the stream has ended")


def test_a_change_comes_through_an_open_stream_at_once(proxied: Proxied) -> None:
    _, production = proxied.call("GET", "/api/v2/projects/default/environments/production")
    with closing(proxied.connect()) as connection:
        connection.request("GET", "/all", headers={"Authorization": production["apiKey"]})
        with closing(connection.getresponse()) as stream:
            assert read_event(stream) == ("put", {"path": "/", "data": {"flags": {}, "segments": {}}})
            assert proxied.call("POST", "/api/v2/flags/default", b'{"key": "a", "name": "A"}')[0] == 201
            name, data = read_event(stream)

    assert (name, data["path"]) == ("patch", "/flags/a")


def test_paths_bodies_and_addresses_arrive_as_they_are(proxied: Proxied) -> None:
    status, error = proxied.call("GET", "/api/v2/projects/a%2Fb%25")
    assert (status, error["message"]) == (404, "Unknown project key a/b%")
    _, production = proxied.call("GET", "/api/v2/projects/default/environments/production")
    events = json.dumps(
        [{"kind": "identify", "creationDate": 1, "context": {"kind": "user", "key": "x" * 3_000_000}}]
    )
    assert proxied.call("POST", "/bulk", events.encode(), production["apiKey"])[0] == 202
    assert proxied.call("GET", "/metrics")[0] == 403
