"""Refused writes in the audit log, over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.http import denials
from flagstaff.storage import audit
from tests.support.client import OWNER, READER, WRITER
from tests.support.flag_calls import MANY, ONE, make
from tests.support.server import TestServer

LOG = "/api/v2/auditlog"
TURN_ON = {"environmentKey": "test", "instructions": [{"kind": "turnFlagOn"}]}
HERE = "proj/default:env/test:flag/checkout"


def refused(server: TestServer) -> list[dict[str, Any]]:
    """The refusals in the log, newest first."""
    items = server.get(LOG, query={"limit": 20}).json["items"]
    return [item for item in items if "refused" in item["titleVerb"]]


def turn_on(server: TestServer, token: str, **how: Any) -> int:
    return server.patch(ONE, TURN_ON, semantic=True, as_=token, **how).status


def test_a_refused_write_is_in_the_log_with_who_tried_what(server: TestServer) -> None:
    make(server)

    assert turn_on(server, READER) == 403

    (entry,) = refused(server)
    assert entry["accesses"] == [{"action": "updateOn", "resource": HERE, "access": "deny"}]
    assert (entry["kind"], entry["name"], entry["token"]["ending"]) == ("flag", "checkout", READER[-4:])
    assert entry["title"] == (
        "[owner@example.com](mailto:owner@example.com) was refused `updateOn` on the flag "
        "[checkout](/default/test/features/checkout) in `Test`"
    )
    detail = server.get(f"{LOG}/{entry['_id']}").json
    assert not {"previousVersion", "currentVersion"} & set(detail)
    assert server.read(audit.verify) is None


def test_what_is_allowed_says_nothing_of_access(server: TestServer) -> None:
    make(server)
    assert turn_on(server, OWNER) == 200

    assert all("access" not in access for access in server.get(LOG).json["items"][0]["accesses"])


def test_a_refusal_is_noted_once_a_minute(server: TestServer) -> None:
    make(server)

    assert [turn_on(server, READER) for _ in range(3)] == [403] * 3
    server.clock.advance(seconds=59)
    turn_on(server, READER)
    assert len(refused(server)) == 1

    server.clock.advance(seconds=1)
    turn_on(server, READER)
    assert len(refused(server)) == 2


def test_other_callers_actions_and_resources_are_noted_by_themselves(server: TestServer) -> None:
    make(server)
    make(server, "search")
    other = server.add_token(role="reader")

    turn_on(server, READER)
    turn_on(server, other)
    server.delete(ONE, as_=READER)
    server.delete(f"{MANY}/search", as_=READER)

    assert [(entry["token"]["ending"], entry["accesses"][0]["action"]) for entry in refused(server)] == [
        (READER[-4:], "deleteFlag"),
        (READER[-4:], "deleteFlag"),
        (other[-4:], "updateOn"),
        (READER[-4:], "updateOn"),
    ]


def test_processes_share_what_they_have_noted(server: TestServer) -> None:
    make(server)
    turn_on(server, READER)

    server.wired.dispatcher.denials = denials.Denials(server.database)  # as another process has it
    turn_on(server, READER)

    assert len(refused(server)) == 1


def test_each_environment_that_refused_is_an_access(server: TestServer) -> None:
    make(server)
    token = server.add_token(
        Statement("allow", resources=("proj/*:env/test:flag/*",), actions=("*",)),
    )

    assert server.delete(ONE, as_=token).status == 403

    (entry,) = refused(server)
    assert [access["resource"] for access in entry["accesses"]] == [
        "proj/default:env/production:flag/checkout"
    ]


def test_what_is_hidden_or_only_read_leaves_no_entry(server: TestServer) -> None:
    make(server)
    blind = server.add_token(Statement("deny", resources=("proj/default",), actions=("viewProject",)))

    assert turn_on(server, blind) == 404
    assert server.get(ONE, as_=blind).status == 404
    assert turn_on(server, "api-unknown") == 401

    assert refused(server) == []


def test_a_token_beyond_its_maker_is_refused_in_the_log(server: TestServer) -> None:
    body = {"name": "More", "role": "admin", "serviceToken": False}

    assert server.post("/api/v2/tokens", body, as_=WRITER).status == 403

    assert [entry["accesses"][0]["action"] for entry in refused(server)] == ["createAccessToken"]


def test_a_refusal_is_no_change_that_others_are_told_of(server: TestServer) -> None:
    hook = {"url": "https://example.com/hook", "on": True, "sign": False}
    assert server.post("/api/v2/webhooks", hook).status == 200
    make(server)
    before = server.count("outbox"), server.count("deliveries")

    turn_on(server, READER)

    assert (server.count("outbox"), server.count("deliveries")) == before


def test_nobody_can_fill_the_log_with_refusals(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(denials, "MOST", 4)  # of accesses; a new flag has one in each environment

    for number in range(5):
        body = {"key": f"new-{number}", "name": "New"}
        assert server.post(MANY, body, as_=READER).status == 403

    assert len(refused(server)) == 2
    server.clock.advance(seconds=60)
    server.post(MANY, {"key": "later", "name": "Later"}, as_=READER)
    assert len(refused(server)) == 3


@pytest.mark.parametrize("key", ["", "k" * 3_000])
def test_what_can_have_no_such_name_leaves_no_entry(server: TestServer, key: str) -> None:
    role = {"key": key, "name": "Ops", "policy": []}

    assert server.post("/api/v2/roles", role, as_=READER).status == 403

    assert refused(server) == []
