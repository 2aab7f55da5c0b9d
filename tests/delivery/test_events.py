"""Event posts over HTTP, as SDKs send them."""

import gzip
from email.utils import parsedate_to_datetime

import httpx
import pytest

from tests.delivery.serving import Environment

EVENTS = b'[{"kind":"summary","features":{}},{"kind":"new","x":1}]'
DIAGNOSTIC = b'{"kind":"diagnostic-init","id":{}}'
HEADERS = {"Content-Type": "application/json", "X-LaunchDarkly-Event-Schema": "4"}


def post(environment: Environment, path: str, body: bytes, **headers: str) -> httpx.Response:
    sent = {"Authorization": environment.key, **HEADERS, **headers}
    return httpx.post(environment.server.url + path, content=body, headers=sent, trust_env=False)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/bulk", EVENTS, 202),
        ("/bulk", b"[]", 202),
        ("/bulk", DIAGNOSTIC, 202),
        ("/bulk", b"", 400),
        ("/bulk", b"not JSON", 400),
        ("/bulk", b'"text"', 400),
        ("/diagnostic", DIAGNOSTIC, 202),
        ("/diagnostic", EVENTS, 400),
        ("/diagnostic", b"", 400),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_body_is_checked(
    environment: Environment, path: str, body: bytes, status: int, packed: bool
) -> None:
    answer = (
        post(environment, path, gzip.compress(body), **{"Content-Encoding": "gzip"})
        if packed
        else (post(environment, path, body))
    )
    assert answer.status_code == status
    assert parsedate_to_datetime(answer.headers["date"]) is not None
    if status == 202:
        assert answer.content == b""


@pytest.mark.parametrize("path", ["/bulk", "/diagnostic"])
def test_a_body_may_come_without_a_length(environment: Environment, path: str) -> None:
    with environment.server.connect() as wire:
        wire.request("POST", path, {"Authorization": environment.key, "Transfer-Encoding": "chunked"})
        wire.send(b"%x\r\n%s\r\n" % (10, DIAGNOSTIC[:10]))
        wire.send(b"%x\r\n%s\r\n0\r\n\r\n" % (len(DIAGNOSTIC) - 10, DIAGNOSTIC[10:]))
        assert wire.read_response() == 202


@pytest.mark.parametrize("key", ["", "sdk-unknown", "Bearer {}"])
@pytest.mark.parametrize("path", ["/bulk", "/diagnostic"])
def test_a_post_needs_a_key(environment: Environment, path: str, key: str) -> None:
    answer = post(environment, path, EVENTS, Authorization=key.format(environment.key))
    assert answer.status_code == 401


def test_a_body_over_the_limit_is_counted_and_answered_as_if_kept(environment: Environment) -> None:
    refused = environment.server.counted("flagstaff_event_bodies_refused_total")
    answer = post(environment, "/bulk", b"[" + b" " * 11_000_000 + b"]")
    assert answer.status_code == 202
    assert environment.server.counted("flagstaff_event_bodies_refused_total") == refused + 1


def test_a_connection_serves_on_after_a_large_body(environment: Environment) -> None:
    with httpx.Client(trust_env=False, headers={"Authorization": environment.key}) as client:
        url = environment.server.url
        assert client.post(url + "/bulk", content=b"[" + b" " * 11_000_000 + b"]").status_code == 202
        assert client.get(url + "/sdk/latest-all").status_code == 200
