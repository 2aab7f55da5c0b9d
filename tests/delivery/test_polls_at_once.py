"""Polls that are answered before the loop turns, and what is left to the application."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from flagstaff.app import _bound as bind
from flagstaff.delivery.polls_at_once import PollsAtOnce, Reply
from flagstaff.delivery.routes import AT_ONCE, ROUTES
from flagstaff.delivery.turns import SLICE
from flagstaff.http.operations import Endpoint
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.credentials import MOBILE
from tests.delivery.clients import ADA, for_ada, in_path
from tests.delivery.planes import Plane, settle

EVALX = f"/msdk/evalx/contexts/{in_path(ADA)}"
Respond = Callable[[Any, Any, dict[str, str]], Any]


def a_scope(path: str = "/poll", method: str = "GET", client: str = "10.0.0.9", **headers: str) -> Any:
    raw_path, _, query = path.partition("?")
    return {
        "type": "http",
        "method": method,
        "path": raw_path,
        "raw_path": raw_path.encode(),
        "query_string": query.encode(),
        "client": (client, 5000),
        "scheme": "http",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }


def ask(respond: Respond, plane: Plane, scope: Any = None, **settings: Any) -> Reply | None:
    """What one row, `/poll`, answers."""
    row = Endpoint("GET", "/poll", respond)
    polls = PollsAtOnce([row], plane.delivery.turns, lambda *_: None, **settings)
    return polls.answer(scope or a_scope())


def ask_rows(plane: Plane, scope: Any) -> Reply | None:
    rows = [
        Endpoint(method, path, bind(respond, plane.delivery))
        for method, path, respond in ROUTES
        if (method, path) in AT_ONCE
    ]
    return PollsAtOnce(rows, plane.delivery.turns, lambda *_: None).answer(scope)


async def test_only_the_first_poll_waits_for_the_database(plane: Plane) -> None:
    await plane.reset_key("mob-1", MOBILE, wait=False)
    await plane.publish(("flags", "f", for_ada("f")))
    assert ask_rows(plane, a_scope(EVALX, authorization="mob-1")) is None
    await plane.delivery.keyring.get("mob-1", MOBILE)
    await plane.delivery.client_data.get("e")
    reads = plane.database.reads
    reply = ask_rows(plane, a_scope(EVALX, authorization="mob-1"))
    assert reply is not None
    assert (reply.route, reply.status) == (("GET", "/msdk/evalx/contexts/{context}"), 200)
    assert b'"f":{' in reply.body
    assert reply.head.endswith(b"content-length: %d" % len(reply.body))
    assert plane.database.reads == reads


async def test_every_refusal_is_left_to_the_application(plane: Plane) -> None:
    await plane.reset_key("mob-1", MOBILE)
    await plane.delivery.client_data.get("e")
    for path in ("/msdk/evalx/contexts/nothing", "/msdk/evalx/contexts/a/b", "/sdk/evalx/none/contexts/e30"):
        assert ask_rows(plane, a_scope(path, authorization="mob-1")) is None
    assert ask_rows(plane, a_scope(EVALX)) is None
    assert ask_rows(plane, a_scope(f"{EVALX}?filter=\xff".replace("\xff", "%ff"), authorization="no")) is None


@pytest.mark.parametrize("error", [NotFound(), ZeroDivisionError()])
async def test_an_error_is_left_to_the_application_which_tells(plane: Plane, error: Exception) -> None:
    async def respond(_: Any, __: Any, ___: dict[str, str]) -> None:
        raise error

    assert ask(respond, plane) is None


async def test_a_status_of_an_error_is_too(plane: Plane) -> None:
    async def respond(_: Any, response: Any, __: dict[str, str]) -> None:
        response.status = 404

    assert ask(respond, plane) is None


async def test_who_would_wait_is_ended_and_lets_go_of_what_it_waits_for(plane: Plane) -> None:
    seen: list[Any] = []
    alone, shared = asyncio.Future[None](), asyncio.ensure_future(asyncio.sleep(0, "shared"))

    async def respond(request: Any, _: Any, __: dict[str, str]) -> None:
        try:
            await (shared if "shared" in request.query_string else alone)
        finally:
            seen.append("ended")

    assert ask(respond, plane) is None
    assert ask(respond, plane, a_scope("/poll?shared")) is None
    assert (seen, alone.cancelled()) == (["ended"] * 2, True)
    assert await shared == "shared", "others may wait for it"


async def test_a_failure_that_nobody_waits_for_any_more_is_not_complained_about(plane: Plane) -> None:
    """`shield` stands between them: warnings are errors here."""
    failing: asyncio.Future[None] = asyncio.Future()

    async def respond(_: Any, __: Any, ___: dict[str, str]) -> None:
        await asyncio.shield(failing)

    assert ask(respond, plane) is None
    failing.set_exception(OSError())
    await settle()
    assert isinstance(failing.exception(), OSError)


async def test_a_proxy_that_is_trusted_says_where_a_poll_came_from(plane: Plane) -> None:
    async def respond(request: Any, response: Any, _: dict[str, str]) -> None:
        response.data = request.remote_addr.encode()

    scope = a_scope(x_forwarded_for="192.0.2.7")
    bodies = [
        reply.body
        for proxies in ((), ("10.0.0.9",), ("10.0.0.1",))
        if (reply := ask(respond, plane, scope, proxies=proxies))
    ]
    assert bodies == [b"10.0.0.9", b"192.0.2.7", b"10.0.0.9"]
    assert scope["client"] == ("10.0.0.9", 5000), "the application decides for itself"


async def test_only_gets_of_its_rows_are_looked_at(plane: Plane) -> None:
    async def respond(_: Any, __: Any, ___: dict[str, str]) -> None: ...

    polls = PollsAtOnce([Endpoint("GET", "/poll/{key}", respond)], plane.delivery.turns, lambda *_: None)
    asked = [("/poll/a", "GET"), ("/poll/a", "REPORT"), ("/polls", "GET")]
    assert [polls.may_answer(a_scope(path, method)) for path, method in asked] == [True, False, False]


async def test_looking_whether_turns_are_over_takes_none(plane: Plane) -> None:
    turns = plane.delivery.turns
    assert not turns.are_over
    assert turns._since is None
    turns._since = asyncio.get_running_loop().time() - 2 * SLICE
    assert turns.are_over
    waiting = asyncio.ensure_future(turns.take())
    await settle()
    turns._begin_anew()
    assert turns.are_over, "another one waits"
    await asyncio.wait_for(waiting, 5)
