"""The audit chain walked on in steps, so that its state is known at any time and nobody waits for it."""

import hmac
from dataclasses import dataclass, replace
from functools import partial

from flagstaff.kernel.clock import Millis
from flagstaff.storage.audit import COLUMNS, GENESIS, Break, anchor, count_entries, is_anchored, seal
from flagstaff.storage.database import Database
from flagstaff.storage.transaction import Transaction

EVERY = 60.0  # seconds
STEP = 500  # entries that one unit checks
ANEW: Millis = 24 * 3_600_000  # after which what was checked before is checked again
UNKEPT = "that is no longer kept"
CUT_OFF = "that is missing at the end"


@dataclass(frozen=True)
class Walk:
    """How far the chain holds: up to the entry at `position`, whose MAC is `mac`."""

    begun: Millis
    position: int = 0
    mac: bytes = GENESIS
    at_end: bool = False
    broken: Break | None = None
    verified: Millis = 0  # when its end was reached


class AuditWatch:
    """What this process has found; used on the event loop. `known` is None until the first walk has ended."""

    def __init__(self) -> None:
        self.known: Walk | None = None

    async def walk(self, database: Database) -> None:
        """Check what is new, or, once a day and after a break, everything."""
        now, known = database.clock(), self.known
        goes_on = known is not None and known.broken is None and now - known.begun < ANEW
        walk = replace(known, at_end=False) if known is not None and goes_on else Walk(now)
        while not walk.at_end and walk.broken is None:
            walk = await database.read(partial(step, walk=walk))
        self.known = replace(walk, verified=database.clock())


def step(tx: Transaction, walk: Walk) -> Walk:
    """The walk after the next entries; at its end when there are no more."""
    kept = _skip_unkept(tx, walk)
    if kept.broken is not None:
        return kept
    rows = tx.all(
        f"SELECT position, {COLUMNS}, mac FROM audit_log WHERE position > :last "
        f"ORDER BY position LIMIT {STEP}",
        last=kept.position,
    )
    if not rows and count_entries(tx) < kept.position:
        return replace(kept, broken=Break(CUT_OFF, kept.position))
    position, previous = kept.position, kept.mac
    for position, *values, mac in rows:
        if not hmac.compare_digest(seal(tx.seal_key, previous, values), bytes(mac)):
            return replace(kept, broken=Break(str(values[0]), position))
        previous = bytes(mac)
    return replace(kept, position=position, mac=previous, at_end=len(rows) < STEP)


def _skip_unkept(tx: Transaction, walk: Walk) -> Walk:
    """The walk behind the entries that were removed for their age, whose last seal was kept."""
    position, mac, _ = anchor(tx)
    if not is_anchored(tx):
        return replace(walk, broken=Break(UNKEPT, position))
    return walk if position <= walk.position else replace(walk, position=position, mac=mac)
