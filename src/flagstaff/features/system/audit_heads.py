"""The newest seal of the audit log, logged: kept elsewhere, it shows later what was removed."""

import structlog

from flagstaff.storage import audit
from flagstaff.storage.database import Database

log = structlog.get_logger()


async def log_audit_head(database: Database) -> None:
    head, entries = await database.read(lambda tx: (audit.head(tx), audit.count_entries(tx)))
    log.info("audit_head", head=head.hex(), entries=entries)
