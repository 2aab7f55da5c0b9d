"""The audit chain walked on in steps, so that its state is known at any time and nobody waits for it."""

from functools import partial

import msgspec
from msgspec.structs import replace

from flagstaff.kernel.clock import Millis
from flagstaff.storage.audit import GENESIS, Break, BrokenChain, count_entries, entries, follow, start
from flagstaff.storage.database import Database
from flagstaff.storage.transaction import Transaction

EVERY = 60.0  # seconds
STEP = 500  # entries that one unit checks
ANEW: Millis = 24 * 3_600_000  # after which what was checked before is checked again
CUT_OFF = "that is missing at the end"


class Walk(msgspec.Struct, frozen=True):
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
    kept = walk
    try:
        kept = _skip_unkept(tx, walk)
        found = [*entries(tx, kept.position, STEP)]
        *_, (position, mac) = [(kept.position, kept.mac), *follow(tx.seal_key, kept.mac, found)]
    except BrokenChain as broken:
        return replace(kept, broken=broken.place)
    if not found and count_entries(tx) < kept.position:
        return replace(kept, broken=Break(CUT_OFF, kept.position))
    return replace(kept, position=position, mac=mac, at_end=len(found) < STEP)


def _skip_unkept(tx: Transaction, walk: Walk) -> Walk:
    """The walk behind the entries that were removed for their age, whose last seal was kept."""
    position, mac = start(tx)
    return walk if position <= walk.position else replace(walk, position=position, mac=mac)
