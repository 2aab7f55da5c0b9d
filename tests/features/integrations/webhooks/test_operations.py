"""Webhooks over HTTP: made, listed, changed, deleted and refused, and their deliveries looked at."""

from typing import Any

import pytest

from tests.features.integrations.webhooks.calls import MANY, deliveries, make_webhook
from tests.support.client import READER
from tests.support.flag_calls import make
from tests.support.server import TestServer

ONLY_FLAGS = {"effect": "allow", "actions": ["*"], "resources": ["proj/*:env/*:flag/*"]}


@pytest.fixture(autouse=True)
def nothing_is_sent(server: TestServer) -> None:
    server.wired.jobs.stopping = True


def test_a_webhook_is_shown_as_it_was_made(server: TestServer) -> None:
    made = make_webhook(server, name="Chat", tags=["b", "a"], statements=[ONLY_FLAGS])

    assert (made["name"], made["on"], made["tags"]) == ("Chat", True, ["a", "b"])
    assert made["statements"] == [ONLY_FLAGS]
    assert "secret" not in made
    assert server.get(f"{MANY}/{made['_id']}").json == made
    assert server.get(MANY).json["items"] == [made]


def test_a_secret_is_made_kept_out_of_sight_and_shown_to_those_who_may_change_it(server: TestServer) -> None:
    made = make_webhook(server, sign=True)
    given = make_webhook(server, sign=True, secret="a secret of mine")

    assert len(made["secret"]) >= 32
    assert given["secret"] == "a secret of mine"
    shown = server.get(f"{MANY}/{given['_id']}", as_=READER).json
    assert shown["secret"] == "****mine"
    log = server.get("/api/v2/auditlog", query={"spec": "webhook/*"}).body
    assert made["secret"].encode() not in log
    assert b"a secret of mine" not in log


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"url": "https://example.com", "on": True}, "sign"),
        ({"on": True, "sign": False}, "url"),
        ({"url": "example.com", "on": True, "sign": False}, "$.url"),
        ({"url": "ftp://example.com", "on": True, "sign": False}, "$.url"),
        ({"url": "http://169.254.169.254/", "on": True, "sign": False}, "FLAGSTAFF_ALLOWED_NETWORKS"),
        ({"url": "https://example.com", "on": 1, "sign": False}, "$.on"),
        ({"url": "https://example.com", "on": True, "sign": False, "tags": ["a b"]}, "tag"),
        (
            {"url": "https://example.com", "on": True, "sign": False, "statements": [{"effect": "allow"}]},
            "$.statements[0]",
        ),
    ],
)
def test_what_is_no_webhook_is_refused(server: TestServer, body: dict[str, Any], reason: str) -> None:
    answer = server.post(MANY, body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message


@pytest.mark.parametrize(
    ("patch", "shown"),
    [
        ({"op": "replace", "path": "/on", "value": False}, {"on": False}),
        ({"op": "add", "path": "/name", "value": "Chat"}, {"name": "Chat"}),
        ({"op": "replace", "path": "/url", "value": "https://example.org"}, {"url": "https://example.org"}),
        ({"op": "add", "path": "/statements", "value": [ONLY_FLAGS]}, {"statements": [ONLY_FLAGS]}),
        ({"op": "replace", "path": "/tags", "value": ["new"]}, {"tags": ["new"]}),
        ({"op": "add", "path": "/secret", "value": "from now on"}, {"secret": "from now on"}),
        ({"op": "replace", "path": "/secret", "value": ""}, {}),
    ],
)
def test_each_member_is_changed(server: TestServer, patch: Any, shown: dict[str, Any]) -> None:
    made = make_webhook(server)

    answer = server.patch(f"{MANY}/{made['_id']}", [patch])

    assert answer.status == 200, answer
    assert answer.json == made | shown


@pytest.mark.parametrize(
    "patch", [{"op": "remove", "path": "/secret"}, {"op": "replace", "path": "/secret", "value": ""}]
)
def test_without_its_secret_a_webhook_signs_no_more(server: TestServer, patch: dict[str, str]) -> None:
    made = make_webhook(server, sign=True, secret="")

    changed = server.patch(f"{MANY}/{made['_id']}", [patch])

    assert len(made["secret"]) >= 32
    assert (changed.status, "secret" in changed.json) == (200, False)
    assert server.count("kept_secrets") == 0


def test_turning_on_and_off_has_its_own_words_in_the_log(server: TestServer) -> None:
    made = make_webhook(server)
    for on in (False, True):
        server.patch(f"{MANY}/{made['_id']}", [{"op": "replace", "path": "/on", "value": on}])

    items = server.get("/api/v2/auditlog", query={"spec": "webhook/*"}).json["items"]

    assert [entry["titleVerb"] for entry in items] == [
        "enabled the webhook",
        "disabled the webhook",
        "created the webhook",
    ]


def test_a_deleted_webhook_leaves_nothing_behind(server: TestServer) -> None:
    made = make_webhook(server, sign=True)
    make(server)

    assert server.delete(f"{MANY}/{made['_id']}").status == 204

    assert server.get(f"{MANY}/{made['_id']}").status == 404
    assert server.count("deliveries") == server.count("kept_secrets") == 0
    assert server.rows("SELECT count(*) FROM jobs WHERE kind = 'webhook'") == [(0,)]


def test_deliveries_have_pages(server: TestServer) -> None:
    made = make_webhook(server, statements=[ONLY_FLAGS])
    for number in range(3):
        make(server, f"flag-{number}")

    page = server.get(f"/api/v2/flagstaff/webhooks/{made['_id']}/deliveries", query={"limit": 2}).json

    assert (len(page["items"]), page["totalCount"]) == (2, 3)
    assert page["_links"]["next"]["href"].endswith("deliveries?limit=2&offset=2")
    assert all(item["state"] == "waiting" for item in page["items"])


def test_a_replay_is_a_delivery_of_its_own(server: TestServer) -> None:
    made = make_webhook(server, statements=[ONLY_FLAGS])
    make(server)
    (first,) = deliveries(server, made)
    path = f"/api/v2/flagstaff/webhooks/{made['_id']}/deliveries"

    again = server.post(f"{path}/{first['_id']}/replay")

    assert again.status == 201
    assert (again.json["replays"], again.json["entryId"]) == (first["_id"], first["entryId"])
    assert again.json["_id"] != first["_id"]
    assert server.post(f"{path}/nowhere/replay").status == 404


def test_nothing_is_replayed_while_a_webhook_is_off(server: TestServer) -> None:
    made = make_webhook(server)
    make(server)
    delivery = deliveries(server, made)[0]
    server.patch(f"{MANY}/{made['_id']}", [{"op": "replace", "path": "/on", "value": False}])

    answer = server.post(f"/api/v2/flagstaff/webhooks/{made['_id']}/deliveries/{delivery['_id']}/replay")

    assert (answer.status, answer.code) == (400, "invalid_request")


def test_a_change_is_told_in_sentences_without_its_secret(server: TestServer) -> None:
    path = f"{MANY}/{make_webhook(server, name='Chat')['_id']}"
    operations = [
        {"op": "replace", "path": "/name", "value": "Talk"},
        {"op": "add", "path": "/statements", "value": [ONLY_FLAGS]},
        {"op": "add", "path": "/secret", "value": "hush"},
        {"op": "add", "path": "/tags/-", "value": "ops"},
    ]
    assert server.patch(path, operations).status == 200

    said = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"][0]["description"].split("\n\n")

    assert said[0] == "- Changed the name from ~~`Chat`~~ to `Talk`"
    assert said[1].startswith("- Added the statement: Allow")
    assert said[2:] == ["- Added tag `ops`", "- Changed the secret"]
