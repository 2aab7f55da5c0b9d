"""Answers at once, seen from the wire: the same as the application's, in the order of the requests."""

import json
from typing import Any

import pytest

from flagstaff.delivery.turns import SLICE
from tests.delivery.clients import ADA, BOB, for_ada, for_members, in_path, publish
from tests.delivery.serving import Environment

BROWSER = "/sdk/evalx/{id}/contexts/{context}"
GZIP = {"Accept-Encoding": "gzip"}
SERVER = {"Authorization": "{key}"}
POLLS: list[tuple[str, dict[str, str], int]] = [
    (BROWSER, {}, 200),
    (BROWSER, GZIP | {"Origin": "http://shop.test"}, 200),
    (f"{BROWSER}?withReasons=true", {"User-Agent": "JSClient/3.9"}, 200),
    (BROWSER, {"If-None-Match": "{etag}"}, 304),
    (BROWSER, {"If-None-Match": "*", "Origin": "http://\xe9.test"}, 304),
    (f"{BROWSER}?filter=unknown", {"Origin": "http://shop.test"}, 404),
    (f"{BROWSER}/more", {}, 404),
    ("/sdk/evalx/none/contexts/{context}", {}, 404),
    ("/sdk/evalx/{id}/contexts/x", {}, 400),
    ("/msdk/evalx/contexts/{context}", {"Authorization": "{mobile}"}, 200),
    ("/msdk/evalx/contexts/{context}", {"Authorization": "wrong"}, 401),
    ("/sdk/evalx/contexts/{context}", SERVER, 200),
    ("/sdk/latest-all", SERVER, 200),
    ("/sdk/latest-all", SERVER | GZIP, 200),
    ("/sdk/flags", SERVER, 200),
    ("/sdk/flags/f", SERVER, 200),
    ("/sdk/flags/none", SERVER, 404),
    ("/sdk/poll", SERVER, 200),
    ("/sdk/poll/eval/{context}", {"Authorization": "{mobile}"}, 200),
]
DIFFERS = ("date", "connection")  # between two answers anyhow


@pytest.fixture
def shop(environment: Environment) -> Environment:
    environment.publish_segment("s", included=["ada"])
    publish(environment, for_ada("f", variations=["x" * 2_000, "y"]), for_members("g", "s"))
    return environment


def fill(text: str, environment: Environment, etag: str = "", context: Any = ADA) -> str:
    known = {"key": environment.key, "mobile": environment.mobile_key, "etag": etag}
    return text.format(id=environment.id, context=in_path(context), **known)


def answer(environment: Environment, path: str, headers: dict[str, str], times: int = 1) -> tuple[Any, ...]:
    """Status, headers and body of the last answer on a connection."""
    with environment.server.connect() as wire:
        for _ in range(times):
            wire.reset()
            wire.request("GET", path, headers)
            wire.read_response()
        told = {name: value for name, value in wire.headers.items() if name not in DIFFERS}
        body = json.loads(wire.body) | {"id": ""} if wire.status >= 400 else wire.body
        return wire.status, told, body


@pytest.mark.parametrize(("path", "headers", "status"), POLLS)
def test_both_ways_give_the_same_answer(
    shop: Environment, path: str, headers: dict[str, str], status: int
) -> None:
    etag = answer(shop, fill(BROWSER, shop), {})[1]["etag"]
    filled = {name: fill(value, shop, etag) for name, value in headers.items()}
    path = fill(path, shop)
    at_once = answer(shop, path, filled, times=2)
    assert at_once == answer(shop, path, filled | {"Connection": "close"})
    assert at_once[0] == status


@pytest.mark.parametrize(("path", "headers", "status"), POLLS)
def test_a_head_that_came_before_changes_nothing(
    shop: Environment, path: str, headers: dict[str, str], status: int
) -> None:
    etag = answer(shop, fill(BROWSER, shop), {})[1]["etag"]
    filled = {name: fill(value, shop, etag) for name, value in headers.items()} | {"X-Test": "alike"}
    path = fill(path, shop)
    parsed, unparsed = answer(shop, path, filled, times=1), answer(shop, path, filled, times=4)
    assert unparsed == parsed
    assert parsed[0] == status


def test_the_parser_is_asked_once_for_each_head(shop: Environment) -> None:
    """Also by other connections, for other contexts."""
    first, second = fill(BROWSER, shop), fill(BROWSER, shop, context=BOB)
    expected = answer(shop, second, {"X-Test": "other"})[2]
    answer(shop, first, {"X-Test": "mine"})
    with shop.server.connect() as wire:
        for path in (first, second):
            wire.reset()
            wire.request("GET", path, {"X-Test": "mine"})
            assert wire.read_response() == 200
        assert wire.body == expected
        assert shop.server.call(lambda: [one.cycle for one in shop.server.list_protocols()]) == [None]


