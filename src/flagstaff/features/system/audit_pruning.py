"""The audit log, kept for as many days as the operator wants: in small units, so that requests go on."""

from functools import partial

import structlog

from flagstaff.kernel.clock import Millis
from flagstaff.storage.audit import prune
from flagstaff.storage.database import Database

DAY: Millis = 24 * 3_600_000
BATCH = 500  # entries that one unit removes
log = structlog.get_logger()


async def prune_audit_log(database: Database, days: int) -> None:
    """Remove what is older; with 0 days, nothing ever."""
    if not days:
        return
    before, removed, last = database.clock() - days * DAY, 0, BATCH
    while last == BATCH:
        last = await database.write(partial(prune, before=before, most=BATCH))
        removed += last
    if removed:
        log.info("audit_log_pruned", entries=removed)
