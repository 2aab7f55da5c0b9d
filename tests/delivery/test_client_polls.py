"""Polls of browsers and mobile SDKs, as their sources send them."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from flagstaff.delivery.client_polls import PACKED_FROM
from tests.delivery.clients import (
    ADA,
    BOB,
    FOR_BROWSERS,
    FOR_MOBILE,
    JSON,
    for_ada,
    for_members,
    in_path,
    publish,
    secure_hash,
)
from tests.delivery.serving import IDS, Environment, serving
from tests.support import calls

LEGACY = {"key": "ada", "email": "ada@shop.test", "anonymous": None, "custom": {"plan": "pro"}}
DEVICE = {
    "kind": "multi",
    "user": {"key": "ada"},
    "ld_application": {"key": "app", "envAttributesVersion": "1.0"},
    "ld_device": {"key": "phone", "envAttributesVersion": "1.0", "os": {"family": "iOS"}},
}
BROWSER = "/sdk/evalx/{id}/contexts/{context}"
MOBILE = "/msdk/evalx/contexts/{context}"


def ask(
    environment: Environment,
    path: str,
    context: Any = ADA,
    method: str = "GET",
    body: bytes = b"",
    **headers: str,
) -> httpx.Response:
    """Send a poll; in its path stand the client-side ID and the context."""
    filled = path.format(id=environment.id, context=in_path(context))
    if path.startswith("/msdk"):
        headers.setdefault("Authorization", environment.mobile_key)
    url = environment.server.url + filled
    return calls.request(method, url, content=body, headers=headers)


def browser(environment: Environment, context: Any = ADA, query: str = "", **headers: str) -> httpx.Response:
    return ask(environment, BROWSER + query, context, **headers)


ANDROID = {
    "User-Agent": "AndroidClient/5.9.2",
    "Accept-Encoding": "gzip",
    "X-LaunchDarkly-Wrapper": "flutter/1.0",
}
IOS = {"User-Agent": "iOS/9.15.0", "Authorization": "api_key {mobile}"}
WITH_SDK_KEY = {"Authorization": "{server}"}
JS3 = {"X-LaunchDarkly-User-Agent": "JSClient/3.9.5", "Origin": "http://shop.test"}
JS4 = {"x-launchdarkly-user-agent": "JSClient/4.10.3", "x-launchdarkly-tags": "application-id/shop"}


@pytest.mark.parametrize(
    ("method", "path", "context", "headers"),
    [
        ("GET", MOBILE, ADA, ANDROID),
        ("GET", MOBILE, DEVICE, ANDROID),
        ("REPORT", "/msdk/evalx/context", ADA, ANDROID | {"Content-Type": "application/json; charset=utf-8"}),
        ("GET", "/msdk/evalx/contexts/{context}?withReasons=true", ADA, IOS),
        (
            "REPORT",
            "/msdk/evalx/context",
            DEVICE,
            IOS | {"Content-Type": "application/x-www-form-urlencoded"},
        ),
        ("REPORT", "/msdk/evalx/context", ADA, IOS),
        ("GET", "/msdk/evalx/users/{context}", LEGACY, IOS),
        ("REPORT", "/msdk/evalx/user", LEGACY, ANDROID | JSON),
        ("GET", BROWSER, ADA, JS3),
        ("GET", BROWSER + "?h=abc&withReasons=true", ADA, JS3),
        ("GET", BROWSER + "?withReasons=true&h=abc", ADA, JS4),
        ("REPORT", "/sdk/evalx/{id}/context", ADA, JS3 | JSON),
        ("GET", "/sdk/evalx/{id}/users/{context}", LEGACY, JS3),
        ("REPORT", "/sdk/evalx/{id}/user", LEGACY, JS3 | JSON),
        ("GET", "//sdk/evalx/{id}/contexts/{context}", ADA, JS4),
        ("GET", "/sdk/evalx/contexts/{context}?withReasons=true", ADA, WITH_SDK_KEY),
        ("REPORT", "/sdk/evalx/context", DEVICE, WITH_SDK_KEY | JSON),
        ("GET", "/sdk/evalx/users/{context}", LEGACY, WITH_SDK_KEY),
        ("REPORT", "/sdk/evalx/user", LEGACY, WITH_SDK_KEY),
    ],
)
def test_every_sdk_gets_its_flags_evaluated(
    environment: Environment, method: str, path: str, context: Any, headers: dict[str, str]
) -> None:
    publish(environment, for_ada("flag"))
    keys = {"mobile": environment.mobile_key, "server": environment.key}
    sent = {name: value.format(**keys) for name, value in headers.items()}
    body = json.dumps(context).encode() if method == "REPORT" else b""
    answer = ask(environment, path, context, method, body, **sent)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-ld-envid"] == environment.id
    expected = {"value": True, "variation": 0, "version": 1, "flagVersion": 1}
    if "withReasons" in path:
        expected["reason"] = {"kind": "TARGET_MATCH"}
    assert answer.json() == {"flag": expected}


def test_an_environment_without_flags_has_no_results(environment: Environment) -> None:
    assert browser(environment).json() == {}


@pytest.mark.parametrize(("path", "seen"), [(BROWSER, "b"), (MOBILE, "m")])
def test_only_flags_for_that_kind_of_client_are_listed(
    environment: Environment, path: str, seen: str
) -> None:
    hidden = for_ada("hidden", clientSideAvailability={})
    needs = {"prerequisites": [{"key": "hidden", "variation": 0}]}
    publish(
        environment,
        hidden,
        for_ada("b", clientSideAvailability=FOR_BROWSERS, **needs),
        for_ada("m", clientSideAvailability=FOR_MOBILE, **needs),
    )
    results = ask(environment, path).json()
    assert list(results) == [seen]
    assert results[seen]["prerequisites"] == ["hidden"]
    assert results[seen]["value"] is True


def test_an_sdk_key_has_every_flag_evaluated(environment: Environment) -> None:
    publish(environment, for_ada("a", clientSideAvailability={}), for_ada("b"))

    def ask_with(key: str) -> httpx.Response:
        return ask(environment, "/sdk/evalx/contexts/{context}", Authorization=key)

    assert list(ask_with(environment.key).json()) == ["a", "b"]
    assert ask_with(environment.mobile_key).status_code == 401
    assert ask_with("").status_code == 401


def test_a_deleted_flag_is_absent(environment: Environment) -> None:
    publish(environment, for_ada("a"), for_ada("b"))
    browser(environment)
    environment.remove("flags", "a")
    assert list(browser(environment).json()) == ["b"]


def test_a_result_that_changed_without_its_flag_has_a_higher_version(environment: Environment) -> None:
    publish(environment, for_members("flag", "s"))
    environment.publish_segment("s", included=[])
    before = browser(environment).json()["flag"]
    environment.publish_segment("s", included=["ada"])
    after = browser(environment).json()["flag"]
    assert (before["value"], after["value"]) == (False, True)
    assert (before["version"], after["version"]) == (2, 3)
    assert (before["flagVersion"], after["flagVersion"]) == (1, 1)


def test_who_was_answered_sees_his_change_in_every_poll(environment: Environment) -> None:
    for number in range(20):
        publish(environment, *(for_ada(f"f{n}", variations=[number, -1]) for n in range(number * 2 + 1)))
        results = browser(environment).json()
        assert {result["value"] for key, result in results.items()} == {number}


TEXT = json.dumps({"kind": "user", "key": "ada", "name": "???>>>~~~ü"}).encode()


@pytest.mark.parametrize(
    "encoded",
    [
        base64.urlsafe_b64encode(TEXT).decode(),
        base64.urlsafe_b64encode(TEXT).decode().rstrip("="),
        base64.urlsafe_b64encode(TEXT).decode().replace("=", "%3D"),
        base64.b64encode(TEXT).decode().replace("/", "%2F"),
        base64.b64encode(TEXT).decode().replace("/", "%2F").replace("+", "%2B").rstrip("="),
    ],
)
def test_every_form_of_base64_is_read(environment: Environment, encoded: str) -> None:
    publish(environment, for_ada("flag"))
    for path in (f"/sdk/evalx/{environment.id}/contexts/", "/msdk/evalx/contexts/"):
        with environment.server.connect() as wire:
            wire.request("GET", path + encoded, {"Authorization": environment.mobile_key})
            assert wire.read_response() == 200
            assert json.loads(wire.body)["flag"]["value"] is True


def test_contexts_of_many_kilobytes_fit_into_a_path(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    context = ADA | {"note": "x" * 32_000}
    assert browser(environment, context).json()["flag"]["value"] is True


BAD_CONTEXTS = [
    b"",
    b"not JSON",
    b"[]",
    b'"ada"',
    b"null",
    b"{}",
    b'{"kind":"user"}',
    b'{"kind":"user","key":""}',
    b'{"kind":"user","key":1}',
    b'{"kind":"kind","key":"a"}',
    b'{"kind":"a b","key":"a"}',
    b'{"kind":"multi"}',
    b'{"kind":"multi","user":{"key":""}}',
    b'{"kind":"user","key":"a","anonymous":null}',
    b'{"kind":"user","key":"a","n":NaN}',
    b'{"kind":"user","key":"a","name":"' + b"x" * 65_536 + b'"}',
    b'{"a":' * 20_000,
    b"\xff\xfe\xfd",
]


@pytest.mark.parametrize("context", BAD_CONTEXTS, ids=range(len(BAD_CONTEXTS)))
@pytest.mark.parametrize("path", ["/sdk/evalx/{id}/context", "/msdk/evalx/context"])
def test_what_is_no_context_is_refused(environment: Environment, path: str, context: bytes) -> None:
    answer = ask(environment, path, method="REPORT", body=context, **JSON)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_request"
    encoded = base64.urlsafe_b64encode(context).decode() or "-"
    with environment.server.connect() as wire:
        in_segment = path.format(id=environment.id).replace("/context", f"/contexts/{encoded}")
        wire.request("GET", in_segment, {"Authorization": environment.mobile_key})
        assert wire.read_response() == 400


def test_a_user_of_the_old_schema_may_have_an_empty_key(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    assert browser(environment, {"key": ""}).json()["flag"]["value"] is False


@pytest.mark.parametrize("encoded", ["!", "a", "%00", "%20", "%C3%BC", "e30$"])
def test_what_is_no_base64_is_refused(environment: Environment, encoded: str) -> None:
    assert environment.server.get(f"/sdk/evalx/{environment.id}/contexts/{encoded}").status_code == 400


@pytest.mark.parametrize(
    ("media", "status"), [("text/html", 415), ("application/xml", 415), ("image/gif", 415)]
)
@pytest.mark.parametrize("path", ["/sdk/evalx/{id}/context", "/msdk/evalx/context"])
def test_another_content_type_is_refused(
    environment: Environment, path: str, media: str, status: int
) -> None:
    body = json.dumps(ADA).encode()
    answer = ask(environment, path, method="REPORT", body=body, **{"Content-Type": media})
    assert answer.status_code == status


@pytest.mark.parametrize("id_", ["0" * 24, "x", "0" * 100, "%C3%BC"])
def test_an_unknown_client_side_id_is_not_found_and_pages_may_read_that(
    environment: Environment, id_: str
) -> None:
    answer = environment.server.get(f"/sdk/evalx/{id_}/contexts/{in_path(ADA)}", Origin="http://shop.test")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert answer.headers["access-control-allow-origin"] == "http://shop.test"


@pytest.mark.parametrize("authorization", ["", "mob-unknown", "Bearer {mobile}", "{server}", "{id}"])
def test_an_unknown_mobile_key_is_unauthorized(environment: Environment, authorization: str) -> None:
    key = authorization.format(mobile=environment.mobile_key, server=environment.key, id=environment.id)
    answer = ask(environment, MOBILE, Authorization=key)
    assert answer.status_code == 401


def test_a_payload_filter_is_not_found(environment: Environment) -> None:
    assert browser(environment, query="?filter=mine").status_code == 404
    assert browser(environment, query="?filter=").status_code == 200


def test_an_etag_is_of_context_reasons_client_and_data(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    etags = [
        browser(environment).headers["etag"],
        browser(environment, BOB).headers["etag"],
        browser(environment, query="?withReasons=true").headers["etag"],
        ask(environment, MOBILE).headers["etag"],
    ]
    publish(environment, for_ada("other"))
    etags.append(browser(environment).headers["etag"])
    assert len(set(etags)) == 5
    assert browser(environment).headers["etag"] == etags[4]
    report = ask(environment, "/sdk/evalx/{id}/context", method="REPORT", body=json.dumps(ADA).encode())
    assert report.headers["etag"] == etags[4]


@pytest.mark.parametrize("path", [BROWSER, MOBILE])
def test_who_holds_the_newest_results_is_told_so(environment: Environment, path: str) -> None:
    publish(environment, for_ada("flag"))
    etag = ask(environment, path).headers["etag"]
    answer = ask(environment, path, **{"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert ask(environment, path, BOB, **{"If-None-Match": etag}).status_code == 200
    publish(environment, for_ada("other"))
    assert ask(environment, path, **{"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(("flags", "encoding"), [(1, ""), (100, "gzip")])
def test_a_large_body_is_packed_for_those_who_accept_it(
    environment: Environment, flags: int, encoding: str
) -> None:
    publish(environment, *(for_ada(f"flag-{number}") for number in range(flags)))
    with environment.server.connect() as wire:
        path = f"/sdk/evalx/{environment.id}/contexts/{in_path(ADA)}"
        wire.request("GET", path, {"Accept-Encoding": "gzip, deflate, br"})
        assert wire.read_response() == 200
    assert wire.headers.get("content-encoding", "") == encoding
    body = gzip.decompress(wire.body) if encoding else wire.body
    assert len(json.loads(body)) == flags
    assert (len(body) >= PACKED_FROM) == bool(encoding)
    plain = browser(environment, **{"Accept-Encoding": "identity"})
    assert ("content-encoding" in plain.headers, plain.content) == (False, body)


@pytest.mark.parametrize(
    ("context", "message"),
    [
        ({"kind": "user", "key": "user-key-123"}, "user-key-123"),
        ({"key": "user-key-123"}, "user-key-123"),
        ({"kind": "other", "key": "user-key-123"}, "other:user-key-123"),
        ({"kind": "org", "key": "a:b%"}, "org:a%3Ab%25"),
        ({"kind": "multi", "user": {"key": "u"}, "org": {"key": "o"}}, "org:o:user:u"),
    ],
)
def test_secure_mode_wants_a_hash_of_the_fully_qualified_key(
    environment: Environment, context: Any, message: str
) -> None:
    environment.save(secure_mode=True)
    right = secure_hash(environment.key, message)
    assert browser(environment, context, f"?h={right}&withReasons=true").status_code == 200
    assert browser(environment, context, f"?withReasons=true&h={right}").status_code == 200
    body = json.dumps(context).encode()
    for query, status in [(f"?h={right}", 200), ("", 400)]:
        report = ask(environment, "/sdk/evalx/{id}/context" + query, method="REPORT", body=body)
        assert report.status_code == status


@pytest.mark.parametrize(
    "query", ["", "?h=", "?h=abc", "?h=%C3%BC%00", "?h={bob}", "?h={plain}", "?h={mobile}"]
)
def test_secure_mode_refuses_any_other_hash(environment: Environment, query: str) -> None:
    environment.save(secure_mode=True)
    context = {"kind": "org", "key": "ada"}
    wrong = query.format(
        bob=secure_hash(environment.key, "org:bob"),
        plain=secure_hash(environment.key, "ada"),
        mobile=secure_hash(environment.mobile_key, "org:ada"),
    )
    answer = browser(environment, context, wrong, Origin="http://shop.test")
    assert answer.status_code == 400
    assert answer.json()["message"] == "Secure mode is on, and the hash of this context is missing or wrong"
    assert answer.headers["access-control-allow-origin"] == "http://shop.test"


def test_secure_mode_does_not_concern_mobile_sdks(environment: Environment) -> None:
    environment.save(secure_mode=True)
    assert ask(environment, MOBILE).status_code == 200


def test_a_hash_made_with_any_valid_key_is_accepted(environment: Environment) -> None:
    environment.save(secure_mode=True)
    old, new, newest = environment.key, IDS.secret("sdk"), IDS.secret("sdk")
    environment.reset_key(new, expires=environment.server.clock() + 3_600_000)
    for key in (old, new):
        assert browser(environment, ADA, f"?h={secure_hash(key, 'ada')}").status_code == 200
    environment.reset_key(newest)
    assert browser(environment, ADA, f"?h={secure_hash(new, 'ada')}").status_code == 400


def test_a_deleted_environment_is_not_found(environment: Environment) -> None:
    assert browser(environment).status_code == 200
    environment.delete()
    assert browser(environment).status_code == 404
    assert ask(environment, MOBILE).status_code == 401


def test_data_that_cannot_be_loaded_is_a_temporary_state(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server:
        environment = server.environment()
        server.run(server.database.stop())
        for path in (BROWSER, MOBILE):
            answer = ask(environment, path)
            assert answer.status_code == 503
            assert answer.headers["retry-after"]


def test_a_method_that_is_not_there_is_not_allowed(environment: Environment) -> None:
    answer = ask(environment, BROWSER, method="POST", body=b"{}")
    assert answer.status_code == 405


def test_goals_are_an_empty_list(environment: Environment) -> None:
    answer = environment.server.get(f"//sdk/goals/{environment.id}", Origin="http://shop.test")
    assert (answer.status_code, answer.json()) == (200, [])
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "http://shop.test"
    assert environment.server.get(f"/sdk/goals/{'0' * 24}").status_code == 404
