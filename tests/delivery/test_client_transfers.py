"""The second protocol of browsers and mobile SDKs, as polls and streams."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.delivery.clients import (
    ADA,
    BOB,
    FOR_BROWSERS,
    FOR_MOBILE,
    JSON,
    for_ada,
    in_path,
    publish,
    secure_hash,
)
from tests.delivery.serving import Environment
from tests.delivery.wire import Wire
from tests.support import calls

Events = list[tuple[str, Any]]


def ask(environment: Environment, query: str = "", context: Any = ADA, **headers: str) -> httpx.Response:
    path = f"/sdk/poll/eval/{in_path(context)}?auth={environment.id}{query}"
    return environment.server.get(path, **headers)


def events_of(answer: httpx.Response) -> Events:
    assert answer.status_code == 200, answer.text
    return [(event["event"], event["data"]) for event in answer.json()["events"]]


def intent(events: Events) -> dict[str, Any]:
    name, data = events[0]
    assert name == "server-intent"
    (payload,) = data["payloads"]
    return payload


def results(events: Events) -> dict[str, Any]:
    """What is put, by key, or None where it is deleted."""
    return {data["key"]: data.get("object") for name, data in events if name.endswith("-object")}


@contextmanager
def listening(environment: Environment, query: str = "", **headers: str) -> Iterator[Wire]:
    with environment.server.connect() as wire:
        wire.request("GET", f"/sdk/stream/eval/{in_path(ADA)}?auth={environment.id}{query}", headers)
        wire.read_head()
        yield wire


def read_transfer(wire: Wire) -> Events:
    events: Events = []
    while not events or not (
        events[-1][0] == "payload-transferred" or intent(events)["intentCode"] == "none"
    ):
        event = wire.read_event()
        events.append((event.name, event.data))
    return events


def test_a_poll_brings_every_result_of_the_context(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    events = events_of(ask(environment))
    assert [name for name, _ in events] == ["server-intent", "put-object", "payload-transferred"]
    assert intent(events)["intentCode"] == "xfer-full"
    assert events[1][1] == {
        "version": 1,
        "kind": "flag-eval",
        "key": "flag",
        "object": {"flagVersion": 1, "value": True, "variation": 0},
    }
    assert events[2][1]["version"] == 1
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", events[2][1]["state"])
    assert results(events_of(ask(environment, context=BOB)))["flag"]["value"] is False


def test_who_holds_the_newest_state_is_told_that_there_is_nothing(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    state = events_of(ask(environment))[-1][1]["state"]
    events = events_of(ask(environment, f"&basis={state}"))
    assert (len(events), intent(events)["intentCode"], intent(events)["target"]) == (1, "none", 1)


@pytest.mark.parametrize(("query", "context"), [("", BOB), ("&withReasons=true", ADA)])
def test_a_state_holds_for_one_context_and_way_of_asking(
    environment: Environment, query: str, context: Any
) -> None:
    publish(environment, for_ada("flag"))
    state = events_of(ask(environment))[-1][1]["state"]
    events = events_of(ask(environment, f"&basis={state}{query}", context))
    assert intent(events)["intentCode"] == "xfer-full"
    assert intent(events)["reason"] == "cant-catchup"


@pytest.mark.parametrize("method", ["POST", "REPORT"])
def test_the_context_may_be_in_the_body(environment: Environment, method: str) -> None:
    publish(environment, for_ada("flag"))
    url = f"{environment.server.url}/sdk/poll/eval"
    headers = {"Authorization": environment.mobile_key, **JSON}
    answer = calls.request(method, url, headers=headers, content=json.dumps(ADA))
    assert results(events_of(answer))["flag"]["value"] is True


def test_the_kind_of_credential_decides_what_is_seen(environment: Environment) -> None:
    web, mobile = (
        for_ada("web", clientSideAvailability=FOR_BROWSERS),
        for_ada("mobile", clientSideAvailability=FOR_MOBILE),
    )
    publish(environment, web, mobile)
    path = f"/sdk/poll/eval/{in_path(ADA)}"
    get = environment.server.get
    assert set(results(events_of(get(f"{path}?auth={environment.id}")))) == {"web"}
    assert set(results(events_of(get(path, Authorization=environment.id)))) == {"web"}
    assert set(results(events_of(get(path, Authorization=f"api_key {environment.mobile_key}")))) == {"mobile"}
    assert set(results(events_of(get(f"{path}?auth={environment.mobile_key}")))) == {"mobile"}


@pytest.mark.parametrize("path", ["/sdk/poll/eval/{context}", "/sdk/stream/eval/{context}"])
@pytest.mark.parametrize(
    ("query", "status"), [("", 401), ("?auth=", 401), ("?auth=mob-x", 401), ("?auth=" + "0" * 24, 404)]
)
def test_others_are_refused_so_that_a_page_can_read_why(
    environment: Environment, path: str, query: str, status: int
) -> None:
    origin = {"Origin": "http://shop.test"}
    answer = environment.server.get(path.format(context=in_path(ADA)) + query, **origin)
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == "http://shop.test"


@pytest.mark.parametrize("path", ["/sdk/poll/eval", "/sdk/stream/eval", "/sdk/stream/eval/abc"])
def test_a_page_asks_first_without_a_credential(environment: Environment, path: str) -> None:
    answer = calls.options(environment.server.url + path)
    assert answer.status_code == 200
    methods = answer.headers["access-control-allow-methods"]
    assert methods == ("GET, OPTIONS" if path.endswith("abc") else "POST, REPORT, OPTIONS")


def test_an_unchanged_poll_is_304(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    etag = ask(environment).headers["etag"]
    assert ask(environment, **{"If-None-Match": etag}).status_code == 304
    assert ask(environment, context=BOB, **{"If-None-Match": etag}).status_code == 200


def test_secure_mode_holds_here_too(environment: Environment) -> None:
    environment.save(secure_mode=True)
    publish(environment, for_ada("flag"))
    assert ask(environment, "&h=abc").status_code == 400
    proof = secure_hash(environment.key, "ada")
    assert "flag" in results(events_of(ask(environment, f"&h={proof}")))


def test_a_stream_brings_every_result_then_those_that_differ(environment: Environment) -> None:
    publish(environment, for_ada("flag"), for_ada("other"))
    with listening(environment, Origin="http://shop.test") as wire:
        assert wire.headers["access-control-allow-origin"] == "http://shop.test"
        first = read_transfer(wire)
        assert intent(first)["intentCode"] == "xfer-full"
        assert set(results(first)) == {"flag", "other"}
        publish(environment, for_ada("flag", targets=[{"variation": 0, "values": ["ada", "bob"]}]))
        publish(environment, for_ada("flag", targets=[]))
        events = read_transfer(wire)
        assert intent(events)["intentCode"] == "xfer-changes"
        assert results(events) == {"flag": {"flagVersion": 3, "value": False, "variation": 1}}
        environment.remove("flags", "other")
        assert results(read_transfer(wire)) == {"other": None}
        environment.delete()
        assert wire.read_event().name == "goodbye"


def test_a_stream_goes_on_from_what_is_held(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    with listening(environment) as wire:
        state = read_transfer(wire)[-1][1]["state"]
    with listening(environment, f"&basis={state}") as wire:
        assert intent(read_transfer(wire))["intentCode"] == "none"
        publish(environment, for_ada("flag", targets=[]))
        assert results(read_transfer(wire))["flag"]["value"] is False


@pytest.mark.parametrize("method", ["POST", "REPORT"])
def test_a_stream_reads_the_context_in_a_body(environment: Environment, method: str) -> None:
    publish(environment, for_ada("flag"))
    body = json.dumps(ADA).encode()
    headers = {"Authorization": environment.mobile_key, "Content-Length": str(len(body)), **JSON}
    with environment.server.connect() as wire:
        wire.request(method, "/sdk/stream/eval?withReasons=true", headers, body)
        assert wire.read_head() == 200
        assert results(read_transfer(wire))["flag"]["reason"] == {"kind": "TARGET_MATCH"}


def test_a_stream_behind_an_unanswered_request_is_told_to_come_back(environment: Environment) -> None:
    path = f"/sdk/%s/eval/{in_path(ADA)}?auth={environment.id}"
    with environment.server.connect() as wire:
        both = (f"GET {path % name} HTTP/1.1\r\nHost: test\r\n\r\n" for name in ("poll", "stream"))
        wire.send("".join(both).encode())
        answers = b""
        while answers.count(b"HTTP/1.1") < 2:
            answers += wire.socket.recv(65536)
        assert answers.split(b"HTTP/1.1 ")[2].startswith(b"503")


def test_another_path_of_sdks_is_no_stream(environment: Environment) -> None:
    for path in ("/sdk/stream/eval", "/sdk/stream/other/abc", "/sdk/stream/eval/a/b"):
        assert environment.server.get(path, Authorization=environment.mobile_key).status_code in {404, 405}
