"""The keys of environments: new ones, old ones for a while, and what is gone with an environment."""

import pytest

from tests.features.projects.calls import ENVIRONMENTS, make_environment
from tests.support.audit import recorded
from tests.support.server import TestServer

TEST = f"{ENVIRONMENTS}/test"
POLL = "/sdk/latest-all"


def opens(server: TestServer, key: str) -> bool:
    status = server.get(POLL, as_=key).status
    assert status in {200, 401}
    return status == 200


def test_a_new_sdk_key_ends_the_old_one_at_once(server: TestServer) -> None:
    old = server.sdk_key("test")
    assert opens(server, old)

    shown = server.post(f"{TEST}/apiKey").json

    assert shown["apiKey"] == server.sdk_key("test") != old
    assert shown["_version"] == 2
    assert not opens(server, old)
    assert opens(server, shown["apiKey"])


def test_with_an_expiry_the_old_sdk_key_works_until_then(server: TestServer) -> None:
    old = server.sdk_key("test")

    new = server.post(f"{TEST}/apiKey", query={"expiry": server.clock.now + 60_000}).json["apiKey"]

    server.clock.advance(seconds=59.9)
    assert opens(server, old)
    assert opens(server, new)
    server.clock.advance(seconds=0.1)
    assert not opens(server, old)
    assert opens(server, new)


def test_keys_that_were_replaced_one_after_another_end_each_at_its_own_time(server: TestServer) -> None:
    keys = [server.sdk_key("test")]
    for seconds in (60, 30):
        expiry = server.clock.now + seconds * 1000
        keys.append(server.post(f"{TEST}/apiKey", query={"expiry": expiry}).json["apiKey"])

    assert [opens(server, key) for key in keys] == [True, True, True]
    server.clock.advance(seconds=30)
    assert [opens(server, key) for key in keys] == [True, False, True]
    server.clock.advance(seconds=30)
    assert [opens(server, key) for key in keys] == [False, False, True]


@pytest.mark.parametrize("expiry", [-1, 0, 1_600_000_000_000])
def test_an_expiry_in_the_past_is_at_once(server: TestServer, expiry: int) -> None:
    old = server.sdk_key("test")

    assert server.post(f"{TEST}/apiKey", query={"expiry": expiry}).status == 200
    assert not opens(server, old)


@pytest.mark.parametrize("expiry", ["soon", "1.5", str(2**64)])
def test_an_expiry_that_is_no_time_is_refused(server: TestServer, expiry: str) -> None:
    old = server.sdk_key("test")

    answer = server.post(f"{TEST}/apiKey", query={"expiry": expiry})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert server.sdk_key("test") == old


def test_a_new_mobile_key_ends_the_old_one_whatever_expiry_is_asked_for(server: TestServer) -> None:
    old = server.mobile_key("test")

    shown = server.post(f"{TEST}/mobileKey", query={"expiry": server.clock.now + 60_000}).json

    assert shown["mobileKey"] == server.mobile_key("test") != old
    kept = server.rows("SELECT count(*) FROM credentials WHERE kind = 'mobile' AND expires > 0")
    assert kept == [(0,)]
    assert opens(server, shown["apiKey"])


@pytest.mark.parametrize(("path", "verb"), [("apiKey", "SDK"), ("mobileKey", "mobile")])
def test_a_reset_leaves_an_entry_without_the_keys(server: TestServer, path: str, verb: str) -> None:
    before = server.count("audit_log")

    server.post(f"{TEST}/{path}")

    (entry,) = recorded(server, before)
    assert (entry.kind, entry.name, entry.verb) == ("environment", "Test", f"reset the {verb} key of")
    secrets = (server.sdk_key("test"), server.mobile_key("test"))
    assert not [secret for secret in secrets if secret in str(entry)]
    assert secrets[path == "mobileKey"][-4:] in str(entry.versions)


def test_the_keys_of_a_deleted_environment_open_nothing_any_more(server: TestServer) -> None:
    key = make_environment(server, "staging").json["apiKey"]
    assert opens(server, key)

    server.delete(f"{ENVIRONMENTS}/staging")

    assert not opens(server, key)


TABLES = ("environments", "credentials", "tags", "sdk_environments", "sdk_items")


def test_nothing_of_a_deleted_environment_is_left(server: TestServer) -> None:
    before = {table: server.count(table) for table in TABLES}
    make_environment(server, "staging", tags=["a"])
    server.post(f"{ENVIRONMENTS}/staging/apiKey", query={"expiry": server.clock.now + 60_000})

    server.delete(f"{ENVIRONMENTS}/staging")

    assert {table: server.count(table) for table in TABLES} == before


def test_browsers_must_prove_their_context_as_soon_as_secure_mode_is_on(server: TestServer) -> None:
    """And need not any more once it is off again: nothing of the other state is remembered."""
    client_id = server.get(TEST).json["_id"]
    poll = f"/sdk/evalx/{client_id}/contexts/eyJraW5kIjoidXNlciIsImtleSI6ImFkYSJ9"
    assert server.get(poll, as_="").status == 200
    for secure, status in ((True, 400), (False, 200)):
        server.patch(TEST, [{"op": "replace", "path": "/secureMode", "value": secure}])
        assert server.get(poll, as_="").status == status
