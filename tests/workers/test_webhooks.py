"""Changes on their way to a real receiver on loopback: in order, signed, tried again, given up, replayed."""

import hmac
from collections.abc import Iterator
from pathlib import Path

import pytest

from flagstaff.storage.audit import prune
from flagstaff.storage.jobs import MOST_ATTEMPTS
from tests.features.integrations.webhooks.calls import MANY, deliveries, make_webhook
from tests.support.flag_calls import instruct, make
from tests.support.receiver import ALLOWED, Receiver, receiving
from tests.support.server import TestServer

FLAGS = [{"effect": "allow", "actions": ["*"], "resources": ["proj/*:env/production:flag/*"]}]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def caller(template: Path, tmp_path: Path) -> Iterator[TestServer]:
    """A server that may call receivers on loopback."""
    running = TestServer(template, tmp_path, FLAGSTAFF_ALLOWED_NETWORKS=ALLOWED).start()
    yield running
    running.stop()


def send(server: TestServer) -> None:
    server.run(server.wired.jobs.run_due())


def test_each_change_arrives_once_in_order_as_the_audit_log_shows_it(
    caller: TestServer, receiver: Receiver
) -> None:
    make_webhook(caller, receiver.url, statements=FLAGS)
    make(caller, "first")
    instruct(caller, {"kind": "turnFlagOn"}, key="first", environment="production")
    instruct(caller, {"kind": "turnFlagOn"}, key="first", environment="test")
    make(caller, "second")

    send(caller)

    assert receiver.titles == [
        "Flag first: created the flag",
        "Flag first: turned on the flag",
        "Flag second: created the flag",
    ]
    entry = receiver.entries[1]
    assert entry == caller.get(f"/api/v2/auditlog/{entry['_id']}").json
    assert entry["previousVersion"]["environments"]["production"]["on"] is False
    assert entry["currentVersion"]["environments"]["production"]["on"] is True


def test_a_body_is_signed_with_the_secret(caller: TestServer, receiver: Receiver) -> None:
    make_webhook(caller, receiver.url, statements=FLAGS, sign=True, secret="between us")
    make(caller)

    send(caller)

    expected = hmac.new(b"between us", receiver.bodies[0], "sha256").hexdigest()
    assert receiver.headers[0]["X-LD-Signature"] == expected
    assert receiver.headers[0]["Content-Type"] == "application/json"


def test_without_a_secret_nothing_is_signed(caller: TestServer, receiver: Receiver) -> None:
    make_webhook(caller, receiver.url, statements=FLAGS)
    make(caller)

    send(caller)

    assert "X-LD-Signature" not in receiver.headers[0]


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_is_not_taken_is_sent_again_under_the_same_id_and_before_anything_newer(
    caller: TestServer, receiver: Receiver, status: int
) -> None:
    made = make_webhook(caller, receiver.url, statements=FLAGS)
    receiver.statuses = [status]
    make(caller, "first")
    send(caller)
    assert deliveries(caller, made)[0]["error"] == f"the receiver answered {status}"

    make(caller, "second")
    send(caller)
    assert len(receiver.bodies) == 1  # it waits before it tries again
    caller.clock.advance(seconds=10)
    send(caller)

    assert receiver.titles == ["Flag first: created the flag"] * 2 + ["Flag second: created the flag"]
    assert receiver.ids[0] == receiver.ids[1] != receiver.ids[2]
    assert [item["state"] for item in deliveries(caller, made)] == ["delivered"] * 2
    assert [item["attempts"] for item in deliveries(caller, made)] == [1, 2]


def test_after_repeated_failure_a_webhook_is_paused_with_a_notice(
    caller: TestServer, receiver: Receiver
) -> None:
    made = make_webhook(caller, receiver.url, statements=FLAGS)
    receiver.statuses = [503] * MOST_ATTEMPTS
    make(caller, "first")
    make(caller, "second")
    for _ in range(MOST_ATTEMPTS):
        send(caller)
        caller.clock.advance(seconds=600)

    paused = caller.get(f"{MANY}/{made['_id']}").json

    assert (paused["on"], len(receiver.bodies)) == (False, MOST_ATTEMPTS)
    assert paused["_notice"] == f"Paused after {MOST_ATTEMPTS} failed attempts: the receiver answered 503"
    assert [item["state"] for item in deliveries(caller, made)] == ["waiting", "failed"]


def test_a_webhook_that_is_turned_on_again_goes_on_with_what_waits(
    caller: TestServer, receiver: Receiver
) -> None:
    made = make_webhook(caller, receiver.url, statements=FLAGS)
    make(caller, "first")
    caller.patch(f"{MANY}/{made['_id']}", [{"op": "replace", "path": "/on", "value": False}])
    send(caller)
    assert receiver.bodies == []

    caller.patch(f"{MANY}/{made['_id']}", [{"op": "replace", "path": "/on", "value": True}])
    send(caller)

    assert receiver.titles == ["Flag first: created the flag"]


def test_a_replay_is_sent_under_an_id_of_its_own(caller: TestServer, receiver: Receiver) -> None:
    made = make_webhook(caller, receiver.url, statements=FLAGS)
    make(caller)
    send(caller)
    (first,) = deliveries(caller, made)

    caller.post(f"/api/v2/flagstaff/webhooks/{made['_id']}/deliveries/{first['_id']}/replay")
    send(caller)

    assert receiver.bodies[0] == receiver.bodies[1]
    assert receiver.ids[0] != receiver.ids[1]


def test_a_private_address_is_not_called_unless_allowed(server: TestServer, receiver: Receiver) -> None:
    made = make_webhook(server, receiver.url.replace("127.0.0.1", "localhost"), statements=FLAGS)
    make(server)

    send(server)

    assert receiver.bodies == []
    assert "FLAGSTAFF_ALLOWED_NETWORKS can allow it" in deliveries(server, made)[0]["error"]


def test_webhooks_do_not_wait_for_each_other(caller: TestServer, receiver: Receiver) -> None:
    make_webhook(caller, "http://127.0.0.1:1/nobody", statements=FLAGS)
    make_webhook(caller, receiver.url, statements=FLAGS)
    make(caller)

    send(caller)

    assert receiver.titles == ["Flag checkout: created the flag"]


def test_a_change_that_the_audit_log_no_longer_keeps_holds_nothing_up(
    caller: TestServer, receiver: Receiver
) -> None:
    made = make_webhook(caller, receiver.url, statements=FLAGS)
    receiver.statuses = [500]
    make(caller, "first")
    send(caller)
    caller.clock.advance(seconds=10)
    make(caller, "second")
    caller.write(lambda tx: prune(tx, before=tx.now, most=100))

    send(caller)

    assert receiver.titles == ["Flag first: created the flag", "Flag second: created the flag"]
    assert [item["state"] for item in deliveries(caller, made)] == ["delivered", "failed"]
    assert deliveries(caller, made)[1]["error"] == "the audit log no longer keeps the change"
