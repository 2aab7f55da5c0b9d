"""Streams of browsers and mobile SDKs: a `put` for the context, then only what changes for it."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.clients import (
    ADA,
    BOB,
    FOR_BROWSERS,
    FOR_MOBILE,
    for_ada,
    for_members,
    in_path,
    listening,
    publish,
    secure_hash,
)
from tests.delivery.serving import IDS, Environment, SdkServer, serving
from tests.delivery.wire import Event, Wire

BROWSER, MOBILE = "/eval/{id}/{context}", "/meval/{context}"
PINGS = ["/ping/{id}", "/mping"]
BROADCASTS = "flagstaff_stream_broadcasts_total"


def result(value: Any, version: int, flag_version: int | None = None, **members: Any) -> dict[str, Any]:
    """What a client is told of a flag that is on."""
    variation = 0 if value is True else 1
    known = {"value": value, "variation": variation, "version": version}
    return {**known, "flagVersion": flag_version or version, **members}


def read_mark(environment: Environment, wire: Wire, key: str = "mark") -> list[Event]:
    """Change a flag for everybody, and read all that comes before that is told."""
    publish(environment, for_ada(key, variations=[key, key]))
    events: list[Event] = []
    while (event := wire.read_event()).name != "patch" or event.data["key"] != key:
        events.append(event)
    return events


@pytest.mark.parametrize(
    ("path", "report", "headers"),
    [
        (BROWSER, False, {"Origin": "http://shop.test"}),
        (BROWSER + "?h=abc", False, {}),
        ("/eval/{id}", True, {"Content-Type": "application/json"}),
        ("/eval/{id}", True, {}),
        ("//eval//{id}/{context}/", False, {}),
        (MOBILE, False, {"User-Agent": "AndroidClient/5.9.2"}),
        ("/meval", True, {"Content-Type": "application/json; charset=utf-8"}),
        ("/meval", True, {"Content-Type": "application/x-www-form-urlencoded"}),
    ],
)
def test_a_stream_begins_with_every_result_and_goes_on_with_changes(
    environment: Environment, path: str, report: bool, headers: dict[str, str]
) -> None:
    publish(environment, for_ada("flag"))
    with listening(environment, path, report=report, **headers) as wire:
        assert wire.status == 200
        assert wire.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert wire.headers["transfer-encoding"] == "chunked"
        assert wire.headers["x-ld-envid"] == environment.id
        assert "content-encoding" not in wire.headers
        assert wire.read_event() == Event("put", {"flag": result(True, 1)})
        publish(environment, for_ada("flag", on=False))
        assert wire.read_event() == Event("patch", {"key": "flag", **result(False, 2)})
        environment.remove("flags", "flag")
        assert wire.read_event() == Event("delete", {"key": "flag", "version": 3})


def test_an_ios_key_opens_a_stream(environment: Environment) -> None:
    with listening(environment, MOBILE, Authorization=f"api_key {environment.mobile_key}") as wire:
        assert wire.read_event() == Event("put", {})


def test_a_body_may_come_in_pieces(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    body = json.dumps(ADA).encode()
    with environment.server.connect() as wire:
        wire.request("REPORT", f"/eval/{environment.id}", {"Transfer-Encoding": "chunked"})
        for piece in (body[:5], body[5:]):
            wire.send(b"%x\r\n%s\r\n" % (len(piece), piece))
        wire.send(b"0\r\n\r\n")
        assert wire.read_event().data["flag"]["value"] is True


@pytest.mark.parametrize("rest", [b"no chunk\r\n", b"1\r\n{}}}"])
def test_a_damaged_body_is_refused(environment: Environment, rest: bytes) -> None:
    with environment.server.connect() as wire:
        headers = {"Transfer-Encoding": "chunked", "Origin": "http://shop.test"}
        wire.request("REPORT", f"/eval/{environment.id}", headers, rest)
        assert wire.read_response() == 400
        assert wire.headers["access-control-allow-origin"] == "http://shop.test"
        wire.read_end()


def test_reasons_are_told_when_they_are_asked_for(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    with listening(environment, BROWSER + "?withReasons=true") as wire:
        assert wire.read_event().data["flag"]["reason"] == {"kind": "TARGET_MATCH"}
        publish(environment, for_ada("flag", targets=[], fallthrough={"variation": 0}))
        assert wire.read_event().data["reason"] == {"kind": "FALLTHROUGH"}


def test_only_those_are_told_whose_result_has_changed(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    with listening(environment, context=ADA) as ada, listening(environment, MOBILE, BOB) as bob:
        assert (ada.read_event().name, bob.read_event().name) == ("put", "put")
        publish(environment, for_ada("flag", targets=[{"variation": 1, "values": ["ada"]}]))
        assert ada.read_event() == Event("patch", {"key": "flag", **result(False, 2)})
        assert read_mark(environment, bob) == []


def test_a_change_of_a_segment_is_told_with_a_higher_version(environment: Environment) -> None:
    environment.publish_segment("s", included=[])
    publish(environment, for_members("flag", "s"), for_ada("other"))
    with listening(environment) as ada, listening(environment, context=BOB) as bob:
        assert ada.read_event().data["flag"] == result(False, 2)
        bob.read_event()
        environment.publish_segment("s", included=["ada"])
        assert ada.read_event() == Event("patch", {"key": "flag", **result(True, 3, 2)})
        environment.remove("segments", "s")
        assert ada.read_event() == Event("patch", {"key": "flag", **result(False, 4, 2)})
        assert read_mark(environment, bob) == []


def test_a_change_of_a_prerequisite_is_told_of_what_depends_on_it(environment: Environment) -> None:
    hidden = for_ada("hidden", clientSideAvailability={})
    needy = for_ada("needy", prerequisites=[{"key": "hidden", "variation": 0}])
    publish(environment, hidden, needy)
    with listening(environment) as wire:
        assert wire.read_event().data == {"needy": result(True, 1, prerequisites=["hidden"])}
        publish(environment, {**hidden, "on": False})
        told = result(False, 2, 1, prerequisites=["hidden"])
        assert wire.read_event() == Event("patch", {"key": "needy", **told})


@pytest.mark.parametrize(
    ("path", "own", "other"), [(BROWSER, FOR_BROWSERS, FOR_MOBILE), (MOBILE, FOR_MOBILE, FOR_BROWSERS)]
)
def test_a_flag_comes_and_goes_with_its_availability(
    environment: Environment, path: str, own: Any, other: Any
) -> None:
    publish(environment, for_ada("flag", clientSideAvailability=other))
    with listening(environment, path) as wire:
        assert wire.read_event() == Event("put", {})
        publish(environment, for_ada("flag", clientSideAvailability=own))
        assert wire.read_event() == Event("patch", {"key": "flag", **result(True, 2)})
        publish(environment, for_ada("flag", clientSideAvailability=other))
        assert wire.read_event() == Event("delete", {"key": "flag", "version": 3})
        publish(environment, for_ada("flag", clientSideAvailability=own))
        assert wire.read_event() == Event("patch", {"key": "flag", **result(True, 4)})


def test_many_changes_at_once_are_a_put(environment: Environment) -> None:
    keys = [f"f{number}" for number in range(33)]
    with listening(environment) as wire:
        wire.read_event()
        publish(environment, *map(for_ada, keys[:32]))
        assert [wire.read_event().name for _ in range(32)] == ["patch"] * 32
        publish(environment, *(for_ada(key, on=False) for key in keys))
        event = wire.read_event()
        assert (event.name, sorted(event.data)) == ("put", sorted(keys))


def test_every_change_of_a_burst_arrives_in_the_end(environment: Environment) -> None:
    publish(environment, for_ada("flag"))
    with ExitStack() as stack:
        wires = [stack.enter_context(listening(environment, context=who)) for who in (ADA, BOB) * 10]
        for number in range(50):
            publish(environment, for_ada("flag", variations=[number, -number]))
        for index, wire in enumerate(wires):
            versions, last = [0], {}
            while last.get("value") not in {49, -49}:
                event = wire.read_event()
                last = event.data if event.name == "patch" else event.data["flag"]
                versions.append(last["version"])
            assert last["value"] == (-49 if index % 2 else 49)
            assert versions == sorted(set(versions))


@pytest.mark.parametrize("path", PINGS)
def test_a_ping_stream_says_when_there_is_something_to_ask_for(environment: Environment, path: str) -> None:
    own, other = (FOR_MOBILE, FOR_BROWSERS) if path == "/mping" else (FOR_BROWSERS, FOR_MOBILE)
    environment.publish_segment("s")
    changes: list[tuple[Callable[[], None], bool]] = [
        (lambda: publish(environment, for_members("ours", "s", clientSideAvailability=own)), True),
        (lambda: publish(environment, for_ada("theirs", clientSideAvailability=other)), False),
        (lambda: environment.publish_segment("unused"), False),
        (lambda: environment.publish_segment("s", included=["ada"]), True),
    ]
    with listening(environment, path) as wire:
        assert wire.read_event() == Event("ping", " ")
        for change, is_told in changes:
            broadcasts = environment.server.counted(BROADCASTS)
            change()
            assert environment.server.reaches(BROADCASTS, broadcasts + 1)
            if is_told:
                assert wire.read_event() == Event("ping", " ")
        environment.delete()
        wire.read_end()


BAD = [("/eval/{id}/!", 400), ("/eval/{id}/e30", 400), ("/meval/e30", 400), ("/eval/{none}/{context}", 404)]
BAD += [("/ping/{none}", 404), ("/eval/{id}/{context}?filter=mine", 404)]


@pytest.mark.parametrize(("path", "status"), BAD)
def test_what_cannot_be_opened_is_refused_and_pages_may_read_why(
    environment: Environment, path: str, status: int
) -> None:
    filled = path.format(id=environment.id, none="0" * 24, context=in_path(ADA))
    with environment.server.connect() as wire:
        headers = {"Origin": "http://shop.test", "Authorization": environment.mobile_key}
        wire.request("GET", filled, headers)
        assert wire.read_response() == status
        assert json.loads(wire.body)["code"] in {"invalid_request", "not_found"}
        origin = wire.headers.get("access-control-allow-origin")
        assert origin == (None if path.startswith("/m") else "http://shop.test")
        wire.read_end()


@pytest.mark.parametrize("path", [MOBILE, "/mping"])
@pytest.mark.parametrize("authorization", ["", "mob-unknown", "Bearer {mobile}", "{server}"])
def test_a_mobile_stream_needs_a_mobile_key(environment: Environment, path: str, authorization: str) -> None:
    key = authorization.format(mobile=environment.mobile_key, server=environment.key)
    with listening(environment, path, Authorization=key) as wire:
        assert wire.status == 401


@pytest.mark.parametrize(("media", "status"), [("text/html", 415), ("application/json", 400)])
def test_a_body_that_is_no_context_is_refused(environment: Environment, media: str, status: int) -> None:
    with listening(environment, "/eval/{id}", [1], report=True, **{"Content-Type": media}) as wire:
        assert wire.status == status


@pytest.mark.parametrize(("size", "status"), [(60_000, 200), (66_000, 400), (3_000_000, 400)])
def test_a_body_is_read_to_64_kilobytes(environment: Environment, size: int, status: int) -> None:
    body = json.dumps(ADA | {"note": "x" * size}).encode()
    with environment.server.connect() as wire:
        wire.request(
            "REPORT", "/meval", {"Authorization": environment.mobile_key, "Content-Length": str(len(body))}
        )
        wire.send(body[:70_000])
        assert wire.read_head() == status


def test_pages_of_other_origins_may_read_a_stream(environment: Environment) -> None:
    with listening(environment, Origin="http://shop.test") as wire:
        assert wire.headers["access-control-allow-origin"] == "http://shop.test"
        assert wire.headers["access-control-allow-methods"] == "GET, OPTIONS"
        assert wire.headers["vary"] == "Origin"
    with listening(environment, MOBILE) as wire:
        assert "access-control-allow-origin" not in wire.headers


@pytest.mark.parametrize(("known", "status"), [(True, b"503"), (False, b"404")])
def test_a_stream_behind_an_unanswered_request_is_told_to_come_back(
    environment: Environment, known: bool, status: bytes
) -> None:
    id_ = environment.id if known else "0" * 24
    behind = f"GET /eval/{id_}/{in_path(ADA)} HTTP/1.1\r\nHost: test\r\nOrigin: http://shop.test\r\n\r\n"
    with environment.server.connect() as wire:
        wire.request("GET", f"/sdk/goals/{environment.id}", body=behind.encode())  # at once, so it must wait
        answers = b""
        while answers.count(b"HTTP/1.1") < 2:
            answers += wire.socket.recv(65536)
        second = answers.split(b"HTTP/1.1 ")[2]
        assert second.startswith(status)
        assert b"access-control-allow-origin: http://shop.test" in second.lower()


@pytest.mark.parametrize("path", [MOBILE, "/mping"])
def test_a_mobile_key_that_is_reset_ends_its_streams(environment: Environment, path: str) -> None:
    with listening(environment, path) as wire, listening(environment) as browser:
        wire.read_event()
        browser.read_event()
        environment.reset_key(IDS.secret("mob"), kind="mobile")
        wire.read_end()
        assert wire.complete
        assert read_mark(environment, browser) == []
    with listening(environment, path) as wire:
        assert wire.status == 401


@pytest.mark.parametrize("path", [BROWSER, MOBILE, *PINGS])
def test_a_deleted_environment_ends_its_streams(environment: Environment, path: str) -> None:
    with listening(environment, path) as wire:
        wire.read_event()
        environment.delete()
        wire.read_end()
    with listening(environment, path) as wire:
        assert wire.status == (401 if path.startswith("/m") else 404)


def test_secure_mode_that_is_turned_on_ends_streams_without_proof(environment: Environment) -> None:
    right = secure_hash(environment.key, "ada")
    with listening(environment, BROWSER + f"?h={right}") as browser, listening(environment, MOBILE) as mobile:
        browser.read_event()
        mobile.read_event()
        environment.save(secure_mode=True)
        browser.read_end()
        assert read_mark(environment, mobile) == []
    with listening(environment) as refused:
        assert refused.status == 400
    with listening(environment, BROWSER + f"?h={right}") as proved:
        assert proved.read_event().name == "put"
        environment.reset_key(IDS.secret("sdk"))
        proved.read_end()


def test_a_proof_lasts_as_long_as_the_key_it_was_made_with(environment: Environment) -> None:
    environment.save(secure_mode=True)
    server = environment.server
    environment.reset_key(IDS.secret("sdk"), expires=server.clock() + 300)
    with listening(environment, BROWSER + f"?h={secure_hash(environment.key, 'ada')}") as wire:
        assert wire.read_event().name == "put"
        wire.read_end()


def test_heartbeats_come_to_every_client(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path, heartbeat=0.01) as server:
        environment = server.environment()
        for path in (BROWSER, MOBILE, *PINGS):
            with listening(environment, path) as wire:
                assert [wire.read_event().name for _ in range(3)][1:] == ["", ""]


def narrow(wire: Wire) -> None:
    wire.socket.setsockopt(1, 8, 4096)  # SO_RCVBUF


def test_a_client_that_does_not_read_is_dropped(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path, room=1_000_000) as server:
        environment = server.environment()
        with listening(environment) as reading, listening(environment) as stalled:
            narrow(stalled)
            reading.read_event()
            for version in range(1, 40):
                publish(environment, for_ada("large", variations=[f"{version}" + "y" * 300_000, 0]))
                assert reading.read_event().data["version"] == version
            assert server.reaches("flagstaff_streams_dropped_total", 1)
            assert server.reaches("flagstaff_client_streams_open", 1)


def test_clients_are_counted_apart(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server:
        environment = server.environment()
        with listening(environment), listening(environment, MOBILE), environment.stream():
            assert server.reaches("flagstaff_client_streams_open", 2)
            assert server.reaches("flagstaff_streams_open", 1)
        assert server.reaches("flagstaff_client_streams_open", 0)


def test_a_client_that_speaks_http_1_0_gets_plain_events(environment: Environment) -> None:
    with environment.server.connect() as wire:
        wire.request("GET", f"/eval/{environment.id}/{in_path(ADA)}", version="1.0")
        wire.read_head()
        assert "transfer-encoding" not in wire.headers
        assert wire.read_event() == Event("put", {})
        assert read_mark(environment, wire) == []


def test_streams_of_two_environments_are_told_of_their_own(server: SdkServer) -> None:
    first, second = server.environment(), server.environment()
    with listening(first) as one, listening(second) as two:
        assert (one.read_event().name, two.read_event().name) == ("put", "put")
        publish(first, for_ada("first"))
        assert read_mark(second, two) == []
        assert one.read_event().data["key"] == "first"
