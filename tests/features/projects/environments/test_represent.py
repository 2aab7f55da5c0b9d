"""Who may see the keys of an environment."""

from tests.features.projects.calls import DEFAULT, ENVIRONMENTS, allow, deny
from tests.support.client import READER
from tests.support.server import TestServer

TEST = f"{ENVIRONMENTS}/test"


def masked(key: str) -> str:
    return f"****{key[-4:]}"


def test_readers_see_the_keys_unless_they_may_not(server: TestServer) -> None:
    token = server.add_token(deny(["viewSdkKey"], "proj/*:env/test"))
    keys = server.sdk_key("test"), server.mobile_key("test")

    full = server.get(TEST, as_=READER).json
    redacted = server.get(TEST, as_=token).json

    assert (full["apiKey"], full["mobileKey"]) == keys
    assert (redacted["apiKey"], redacted["mobileKey"]) == (masked(keys[0]), masked(keys[1]))
    assert redacted["_id"] == full["_id"]
    assert server.get(f"{ENVIRONMENTS}/production", as_=token).json["apiKey"] == server.sdk_key()


def test_they_are_masked_wherever_environments_are_shown(server: TestServer) -> None:
    token = server.add_token(allow(["*"], "proj/*", "proj/*:env/*"), deny(["viewSdkKey"], "proj/*:env/*"))
    rename = [{"op": "replace", "path": "/name", "value": "New"}]
    secrets = [key(name) for key in (server.sdk_key, server.mobile_key) for name in ("test", "production")]

    answers = [
        server.get(DEFAULT, as_=token, query={"expand": "environments"}),
        server.get(DEFAULT, as_=token, version="20160426"),
        server.get("/api/v2/projects", as_=token, query={"expand": "environments"}),
        server.get(ENVIRONMENTS, as_=token),
        server.patch(TEST, rename, as_=token),
        server.patch(DEFAULT, rename, as_=token),
    ]

    for answer in answers:
        assert answer.status == 200
        assert b"****" in answer.body
        assert not [secret for secret in secrets if secret.encode() in answer.body]


def test_whoever_may_reset_a_key_but_not_see_it_gets_it_masked(server: TestServer) -> None:
    token = server.add_token(allow(["updateApiKey"], "proj/*:env/*"), deny(["viewSdkKey"], "proj/*:env/*"))

    shown = server.post(f"{TEST}/apiKey", as_=token).json

    assert shown["apiKey"] == masked(server.sdk_key("test"))


def test_a_patch_cannot_find_out_a_key_that_is_masked(server: TestServer) -> None:
    token = server.add_token(allow(["*"], "proj/*:env/*"), deny(["viewSdkKey"], "proj/*:env/*"))
    check = {"op": "test", "path": "/apiKey", "value": server.sdk_key("test")}

    assert server.patch(TEST, [check]).status == 200
    assert server.patch(TEST, [check], as_=token).status == 409
