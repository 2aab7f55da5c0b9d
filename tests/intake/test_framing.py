"""Event posts through sockets: bodies without a length, large ones, and what the answer's head says."""

import gzip
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from tests.delivery.serving import Environment, SdkServer, make_template, serving
from tests.intake.sdk import a_custom
from tests.support import calls

EVENTS = msgspec.json.encode([a_custom(), a_custom()])
DIAGNOSTIC = b'{"kind":"diagnostic-init","id":{"diagnosticId":"a"}}'


@pytest.fixture(scope="module")
def sockets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SdkServer]:
    folder: Path = tmp_path_factory.mktemp("sockets")
    with serving(make_template(tmp_path_factory.mktemp("empty")), folder) as running:
        yield running


@pytest.fixture
def environment(sockets: SdkServer) -> Environment:
    return sockets.environment()


def accepted(environment: Environment) -> float:
    return float(environment.server.counted("flagstaff_events_accepted_total"))


@pytest.mark.parametrize("path", ["/bulk", "/mobile", "/events/bulk/{id}"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_body_may_come_in_chunks_without_a_length(
    environment: Environment, path: str, packed: bool
) -> None:
    before = accepted(environment)
    key = environment.mobile_key if path == "/mobile" else environment.key
    headers = {"Authorization": key, "Transfer-Encoding": "chunked"}
    body = gzip.compress(EVENTS) if packed else EVENTS
    with environment.server.connect() as wire:
        encoding = {"Content-Encoding": "gzip"} if packed else {}
        wire.request("POST", path.format(id=environment.id), headers | encoding)
        wire.send(b"%x\r\n%s\r\n" % (10, body[:10]))
        wire.send(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body) - 10, body[10:]))
        assert wire.read_response() == 202
    assert accepted(environment) == before + 2


def test_a_diagnostic_may_come_in_chunks_without_a_length(environment: Environment) -> None:
    headers = {"Authorization": environment.key, "Transfer-Encoding": "chunked"}
    with environment.server.connect() as wire:
        wire.request("POST", "/diagnostic", headers)
        wire.send(b"%x\r\n%s\r\n0\r\n\r\n" % (len(DIAGNOSTIC), DIAGNOSTIC))
        assert wire.read_response() == 202


@pytest.mark.parametrize("path", ["/bulk", "/events/bulk/{id}"])
def test_the_answer_tells_the_date_by_which_debugging_ends(environment: Environment, path: str) -> None:
    url = environment.server.url + path.format(id=environment.id)
    answer = calls.post(url, content=EVENTS, headers={"Authorization": environment.key})
    assert (answer.status_code, answer.content) == (202, b"")
    assert parsedate_to_datetime(answer.headers["date"]) is not None


def test_a_connection_serves_on_after_a_large_body(environment: Environment) -> None:
    refused = environment.server.counted("flagstaff_event_bodies_refused_total")
    with httpx.Client(trust_env=False, headers={"Authorization": environment.key}) as client:
        url = environment.server.url
        assert client.post(url + "/bulk", content=b"[" + b" " * 11_000_000 + b"]").status_code == 202
        assert client.get(url + "/sdk/latest-all").status_code == 200
    assert environment.server.counted("flagstaff_event_bodies_refused_total") == refused + 1
