"""The requests of the Android and iOS SDKs, as their sources send them, against a real server."""

import base64
import gzip
import json
import socket
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from tests.delivery.wire import Event, Wire
from tests.support.process import Process, wait_until

pytestmark = pytest.mark.contract
ADA = {"kind": "user", "key": "ada", "name": "Ada?>"}
PHONE = {
    "kind": "multi",
    "user": {"key": "ada", "name": "Ada"},
    "ld_application": {"envAttributesVersion": "1.0", "id": "shop", "key": "c2hvcA==", "version": "2.1"},
    "ld_device": {
        "envAttributesVersion": "1.0",
        "key": "0f1e2d3c",
        "manufacturer": "Apple",
        "os": {"family": "Apple", "name": "iOS", "version": "17.4"},
    },
}
TAGS = "application-id/shop application-name/Shop application-version/2.1 application-version-name/spring"


@dataclass(frozen=True)
class Mobile:
    """What an SDK adds to each of its requests by itself, in its order, and to some of them."""

    name: str
    headers: dict[str, str]  # of all requests
    stream: dict[str, str]
    report: dict[str, str]  # of a body that is a context
    events: dict[str, str]
    packs: bool = False

    def sign(self, key: str) -> dict[str, str]:
        """Those of all requests; both name what sort of key it is."""
        return {"Authorization": f"api_key {key}", **self.headers, "X-LaunchDarkly-Tags": TAGS}


ANDROID = Mobile(
    "AndroidClient",
    {
        "User-Agent": "AndroidClient/5.9.2",
        "Connection": "Keep-Alive",
        "Accept-Encoding": "gzip",
    },
    {"Accept": "text/event-stream", "Cache-Control": "no-cache"},
    {"Content-Type": "application/json; charset=utf-8"},
    {"Content-Type": "application/json; charset=utf-8"},
)
IOS = Mobile(
    "iOS",
    {
        "User-Agent": "iOS/9.15.0",
        "X-LaunchDarkly-Wrapper": "react-native-client-sdk/10.9.2",
        "Accept": "*/*",
        "Accept-Language": "en-US,en;q=0.9",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "keep-alive",
    },
    {"Accept": "text/event-stream", "Cache-Control": "no-cache"},
    {"Content-Type": "application/x-www-form-urlencoded"},  # URLSession's own, for a body without a type
    {"Content-Type": "application/json", "Accept": "application/json"},
    packs=True,
)
BOTH = pytest.mark.parametrize("sdk", [ANDROID, IOS], ids=lambda sdk: sdk.name)
REPORTS = pytest.mark.parametrize("report", [False, True], ids=["GET", "REPORT"])


@pytest.fixture(scope="module")
def flag(process: Process) -> str:
    """A flag that mobile SDKs may see, and that serves true to Ada."""
    availability = {"usingEnvironmentId": False, "usingMobileKey": True}
    process.call(
        "POST", "/flags/default", {"key": "tab", "name": "Tab", "clientSideAvailability": availability}
    )
    hidden = {"usingEnvironmentId": True, "usingMobileKey": False}
    process.call("POST", "/flags/default", {"key": "web", "name": "W", "clientSideAvailability": hidden})
    variations = process.call("GET", "/flags/default/tab")["variations"]
    process.instruct(
        "tab",
        {"kind": "turnFlagOn"},
        {"kind": "updateFallthroughVariationOrRollout", "variationId": variations[1]["_id"]},
        {
            "kind": "addTargets",
            "contextKind": "user",
            "values": ["ada"],
            "variationId": variations[0]["_id"],
        },
    )
    return "tab"


def encode(context: Any) -> str:
    """URL-safe and padded, as both do; iOS sorts the members."""
    return base64.urlsafe_b64encode(json.dumps(context, sort_keys=True).encode()).decode()


@contextmanager
def sending(
    process: Process, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
) -> Iterator[Wire]:
    with Wire(socket.create_connection(("127.0.0.1", process.port), timeout=20)) as wire:
        length = {"Content-Length": str(len(body))} if body else {}
        wire.request(method, path, {**headers, **length}, body)
        wire.read_head()
        yield wire


