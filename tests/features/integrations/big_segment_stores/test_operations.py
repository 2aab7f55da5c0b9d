"""Persistent store integrations over HTTP."""

from typing import Any

import pytest

from tests.support.client import READER
from tests.support.server import TestServer

EVERY = "/api/v2/integration-capabilities/big-segment-store"
STORES = f"{EVERY}/default/test/redis"
CONFIG = {"host": "redis.example.com", "password": "correct-horse-42"}


def make(server: TestServer, path: str = STORES, **members: Any) -> Any:
    answer = server.post(path, {"config": CONFIG, "name": "Ours"} | members, version="beta")
    assert answer.status == 201, answer
    return answer.json


def test_a_store_shows_how_it_is_reached_but_not_its_password(server: TestServer) -> None:
    made = make(server, tags=["b", "a"])

    environment = server.rows("SELECT id FROM environments WHERE key = 'test'")[0][0]
    assert made["config"] == {
        "host": "redis.example.com",
        "port": 6379,
        "password": "********e-42",
        "tlsEnabled": False,
        "prefix": environment,
    }
    assert (made["integrationKey"], made["projectKey"], made["environmentKey"]) == (
        "redis",
        "default",
        "test",
    )
    assert (made["on"], made["tags"], made["version"], made["_status"]) == (False, ["a", "b"], 1, {})
    assert server.get(made["_links"]["self"]["href"], version="beta").json == made
    assert server.get(EVERY, version="beta").json["items"] == [made]
    stored = server.rows("SELECT body FROM big_segment_stores")[0][0]
    assert "correct-horse" not in str(stored)


def test_a_patch_keeps_the_password_that_it_does_not_name(server: TestServer) -> None:
    made = make(server)
    path = made["_links"]["self"]["href"]

    renamed = server.patch(path, [{"op": "replace", "path": "/name", "value": "Theirs"}], version="beta").json
    moved = server.patch(
        path, [{"op": "replace", "path": "/config/port", "value": 7000}], version="beta"
    ).json

    assert (renamed["name"], renamed["version"]) == ("Theirs", 2)
    assert (moved["config"]["port"], moved["config"]["password"]) == (7000, "********e-42")
    assert server.count("kept_secrets") == 1
    without = server.patch(path, [{"op": "remove", "path": "/config/password"}], version="beta").json
    assert "password" not in without["config"]
    assert server.count("kept_secrets") == 0


@pytest.mark.parametrize(
    ("path", "members", "reason"),
    [
        (STORES.replace("redis", "dynamodb"), {}, "DynamoDB is not available"),
        (STORES, {"config": {}}, "$.config.host"),
        (
            STORES,
            {"config": {**CONFIG, "hots": "x"}},
            "config variable hots not valid for integration type redis",
        ),
        (STORES, {"config": {**CONFIG, "port": 0}}, "$.config.port"),
        (STORES, {"config": {**CONFIG, "tlsEnabled": "yes"}}, "$.config.tlsEnabled"),
        (STORES, {"config": {**CONFIG, "host": "10.0.0.7"}}, "FLAGSTAFF_ALLOWED_NETWORKS"),
        (STORES, {"name": "x" * 300}, "$.name"),
        (STORES, {"tags": ["a b"]}, "tag 'a b'"),
    ],
)
def test_what_cannot_be_is_refused(server: TestServer, path: str, members: Any, reason: str) -> None:
    answer = server.post(path, {"config": CONFIG} | members, version="beta")

    assert answer.status == 400
    assert reason in answer.message


def test_two_stores_do_not_write_the_same_keys(server: TestServer) -> None:
    make(server)

    again = server.post(STORES, {"config": CONFIG}, version="beta")

    assert (again.status, "same prefix" in again.message) == (409, True)
    make(server, config=CONFIG | {"prefix": "mine"})


def test_a_reader_sees_stores_and_changes_none(server: TestServer) -> None:
    made = make(server)
    path = made["_links"]["self"]["href"]
    off = [{"op": "replace", "path": "/on", "value": True}]

    assert server.get(path, as_=READER, version="beta").json == made
    assert server.patch(path, off, as_=READER, version="beta").status == 403
    assert server.delete(path, as_=READER, version="beta").status == 403


def test_an_environment_takes_its_stores_along(server: TestServer) -> None:
    make(server, on=True)

    assert server.delete("/api/v2/projects/default/environments/test").status == 204

    assert server.get(EVERY, version="beta").json["items"] == []
    assert server.count("kept_secrets") == 0
    assert server.rows("SELECT kind FROM jobs WHERE kind = 'push_big_segments'") == []