def test_a_request_in_pieces_is_parsed_though_its_head_is_known(shop: Environment) -> None:
    path = fill(BROWSER, shop)
    expected = answer(shop, path, {}, times=3)[2]
    head = b" HTTP/1.1\r\nHost: test\r\n\r\n"
    with shop.server.connect() as wire:
        for pieces in ((b"GET ", path.encode() + head), (b"GET " + path.encode(), head)) * 2:
            wire.reset()
            wire.send(pieces[0])
            assert shop.server.call(lambda: len(shop.server.list_protocols())) == 1
            wire.send(pieces[1])
            assert (wire.read_response(), wire.body) == (200, expected)


def test_what_is_no_target_is_refused_though_its_head_is_known(shop: Environment) -> None:
    path = fill(BROWSER, shop)
    answer(shop, path, {}, times=3)
    for target in (f"{path}\x01", f"{path} more"):
        with shop.server.connect() as wire:
            wire.request("GET", target)
            assert wire.read_response() == 400


def test_a_connection_is_kept_while_it_polls_and_closed_when_it_is_silent(shop: Environment) -> None:
    path = fill(BROWSER, shop)
    answer(shop, path, {}, times=2)

    def let_time_be_over(answered: float | None = None) -> None:
        """Do what the timer of the one connection does."""
        (protocol,) = shop.server.list_protocols()
        protocol.answered = protocol.answered if answered is None else answered
        protocol.timeout_keep_alive_handler()

    with shop.server.connect() as wire:
        for _ in range(3):
            wire.reset()
            wire.request("GET", path)
            assert wire.read_response() == 200
            shop.server.call(let_time_be_over)
        shop.server.call(lambda: let_time_be_over(0.0))
        wire.read_end()


def test_requests_that_come_together_are_answered_in_their_order(shop: Environment) -> None:
    """Some are at hand and some are not: the second kind has to go through the application."""
    paths = [
        fill(path, shop, context=context)
        for path, context in [(BROWSER, ADA), ("/sdk/goals/{id}", ADA), (BROWSER, BOB), (BROWSER, ADA)] * 10
    ]
    answer(shop, paths[0], {})
    alone = [answer(shop, path, {})[2] for path in paths[:4]] * 10
    with shop.server.connect() as wire:
        wire.send(b"".join(f"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n".encode() for path in paths))
        together = []
        received = b""
        while len(together) < len(paths):
            head, found, rest = received.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].split(b"\r")[0]) if found else 0
            if not found or len(rest) < length:
                received += wire.socket.recv(1 << 16)
                continue
            together.append(rest[:length])
            received = rest[length:]
    assert together == alone
    assert len({*map(bytes, together)}) == 3


def test_a_body_that_nobody_asked_for_does_not_disturb_the_next_request(shop: Environment) -> None:
    path = fill(BROWSER, shop)
    expected = answer(shop, path, {}, times=2)
    with shop.server.connect() as wire:
        for _ in range(2):
            wire.reset()
            wire.request("GET", path, {"Content-Length": "4"}, b"body")
            assert (wire.read_response(), wire.body) == (200, expected[2])


def test_who_comes_when_turns_are_over_waits_for_the_next(shop: Environment) -> None:
    path, turns = fill(BROWSER, shop), shop.server.delivery.turns
    expected = answer(shop, path, {})

    def spend() -> None:
        turns._is_spent()  # it begins a slice, and so ends it with this turn of the loop
        turns._since = shop.server.loop.time() - 2 * SLICE

    with shop.server.connect() as wire:
        for _ in range(20):
            shop.server.call(spend)
            wire.reset()
            wire.request("GET", path)
            assert (wire.read_response(), wire.body) == (200, expected[2])


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_connection_that_is_to_end_does(shop: Environment, version: str) -> None:
    with shop.server.connect() as wire:
        wire.request("GET", fill(BROWSER, shop), {"Connection": "close"}, version=version)
        assert wire.read_response() == 200
        wire.read_end()


def test_polls_are_counted_like_all_requests(shop: Environment) -> None:
    route = "/sdk/evalx/{environment}/contexts/{context}"
    name, labels = "flagstaff_requests_total", {"method": "GET", "route": route, "status": "2xx"}
    registry = shop.server.delivery.metrics.registry

    def count() -> float:
        return registry.get_sample_value(name, labels) or 0.0

    answer(shop, fill(BROWSER, shop), {})
    before = shop.server.call(count)
    answer(shop, fill(BROWSER, shop), {}, times=3)
    assert shop.server.call(count) == before + 3
