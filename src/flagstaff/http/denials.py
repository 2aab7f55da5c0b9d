"""Refused writes in the audit log: for each caller, action and resource one a minute, and not too many."""

from dataclasses import dataclass, field

import structlog

from flagstaff.access.specifiers import InvalidSpecifier, parse_resource
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import ApiError
from flagstaff.storage.audit import Actor, Entry, record
from flagstaff.storage.database import Database
from flagstaff.storage.transaction import Transaction

OFTEN: Millis = 60_000
MOST = 300  # that one caller can bring into the log in that time, so that nobody fills the disk with them
REMEMBERED = 10_000
LONGEST = 2_000  # characters of a resource
KINDS = {
    "proj": "project",
    "env": "environment",
    "acct": "account",
    "service-token": "token",
    "relay-proxy-config": "relay-auto-config",
}  # where the audit log has another word for a type of resource
Access = tuple[str, str]
log = structlog.get_logger()


@dataclass
class Denials:
    """Used on the event loop, after the refused unit was rolled back."""

    database: Database
    _noted: dict[tuple[Actor, tuple[Access, ...]], Millis] = field(default_factory=dict)

    async def note(self, actor: Actor, accesses: tuple[Access, ...]) -> None:
        """Write down what was refused. Where that cannot be stored now, the log of the server tells it."""
        now, accesses = self.database.clock(), tuple(filter(_is_nameable, accesses))
        if not accesses or 0 <= now - self._noted.get((actor, accesses), -OFTEN) < OFTEN:
            return
        if len(self._noted) >= REMEMBERED:
            self._noted.clear()
        self._noted[actor, accesses] = now
        try:
            await self.database.write(lambda tx: save_denial(tx, actor, accesses))
        except ApiError as error:
            log.warning("denial_lost", cause=str(error))


def save_denial(tx: Transaction, actor: Actor, accesses: tuple[Access, ...]) -> None:
    """Write an entry of those refusals that no process has noted for the same caller within a minute."""
    caller = f"{actor.member_id}/{actor.token_id}"
    tx.run("DELETE FROM denials WHERE noted <= :before OR noted > :now", before=tx.now - OFTEN, now=tx.now)
    counted = tx.one("SELECT count(*) FROM denials WHERE caller = :caller", caller=caller)
    room = MOST - (counted[0] if counted else 0)
    fresh = tuple(access for access in accesses[: max(room, 0)] if _is_fresh(tx, caller, access))
    if fresh:
        record(tx, describe_denial(actor, fresh), ())


def describe_denial(actor: Actor, accesses: tuple[Access, ...]) -> Entry:
    """What the log says of actions that a caller's policies do not allow."""
    action, text = accesses[0]
    segment = parse_resource(text).segments[-1]
    kind = KINDS.get(segment.type, segment.type)
    return Entry(
        kind=kind,
        name=segment.name or "Flagstaff",
        title_verb=f"was refused `{action}` on the {kind.replace('-', ' ')}",
        description="Nothing was changed.",
        accesses=accesses,
        actor=actor,
        denied=True,
    )


def _is_nameable(access: Access) -> bool:
    """Whether there can be such a resource: permission is asked for before a new key is checked."""
    try:
        parse_resource(access[1])
    except InvalidSpecifier:
        return False
    return len(access[1]) <= LONGEST


def _is_fresh(tx: Transaction, caller: str, access: Access) -> bool:
    action, resource = access
    insert = (
        "INSERT INTO denials (caller, action, resource, noted) "
        "VALUES (:caller, :action, :resource, :now) ON CONFLICT DO NOTHING"
    )
    return bool(tx.run(insert, caller=caller, action=action, resource=resource, now=tx.now))
