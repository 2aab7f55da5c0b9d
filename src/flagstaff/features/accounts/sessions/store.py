"""Sessions in the database: digests of their secrets, and when each was last used.

A session is no resource: nothing of it is audited, and nobody but its member is shown it.
"""

from collections.abc import Mapping

from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.sessions.model import IDLE, Session
from flagstaff.kernel.clock import Millis
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Row, Transaction

TABLES = ("sessions", "session_uses")  # what a session is read from
COLUMNS = "id, member_id, created, expires, address, user_agent, coalesce(last_used, 0)"
SELECT = f"SELECT {COLUMNS} FROM sessions LEFT JOIN session_uses ON session_id = id WHERE "
LAST_SEEN = "max(created, coalesce((SELECT last_used FROM session_uses WHERE session_id = id), 0))"


def find_session(tx: Transaction, hashed: bytes) -> Session | None:
    """The session whose secret has that digest, be it over or not."""
    row = tx.one(SELECT + "digest = :digest", digest=hashed)
    return None if row is None else _session(row)


def list_sessions(tx: Transaction, member_id: str) -> list[Session]:
    """The sessions of a member that are not over, the one that was used last first."""
    found = [_session(row) for row in tx.all(SELECT + "member_id = :id", id=member_id)]
    running = [session for session in found if not session.is_over(tx.now)]
    return sorted(running, key=lambda session: (-session.last_seen, session.id))


def add_session(tx: Transaction, session: Session, secret: str) -> None:
    """Store a new session; of its secret only the digest is kept. Those that are over are removed."""
    end_sessions(tx, f"expires <= :now OR {LAST_SEEN} <= :idle", now=tx.now, idle=tx.now - IDLE)
    tx.run(
        "INSERT INTO sessions (id, digest, member_id, created, expires, address, user_agent) "
        "VALUES (:id, :digest, :member, :created, :expires, :address, :user_agent)",
        id=session.id,
        digest=digest(secret),
        member=session.member_id,
        created=session.created,
        expires=session.expires,
        address=session.address,
        user_agent=session.user_agent,
    )


def end_session(tx: Transaction, session_id: str) -> None:
    """End one session: the next call with it is refused."""
    end_sessions(tx, "id = :id", id=session_id)


def end_sessions_of(tx: Transaction, member: Member) -> None:
    """End every session of a member."""
    end_sessions(tx, "member_id = :id", id=member.id)


def end_sessions(tx: Transaction, where: str, /, **values: str | int | bytes) -> None:
    """End the sessions that `where` names."""
    tx.run(f"DELETE FROM session_uses WHERE session_id IN (SELECT id FROM sessions WHERE {where})", **values)
    tx.run(f"DELETE FROM sessions WHERE {where}", **values)


def save_uses(tx: Transaction, uses: Mapping[str, Millis]) -> None:
    """Write down when sessions were last used: an observation, no change."""
    tx.run_many(
        "INSERT INTO session_uses (session_id, last_used) SELECT id, :at FROM sessions WHERE id = :id "
        "ON CONFLICT (session_id) DO UPDATE SET last_used = max(last_used, excluded.last_used)",
        [{"id": session_id, "at": at} for session_id, at in uses.items()],
    )


def _session(row: Row) -> Session:
    return Session(**dict(zip(Session.__struct_fields__, row, strict=True)))
