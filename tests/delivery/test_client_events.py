"""Event posts of browsers and mobile SDKs, as their sources send them."""

import base64
import gzip
import json
from email.utils import parsedate_to_datetime

import httpx
import pytest

from flagstaff.delivery.client_events import PIXEL
from tests.delivery.serving import Environment

EVENTS = json.dumps(
    [
        {"kind": "identify", "creationDate": 1, "context": {"kind": "user", "key": "ada"}},
        {"kind": "summary", "startDate": 1, "endDate": 2, "context": {"key": "ada"}, "features": {}},
        {"kind": "pageview", "key": "p", "url": "http://shop.test"},
        {"kind": "new", "x": 1},
    ]
).encode()
DIAGNOSTIC = b'{"kind":"diagnostic-init","id":{"diagnosticId":"a"},"platform":{"name":"JS"}}'
PAYLOAD = {"X-LaunchDarkly-Event-Schema": "4", "X-LaunchDarkly-Payload-ID": "5c1b0a5e"}
MOBILE = ["/mobile", "/mobile/events", "/mobile/events/bulk"]


def post(environment: Environment, path: str, body: bytes, **headers: str) -> httpx.Response:
    sent = {"Content-Type": "application/json", "Origin": "http://shop.test", **headers}
    if path.startswith("/mobile"):
        sent = {"Authorization": f"api_key {environment.mobile_key}", **sent}
    url = environment.server.url + path.format(id=environment.id)
    return httpx.post(url, content=body, headers=sent, trust_env=False)


@pytest.mark.parametrize("path", ["/events/bulk/{id}", *MOBILE])
@pytest.mark.parametrize(
    ("body", "status"), [(EVENTS, 202), (b"[]", 202), (DIAGNOSTIC, 202), (b"", 400), (b"[", 400), (b"1", 400)]
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_body_is_checked(
    environment: Environment, path: str, body: bytes, status: int, packed: bool
) -> None:
    packing = {"Content-Encoding": "gzip"} if packed else {}
    answer = post(environment, path, gzip.compress(body) if packed else body, **PAYLOAD, **packing)
    assert answer.status_code == status
    assert parsedate_to_datetime(answer.headers["date"]) is not None
    if status == 202:
        assert answer.content == b""


@pytest.mark.parametrize("path", ["/events/diagnostic/{id}", "/mobile/events/diagnostic"])
@pytest.mark.parametrize(("body", "status"), [(DIAGNOSTIC, 202), (EVENTS, 400), (b"", 400)])
def test_a_diagnostic_is_one_object(environment: Environment, path: str, body: bytes, status: int) -> None:
    assert post(environment, path, body).status_code == status


@pytest.mark.parametrize("path", ["/events/bulk/{id}", "/mobile"])
def test_a_body_may_come_without_a_length(environment: Environment, path: str) -> None:
    headers = {"Authorization": environment.mobile_key, "Transfer-Encoding": "chunked"}
    with environment.server.connect() as wire:
        wire.request("POST", path.format(id=environment.id), headers)
        wire.send(b"2\r\n[]\r\n0\r\n\r\n")
        assert wire.read_response() == 202


@pytest.mark.parametrize("path", ["/events/bulk/", "/events/diagnostic/"])
def test_pages_may_read_date_and_errors(environment: Environment, path: str) -> None:
    for id_, status in [(environment.id, 202), ("0" * 24, 404)]:
        answer = post(environment, path + id_, DIAGNOSTIC)
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == "http://shop.test"
        assert "Date" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("path", [*MOBILE, "/mobile/events/diagnostic"])
@pytest.mark.parametrize("authorization", ["", "mob-unknown", "{server}"])
def test_a_mobile_post_needs_a_mobile_key(environment: Environment, path: str, authorization: str) -> None:
    key = authorization.format(server=environment.key)
    assert post(environment, path, DIAGNOSTIC, Authorization=key).status_code == 401


def test_a_body_over_the_limit_is_answered_as_if_kept(environment: Environment) -> None:
    refused = environment.server.counted("flagstaff_event_bodies_refused_total")
    assert post(environment, "/events/bulk/{id}", b"[" + b" " * 11_000_000 + b"]").status_code == 202
    assert environment.server.counted("flagstaff_event_bodies_refused_total") == refused + 1


def test_secure_mode_does_not_concern_events(environment: Environment) -> None:
    environment.save(secure_mode=True)
    assert post(environment, "/events/bulk/{id}", EVENTS).status_code == 202


ENCODED = base64.b64encode(b'[{"kind":"identify","key":"???>>>~~~"}]').decode()


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
        (f"/a/{'0' * 24}.gif?d=W10", 404),
    ],
)
def test_events_may_come_in_the_query_of_an_image(environment: Environment, path: str, status: int) -> None:
    answer = environment.server.get(path.format(id=environment.id))
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["content-type"] == "image/gif"
        assert answer.content == PIXEL
        assert answer.content.startswith(b"GIF89a")
