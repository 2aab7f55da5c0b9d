"""Event posts as whole requests: what is answered, and what is kept of it."""

import base64
import gzip
from pathlib import Path

import msgspec
import pytest

from flagstaff.intake.posts import BROWSERS, MOBILES, PIXEL, ROUTES, SERVERS
from tests.intake.sdk import Sdk, a_custom, a_feature, a_summary, an_index
from tests.support.server import TestServer

EVENT_PATHS = ["/bulk", "/mobile", "/mobile/events", "/mobile/events/bulk", "/events/bulk/{environment}"]
DIAGNOSTIC_PATHS = ["/diagnostic", "/mobile/events/diagnostic", "/events/diagnostic/{environment}"]
DIAGNOSTIC = b'{"kind":"diagnostic-init","id":{"diagnosticId":"a"},"platform":{"name":"JS"}}'


@pytest.mark.parametrize("path", EVENT_PATHS)
@pytest.mark.parametrize("packed", [False, True])
def test_events_are_kept_whichever_way_they_come(sdk: Sdk, path: str, packed: bool) -> None:
    body = msgspec.json.encode([a_summary(), an_index(), a_custom()])
    headers = {"Content-Encoding": "gzip"} if packed else {}
    answer = sdk.post(path=path, body=gzip.compress(body) if packed else body, **headers)
    assert (answer.status, answer.body) == (202, b"")
    assert sdk.rows("flag_key, variation, version, context_kinds, count", "flag_counters") == [
        ("checkout", 0, 7, "user", 3)
    ]
    assert sdk.rows("kind, key, name", "contexts") == [("user", "ada", "Ada")]
    assert sdk.raw("kind, key, contexts") == [("custom", "bought", '{"user":"ada"}')]
    assert sdk.counted("events_accepted") == 3


@pytest.mark.parametrize("path", EVENT_PATHS)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[]", 202),
        (DIAGNOSTIC, 202),
        (b"", 400),
        (b"[", 400),
        (b"1", 400),
        (b"no JSON", 400),
        (b'"text"', 400),
    ],
)
def test_a_body_is_an_array_or_an_object_that_is_tolerated(
    sdk: Sdk, path: str, body: bytes, status: int
) -> None:
    assert sdk.post(path=path, body=body).status == status


@pytest.mark.parametrize("path", DIAGNOSTIC_PATHS)
@pytest.mark.parametrize(
    ("body", "status"),
    [(DIAGNOSTIC, 202), (gzip.compress(DIAGNOSTIC, mtime=0), 202), (b"[]", 400), (b"", 400), (b"{", 400)],
)
def test_a_diagnostic_is_one_object(sdk: Sdk, path: str, body: bytes, status: int) -> None:
    headers = {"Content-Encoding": "gzip"} if body[:1] == b"\x1f" else {}
    assert sdk.post(path=path, body=body, **headers).status == status


@pytest.mark.parametrize(
    ("path", "key", "status"),
    [
        ("/bulk", "", 401),
        ("/bulk", "sdk-unknown", 401),
        ("/diagnostic", "sdk-unknown", 401),
        ("/mobile", "mob-unknown", 401),
        ("/mobile/events/diagnostic", "", 401),
        ("/events/bulk/000000000000000000000000", "", 404),
        ("/events/diagnostic/000000000000000000000000", "", 404),
    ],
)
def test_a_key_that_nobody_knows_is_refused(sdk: Sdk, path: str, key: str, status: int) -> None:
    assert sdk.server.post(path, [], as_=key).status == status


def test_ios_says_what_sort_of_key_it_sends(sdk: Sdk) -> None:
    key = f"api_key {sdk.server.mobile_key()}"
    assert sdk.server.post("/mobile", [a_custom()], as_=key).status == 202


def test_the_same_payload_sent_again_counts_once(sdk: Sdk) -> None:
    payload = {"X-LaunchDarkly-Payload-ID": "0b6c7c2e-5b4e-4f0e-8b3e-1a2b3c4d5e6f"}
    for _ in range(3):
        sdk.send(a_summary(), a_custom(), **payload)
    sdk.send(a_summary(), X_LaunchDarkly_Payload_ID="another")
    assert sdk.rows("count", "flag_counters") == [(6,)]
    assert len(sdk.raw("key")) == 1
    assert sdk.counted("events_dropped", reason="duplicate") == 4


def test_payloads_sent_again_at_the_same_time_count_once(sdk: Sdk) -> None:
    call = {
        "method": "POST",
        "path": "/bulk",
        "as_": sdk.server.sdk_key(),
        "json": [a_summary()],
        "headers": {"X-LaunchDarkly-Event-Schema": "4", "X-LaunchDarkly-Payload-ID": "one"},
    }
    answers = sdk.server.request_all(*[call] * 8)
    assert {answer.status for answer in answers} == {202}
    assert sdk.rows("count", "flag_counters") == [(3,)]


def test_payloads_without_an_id_all_count(sdk: Sdk) -> None:
    sdk.send(a_summary())
    sdk.send(a_summary())
    assert sdk.rows("count", "flag_counters") == [(6,)]