@contextmanager
def asking(
    process: Process, sdk: Mobile, path: str, context: Any, *, report: bool = False, **headers: str
) -> Iterator[Wire]:
    """Ask for what is evaluated for a context; a `*` in the path is where GET puts it."""
    key, method = process.environment()["mobileKey"], "REPORT" if report else "GET"
    sent = sdk.sign(key) | (sdk.report if report else {}) | headers
    body = json.dumps(context, sort_keys=True).encode() if report else b""
    whole = path.replace("*", "" if report else f"s/{encode(context)}")
    with sending(process, method, whole, sent, body) as wire:
        yield wire


def read_json(wire: Wire) -> Any:
    wire.read_response()
    packed = wire.headers.get("content-encoding") == "gzip"
    return json.loads(gzip.decompress(wire.body) if packed else wire.body)


@BOTH
@REPORTS
@pytest.mark.parametrize("context", [ADA, PHONE], ids=["user", "with what it runs on"])
def test_a_poll_is_answered(process: Process, flag: str, sdk: Mobile, report: bool, context: Any) -> None:
    with asking(process, sdk, "/msdk/evalx/context*?withReasons=true", context, report=report) as wire:
        assert (wire.status, wire.headers["content-type"]) == (200, "application/json")
        found = read_json(wire)

    assert list(found) == [flag]
    assert found[flag]["value"] is True
    assert found[flag]["reason"] == {"kind": "TARGET_MATCH"}
    for name in ("version", "flagVersion", "variation"):
        assert type(found[flag][name]) is int  # iOS takes no other number


def test_a_poll_of_ios_with_the_etag_of_the_last_one_is_not_answered_anew(
    process: Process, flag: str
) -> None:
    path = "/msdk/evalx/context*"
    with asking(process, IOS, path, ADA) as wire:
        etag = wire.headers["etag"]
    with asking(process, IOS, path, ADA, **{"If-None-Match": etag}) as wire:
        assert (wire.read_response(), wire.body, wire.headers["etag"]) == (304, b"", etag)
    with asking(process, IOS, path, PHONE, **{"If-None-Match": etag}) as wire:
        assert list(read_json(wire)) == [flag]


def test_an_android_cache_may_keep_nothing_without_asking(process: Process, flag: str) -> None:
    with asking(process, ANDROID, "/msdk/evalx/context*", ADA) as wire:
        assert wire.headers["cache-control"] == "no-cache"
        assert list(read_json(wire)) == [flag]


@BOTH
@REPORTS
def test_a_stream_tells_of_results_in_the_four_events_that_it_knows(
    process: Process, flag: str, sdk: Mobile, report: bool
) -> None:
    path = f"/meval{'' if report else '/' + encode(ADA)}?withReasons=true"
    with asking(process, sdk, path, ADA, report=report, **sdk.stream) as wire:
        assert wire.status == 200
        assert wire.headers["content-type"].startswith("text/event-stream")
        first = wire.read_change()
        assert (first.name, list(first.data)) == ("put", [flag])
        process.instruct(flag, {"kind": "turnFlagOff"})
        assert value_of(wire.read_change(), flag) is False
        process.instruct(flag, {"kind": "turnFlagOn"})
        assert value_of(wire.read_change(), flag) is True


def value_of(event: Event, flag: str) -> Any:
    assert (event.name, event.data["key"]) == ("patch", flag)
    return event.data["value"]


@REPORTS
def test_android_in_data_saving_mode_goes_on_from_what_it_holds(
    process: Process, flag: str, report: bool
) -> None:
    path = f"/sdk/poll/eval{'' if report else '/' + encode(ADA)}"
    with asking(process, ANDROID, path, ADA, report=report) as wire:
        events = read_json(wire)["events"]
    assert [event["event"] for event in events] == ["server-intent", "put-object", "payload-transferred"]
    assert (events[1]["data"]["kind"], events[1]["data"]["key"]) == ("flag-eval", flag)
    state = events[2]["data"]["state"]
    with asking(process, ANDROID, f"{path}?basis={state}", ADA, report=report) as wire:
        (event,) = read_json(wire)["events"]
    assert event["data"]["payloads"][0]["intentCode"] == "none"


