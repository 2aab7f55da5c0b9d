"""What the server does by itself."""

import asyncio
from collections.abc import Callable

from structlog.testing import capture_logs

from flagstaff.features.system.audit_heads import log_audit_head
from flagstaff.features.system.routines import Routine
from tests.support.server import TestServer

Lines = list[dict[str, object]]


def gather(server: TestServer, enough: Callable[[Lines], bool]) -> Lines:
    """What is logged until that is enough, by a routine of every thousandth of a second."""

    async def wait() -> Lines:
        with capture_logs() as lines:
            routine = Routine(log_audit_head, server.database, every=0.001)
            routine.start()
            async with asyncio.timeout(10):
                while not enough(lines):  # noqa: ASYNC110 - nobody can be asked to tell
                    await asyncio.sleep(0)
            await routine.stop()
        return lines

    return server.run(wait())


def test_work_is_done_at_once_and_again_and_again(server: TestServer) -> None:
    lines = gather(server, lambda found: len(found) >= 3)

    assert {line["event"] for line in lines} == {"audit_head"}


def test_work_that_fails_is_told_and_done_again(server: TestServer) -> None:
    server.run(server.database.stop())

    lines = gather(server, lambda found: len(found) >= 2)

    assert [(line["event"], line["routine"]) for line in lines[:2]] == [
        ("routine_failed", "log_audit_head")
    ] * 2
