"""No secret gets into the audit log, the outbox, the logs, or in plain text into the database at all."""

import json
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest

from flagstaff.storage.audit import unpack
from tests.support.client import NOBODY, OWNER, READER, SESSION, WRITER, Answer
from tests.support.server import OWNER_PASSWORD, SECRET_KEY, TestServer
from tests.sweeps.calls import EVERY, call_example
from tests.sweeps.examples import FORGOTTEN, INVITED

ENVIRONMENTS = ("production", "test")
# Of answers, wherever they stand; links and addresses that browsers are sent to end with a secret.
SECRET_MEMBERS = {
    *("token", "secret", "fullKey", "apiKey", "mobileKey", "_clientSecret"),
    *("access_token", "refresh_token", "link", "redirectUri"),
}
# What ends sessions, or replaces what others need.
LAST = ("beginSecondFactor", "putPassword", "resetPassword", "signOut")
SHORTENED = 12  # characters


def read_secrets(server: TestServer) -> set[str]:
    keys = {key(name) for key in (server.sdk_key, server.mobile_key) for name in ENVIRONMENTS}
    return {OWNER, WRITER, READER, SECRET_KEY, SESSION, OWNER_PASSWORD, INVITED, FORGOTTEN} | keys


def find_secrets(answer: Answer) -> set[str]:
    """What an answer shows: of a session, a link, a token, a client, a webhook, a relay, a second factor."""
    cookies = SimpleCookie(answer.headers.get("set-cookie", "")).values()
    shown = answer.json if answer.body.startswith((b"{", b"[")) else {}
    return {cookie.value for cookie in cookies if cookie.value} | set(list_secrets(shown))


def list_secrets(shown: Any) -> Iterator[str]:
    """The values of members that hold secrets; what is shortened to its last characters is none."""
    if isinstance(shown, list):
        for item in shown:
            yield from list_secrets(item)
    for name, value in shown.items() if isinstance(shown, dict) else ():
        if name in SECRET_MEMBERS and isinstance(value, str):
            secret = re.split(r"[/&]|code=", value.partition("&")[0])[-1]
            if len(secret) > SHORTENED and "*" not in secret:
                yield secret
        elif name == "invitation":
            yield value["href"].rpartition("/")[2]
        elif name == "recoveryCodes" and isinstance(value, list):
            yield from (code.replace("-", "") for code in value)
        else:
            yield from list_secrets(value)


def test_no_secret_is_written_down(
    server: TestServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = read_secrets(server)
    shown = 0
    for row in sorted(EVERY, key=lambda row: LAST.index(row.id) if row.id in LAST else -1):
        if row.method == "DELETE":  # what would be deleted is still needed
            continue
        answer = call_example(server, row)
        shown += answer.status < 400
        secrets |= find_secrets(answer)
        call_example(server, row, as_=NOBODY)
        call_example(server, row, as_=server.sdk_key(), headers={"X-Sent": server.mobile_key()})
        secrets |= read_secrets(server)

    logs = capsys.readouterr()
    versions = [unpack(found) for (found,) in server.rows("SELECT versions FROM audit_log")]
    files = b"".join(path.read_bytes() for path in tmp_path.glob("flagstaff.db*") if path.is_file())
    written = json.dumps(versions) + logs.out + logs.err

    assert len(secrets) > 40
    assert "answered" in logs.out
    assert shown > 0.95 * sum(row.method != "DELETE" for row in EVERY)
    assert [secret for secret in secrets if secret in written or secret.encode() in files] == []