def post(process: Process, sdk: Mobile, path: str, body: Any, **headers: str) -> int:
    text = json.dumps(body).encode()
    sent = sdk.sign(process.environment()["mobileKey"]) | sdk.events | headers
    if sdk.packs:
        text, sent["Content-Encoding"] = gzip.compress(text), "gzip"
    with sending(process, "POST", path, sent, text) as wire:
        wire.read_response()
        assert wire.headers["date"]
        return wire.status


def told(process: Process, sql: str, *values: str) -> list[Any]:
    with closing(sqlite3.connect(process.folder / "flagstaff-events.db")) as connection:
        return connection.execute(sql, values).fetchall()


@BOTH
def test_events_are_stored_once_also_when_they_are_sent_again(
    process: Process, flag: str, sdk: Mobile
) -> None:
    tracked, now = f"bought-{sdk.name}", 1_700_000_000_000
    counters = [{"count": 2, "value": True, "variation": 0, "version": 3}]
    features = {f"counted-{sdk.name}": {"default": False, "contextKinds": ["user"], "counters": counters}}
    events = [
        {"kind": "identify", "creationDate": now, "key": "ada", "context": PHONE},
        {"kind": "custom", "creationDate": now, "key": tracked, "context": PHONE, "metricValue": 1.5},
        {
            "kind": "feature",
            "creationDate": now,
            "key": flag,
            "context": PHONE,
            "value": True,
            "variation": 0,
        },
        {"kind": "summary", "startDate": now - 30_000, "endDate": now, "features": features},
    ]
    headers = {"X-LaunchDarkly-Event-Schema": "4", "X-LaunchDarkly-Payload-ID": str(uuid4())}
    for _ in range(2):
        assert post(process, sdk, "/mobile/events/bulk", events, **headers) == 202

    raw = "SELECT value, contexts FROM raw_events JOIN event_keys ON event_keys.id = key_id WHERE key = ?"
    ((value, keys),) = wait_until(lambda: told(process, raw, tracked), "the events are stored")
    assert (value, json.loads(keys)["user"]) == (1.5, "ada")
    counted = "SELECT variation, version, sum(count) FROM flag_counters WHERE flag_key = ?"
    assert told(process, counted, f"counted-{sdk.name}") == [(0, 3, 2)]
    wrapper = sdk.headers.get("X-LaunchDarkly-Wrapper", "")
    senders = told(process, "SELECT DISTINCT source, wrapper FROM sdk_counters WHERE sdk = ?", sdk.name)
    assert senders == [("mobile", wrapper)]
    applications = "SELECT source, name FROM applications WHERE key = ?"
    assert told(process, applications, "shop") == [("mobile", "Shop")]


@BOTH
def test_diagnostics_are_accepted(process: Process, sdk: Mobile) -> None:
    event = {
        "kind": "diagnostic-init",
        "id": {"diagnosticId": str(uuid4()), "sdkKeySuffix": "a1b2c3"},
        "creationDate": 1_700_000_000_000,
        "sdk": {"name": "mobile-client-sdk", "version": "9.15.0"},
        "configuration": {"customBaseURI": True, "streamingDisabled": False, "mobileKeyCount": 1},
        "platform": {"name": "swift", "systemName": "iOS", "systemVersion": "17.4"},
    }

    assert post(process, sdk, "/mobile/events/diagnostic", event) == 202


@BOTH
@pytest.mark.parametrize("path", ["/msdk/evalx/context", "/meval", "/mobile/events/bulk"])
def test_a_key_that_was_replaced_is_refused_for_good(process: Process, sdk: Mobile, path: str) -> None:
    method = "POST" if path.startswith("/mobile") else "REPORT"
    with sending(process, method, path, sdk.sign("mob-unknown") | sdk.events, b"{}") as wire:
        assert wire.read_response() == 401
