"""The outbox, kept short: in small units, between which requests go on."""

import structlog

from flagstaff.storage.database import Database
from flagstaff.storage.outbox import BATCH, prune_events

log = structlog.get_logger()


async def prune_outbox(database: Database) -> None:
    """Remove all events that nobody needs any more."""
    removed, last = 0, BATCH
    while last == BATCH:
        last = await database.write(prune_events)
        removed += last
    if removed:
        log.info("outbox_pruned", events=removed)