def test_one_bad_event_is_refused_and_the_others_count(sdk: Sdk) -> None:
    sdk.send(
        a_summary(),
        {"kind": "custom"},
        7,
        {"kind": "newer"},
        a_feature(context={"kind": "user", "key": ""}),
        a_custom(),
    )
    assert sdk.rows("count", "flag_counters") == [(3,)]
    assert sdk.raw("key") == [("bought",)]
    assert sdk.counted("events_accepted") == 2
    assert sdk.counted("events_refused", reason="malformed") == 2
    assert sdk.counted("events_refused", reason="unknown_kind") == 1
    assert sdk.counted("events_refused", reason="context") == 1


@pytest.mark.parametrize("packed", [False, True])
def test_a_body_over_the_limit_is_counted_and_answered_as_if_kept(sdk: Sdk, packed: bool) -> None:
    spaces = b"[" + b" " * (100_000_001 if packed else 10_000_001) + b"]"
    body = gzip.compress(spaces, 1) if packed else spaces
    headers = {"Content-Encoding": "gzip"} if packed else {}
    assert sdk.post(path="/events/bulk/{environment}", body=body, **headers).status == 202
    assert sdk.counted("event_bodies_refused") == 1
    sdk.send(a_summary())


ENCODED = base64.b64encode(msgspec.json.encode([an_index({"key": "???>>>~~~"}, "identify")])).decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/a/{{id}}.gif?d={ENCODED}", 200),
        (f"/a/{{id}}.gif?d={ENCODED.replace('+', '%2B').replace('/', '%2F')}", 200),
        ("/a/{id}.gif?d=W10", 200),
        ("/a/{id}.gif?d=!", 400),
        ("/a/{id}.gif", 400),
        ("/a/{id}.png?d=W10", 404),
        ("/a/{id}?d=W10", 404),
        ("/a/000000000000000000000000.gif?d=W10", 404),
    ],
)
def test_events_may_come_in_the_query_of_an_image(sdk: Sdk, path: str, status: int) -> None:
    answer = sdk.server.get(path.format(id=sdk.environment_id), as_="")
    assert answer.status == status
    if status == 200:
        assert (answer.headers["content-type"], answer.body) == ("image/gif", PIXEL)
        seen = [("user", "???>>>~~~")] if ENCODED[:20] in path else []
        assert sdk.rows("kind, key", "contexts") == seen


def test_secure_mode_does_not_concern_events(sdk: Sdk) -> None:
    patch = [{"op": "replace", "path": "/secureMode", "value": True}]
    answer = sdk.server.patch("/api/v2/projects/default/environments/production", patch)
    assert answer.status == 200
    sdk.send(a_custom(), path="/events/bulk/{environment}")


@pytest.mark.parametrize("path", sorted({path for _, path, _ in BROWSERS}))
def test_a_preflight_is_answered_to_everybody(sdk: Sdk, path: str) -> None:
    for id_ in (sdk.environment_id, "unknown"):
        filled = path.format(environment=id_, file=f"{id_}.gif")
        answer = sdk.server.request("OPTIONS", filled, as_="", headers={"Origin": "http://shop.test"})
        assert (answer.status, answer.body) == (200, b"")
        assert answer.headers["access-control-allow-origin"] == "http://shop.test"
        methods = {row[0] for row in BROWSERS if row[1] == path}
        assert set(answer.headers["access-control-allow-methods"].split(", ")) == {"OPTIONS", *methods}


def test_pages_may_read_the_date_and_errors(sdk: Sdk) -> None:
    for id_, status in [(sdk.environment_id, 202), ("0" * 24, 404)]:
        answer = sdk.server.post(f"/events/bulk/{id_}", [], as_="", headers={"Origin": "http://shop.test"})
        assert answer.status == status
        assert answer.headers["access-control-allow-origin"] == "http://shop.test"
        assert "Date" in answer.headers["access-control-expose-headers"]


def test_servers_and_mobile_sdks_need_no_preflight() -> None:
    preflights = {path for method, path, _ in ROUTES if method == "OPTIONS"}
    assert preflights.isdisjoint({path for _, path, _ in (*SERVERS, *MOBILES)})


def test_each_environment_has_its_own(sdk: Sdk) -> None:
    sdk.send(a_summary())
    test_key = sdk.server.sdk_key("test")
    headers = {"X-LaunchDarkly-Event-Schema": "4"}
    assert sdk.server.post("/bulk", [a_summary(), an_index()], as_=test_key, headers=headers).status == 202
    assert sdk.rows("count", "flag_counters") == [(3,)]
    assert sdk.rows("key", "contexts") == []
    every = sdk.server.event_rows("SELECT sum(count), count(DISTINCT environment_id) FROM flag_counters")
    assert every == [(6, 2)]


def test_a_payload_is_known_again_after_a_restart(sdk: Sdk, tmp_path: Path) -> None:
    payload = {"X-LaunchDarkly-Payload-ID": "one"}
    sdk.send(a_summary(), **payload)
    sdk.server.run(sdk.server.wired.intake.stop())
    folder = tmp_path / "restarted"
    folder.mkdir()
    again = Sdk(TestServer(sdk.server.database.path, folder).start())
    again.send(a_summary(), **payload)
    assert again.rows("count", "flag_counters") == [(3,)]
    again.server.stop()


def test_a_server_that_stops_asks_to_be_called_again(sdk: Sdk) -> None:
    sdk.server.run(sdk.server.wired.intake.stop())
    answer = sdk.post(a_summary())
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert sdk.counted("events_dropped", reason="overload") == 1
