"""`/status`, as scripts that watch a Relay Proxy ask for it."""

from pathlib import Path

import pytest

from flagstaff.delivery.status import obscure
from tests.delivery.serving import Environment, serving
from tests.support import calls
from tests.support.server import TestServer, make_template


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("sdk-0a11ce00-0000-4000-8000-0000000abcde", "sdk-********-****-****-****-*******abcde"),
        ("0a11ce00-abcde", "********-abcde"),
    ],
)
def test_of_a_key_only_the_end_is_shown(key: str, shown: str) -> None:
    assert obscure(key) == shown


def test_nobody_learns_of_environments_without_a_key(environment: Environment) -> None:
    answer = calls.get(environment.server.url + "/status")

    assert answer.status_code == 200
    assert answer.json() == {
        "environments": {},
        "status": "healthy",
        "version": answer.json()["clientVersion"],
        "clientVersion": answer.json()["version"],
    }


def test_an_unknown_key_is_refused(environment: Environment) -> None:
    assert environment.server.get("/status", Authorization="sdk-unknown").status_code == 401


def test_a_key_shows_its_environment(tmp_path: Path) -> None:
    server = TestServer(make_template(tmp_path / "template.db"), tmp_path).start()
    key = server.sdk_key("production")
    environment = server.get("/api/v2/projects/default/environments/production").json

    answer = server.get("/status", as_=key)
    server.stop()

    shown = answer.json["environments"]
    assert answer.json["status"] == "healthy"
    assert list(shown) == ["Default Production"]
    status = shown["Default Production"]
    valid = status.pop("connectionStatus")
    assert valid["state"] == "VALID"
    assert valid["stateSince"] > 0
    assert status == {
        "sdkKey": obscure(key),
        "envId": environment["_id"],
        "envKey": "production",
        "envName": "Production",
        "projKey": "default",
        "projName": "Default",
        "status": "connected",
        "dataStoreStatus": valid,
    }


def test_a_database_that_cannot_be_read_is_told(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server:
        server.run(server.database.stop())
        answer = server.get("/status")
        server.database.__post_init__()
        server.call(server.database.start)

    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
