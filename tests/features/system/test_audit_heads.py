"""Heads of the audit log in the logs."""

import asyncio
from collections.abc import Callable

import structlog

from flagstaff.features.system.audit_heads import AuditHeads
from flagstaff.storage import audit
from tests.support.server import TestServer


def gather(server: TestServer, enough: Callable[[list[dict[str, object]]], bool]) -> list[dict[str, object]]:
    """What is logged until that is enough; more than every 100th of a second."""

    async def wait() -> list[dict[str, object]]:
        with structlog.testing.capture_logs() as lines:
            heads = AuditHeads(server.database, every=0.001)
            heads.start()
            async with asyncio.timeout(10):
                while not enough(lines):  # noqa: ASYNC110 - nobody can be asked to tell
                    await asyncio.sleep(0)
            await heads.stop()
        return lines

    return server.run(wait())


def test_the_head_is_logged_at_once_and_again_and_again(server: TestServer) -> None:
    lines = gather(server, lambda found: len(found) >= 3)

    assert lines[0] == {
        "event": "audit_head",
        "log_level": "info",
        "head": server.read(audit.head).hex(),
        "entries": server.count("audit_log"),
    }
    assert lines[1] == lines[2] == lines[0]


def test_a_database_that_cannot_be_read_is_told_and_asked_again(server: TestServer) -> None:
    server.run(server.database.stop())

    lines = gather(server, lambda found: len(found) >= 2)

    assert [line["event"] for line in lines[:2]] == ["audit_head_not_read"] * 2
