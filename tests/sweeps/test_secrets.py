"""No secret gets into the audit log, the outbox, the logs, or in plain text into the database at all."""

import json
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from flagstaff.storage.audit import unpack
from tests.support.client import NOBODY, OWNER, READER, SESSION, WRITER, Answer
from tests.support.server import OWNER_PASSWORD, SECRET_KEY, TestServer
from tests.sweeps.calls import EVERY, call_example
from tests.sweeps.examples import FORGOTTEN, INVITED

ENVIRONMENTS = ("production", "test")


def read_secrets(server: TestServer) -> set[str]:
    keys = {key(name) for key in (server.sdk_key, server.mobile_key) for name in ENVIRONMENTS}
    return {OWNER, WRITER, READER, SECRET_KEY, SESSION, OWNER_PASSWORD, INVITED, FORGOTTEN} | keys


def find_secrets(answer: Answer) -> set[str]:
    """What an answer shows this once: the secret of a session, of a link, of a second factor."""
    cookie = SimpleCookie(answer.headers.get("set-cookie", "")).get("flagstaff-session")
    shown = answer.json if answer.body.startswith(b"{") else {}
    codes = [code.replace("-", "") for code in shown.get("recoveryCodes", ())]
    link = str(shown.get("link", "")).rpartition("/")[2]
    factor = shown["secret"] if "uri" in shown else ""
    return {secret for secret in (cookie.value if cookie else "", link, factor, *codes) if secret}


def test_no_secret_is_written_down(
    server: TestServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = read_secrets(server)
    for row in EVERY:
        if row.method == "DELETE":  # what would be deleted is still needed
            continue
        secrets |= find_secrets(call_example(server, row))
        call_example(server, row, as_=NOBODY)
        call_example(server, row, as_=server.sdk_key(), headers={"X-Sent": server.mobile_key()})
        secrets |= read_secrets(server)

    logs = capsys.readouterr()
    versions = [unpack(found) for (found,) in server.rows("SELECT versions FROM audit_log")]
    files = b"".join(path.read_bytes() for path in tmp_path.glob("flagstaff.db*") if path.is_file())
    written = json.dumps(versions) + logs.out + logs.err

    assert len(secrets) > 8
    assert "answered" in logs.out
    assert [secret for secret in secrets if secret in written or secret.encode() in files] == []
