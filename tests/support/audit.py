"""The audit log as tests read it, before it has operations of its own."""

from dataclasses import dataclass
from typing import Any

import msgspec

from flagstaff.storage import audit
from tests.support.server import TestServer

COLUMNS = "kind, name, title_verb, description, comment, member_id, token_id, accesses, versions"


@dataclass(frozen=True)
class Recorded:
    """One entry; `accesses` are pairs of action and resource, `versions` the documents written."""

    kind: str
    name: str
    verb: str
    description: str
    comment: str
    member_id: str
    token_id: str
    accesses: list[list[str]]
    versions: list[dict[str, Any]]


def recorded(server: TestServer, since: int = 0) -> list[Recorded]:
    """The entries after the first `since`, oldest first."""
    rows = server.rows(f"SELECT {COLUMNS} FROM audit_log ORDER BY position LIMIT -1 OFFSET {since}")
    return [
        Recorded(*row[:-2], msgspec.json.decode(accesses), _documents(versions))
        for row in rows
        for accesses, versions in [row[-2:]]
    ]


def _documents(versions: bytes) -> list[dict[str, Any]]:
    """Those that were written, without the patch that was sent."""
    return [written for written in audit.unpack(versions) if "table" in written]


def traces(server: TestServer) -> tuple[int, int]:
    """How many changes the log has, not counting what was refused, and how many outgoing events there are."""
    ((changes,),) = server.rows("SELECT count(*) FROM audit_log WHERE accesses NOT LIKE '%\"deny\"]%'")
    return changes, server.count("outbox")
