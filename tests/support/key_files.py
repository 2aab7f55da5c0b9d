"""Files of keys, and forms that carry them."""

from typing import Any

from tests.support.big_segments import CROWD
from tests.support.client import Answer
from tests.support.server import TestServer

BOUNDARY = "f0rm-b0undary"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def a_form(content: bytes | None, filename: str = "keys.csv", **fields: str) -> bytes:
    """A form with a file, unless it is None, and with fields."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if content is not None:
        head = f'Content-Disposition: form-data; name="file"; filename="{filename}"\r\nContent-Type: text/csv'
        parts.append(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def lines(*keys: str) -> bytes:
    return "".join(f"{key}\n" for key in keys).encode()


def send_file(
    server: TestServer, content: bytes | None, mode: str = "merge", path: str = CROWD, **how: Any
) -> Answer:
    """Begin an import."""
    fields = how.pop("fields", {})
    body = a_form(content, **{"mode": mode, **fields})
    how = {"content_type": FORM, "version": "beta", **how}
    return server.request("POST", f"{path}/imports", body=body, **how)


def run_jobs(server: TestServer) -> None:
    """Do everything that is queued."""
    server.run(server.wired.jobs.run_due())


def import_keys(server: TestServer, *keys: str, mode: str = "merge") -> str:
    """Import keys, wait for the end, and return the status of the import."""
    answer = send_file(server, lines(*keys), mode)
    assert answer.status == 204, answer
    run_jobs(server)
    return str(server.get(answer.headers["location"], version="beta").json["status"])
