"""Calls over real sockets, awaited."""

import asyncio
import socket

import pytest

from launch_darkly_python_sdk import LaunchDarkly, NoAnswer, NotFound
from launch_darkly_python_sdk.retries import Retries
from recording.server import Prepared, Recorder


async def test_calls_run_side_by_side(recorder: Recorder) -> None:
    recorder.otherwise = lambda request: Prepared(200, {"_id": request.target.rpartition("/")[2]})
    async with LaunchDarkly("token", host=recorder.host) as client:
        found = await asyncio.gather(
            *(client.access_tokens.aget_by_id(id=str(number)) for number in range(20))
        )
    assert [token.id for token in found] == [str(number) for number in range(20)]


async def test_errors_and_retries_are_the_same(recorder: Recorder) -> None:
    async with LaunchDarkly("token", host=recorder.host, retries=Retries(1, backoff=0.0)) as client:
        recorder.answers = [Prepared(503), Prepared(200, {"items": ["a"]})]
        assert (await client.tags.alist()).items == ["a"]
        recorder.answers = [Prepared(404, {"code": "not_found"})]
        with pytest.raises(NotFound):
            await client.access_tokens.aget_by_id(id="x")
        recorder.answers = [Prepared(200, {}, cut=10)] * 2
        with pytest.raises(NoAnswer):
            await client.tags.alist()


async def test_a_file_is_sent(recorder: Recorder) -> None:
    recorder.answers = [Prepared(201, {"items": []})]
    async with LaunchDarkly("token", host=recorder.host) as client:
        await client.teams.aadd_multiple_members_to_team(team_key="t", file=b"a@example.com\n")
    assert b"a@example.com" in recorder.last.content


def test_one_client_serves_one_event_loop_after_another(recorder: Recorder) -> None:
    """As in a script that calls `asyncio.run` more than once, and closes nothing."""
    client = LaunchDarkly("token", host=recorder.host)
    recorder.otherwise = lambda _request: Prepared(200, {"items": ["a"]})

    async def call() -> list[str]:
        return (await client.tags.alist()).items

    assert asyncio.run(call()) == asyncio.run(call()) == ["a"]
    assert client._async_connection is not None
    assert client._async_connection._clients == {}


async def test_closing_closes_the_connections_of_this_loop(recorder: Recorder) -> None:
    client = LaunchDarkly("token", host=recorder.host)
    await client.tags.alist()
    connection = client._async_connection
    assert connection is not None
    (used,) = connection._clients.values()
    await client.aclose()
    await client.aclose()
    assert used.is_closed
    with pytest.raises(RuntimeError, match="closed"):
        await client.tags.alist()


async def test_a_call_can_be_cancelled() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = f"http://127.0.0.1:{silent.getsockname()[1]}"
        async with LaunchDarkly("token", host=host) as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.tags.alist(), 0.05)
