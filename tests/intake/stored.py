"""A scratch event store written to directly."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flagstaff.intake.ledger import Ceilings, Ledger, Memory
from flagstaff.storage.events.transaction import EventTransaction

NOW = 1_700_000_000_000


class Scratch:
    """Transactions on one file, which share a memory."""

    def __init__(self, path: Path, ceilings: Ceilings | None = None) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.ceilings = ceilings or Ceilings()
        self.memory = Memory()

    @contextmanager
    def ledger(self, now: int = NOW) -> Iterator[Ledger]:
        """One transaction, committed at its end."""
        tx = EventTransaction(self.connection)
        self.connection.execute("BEGIN")
        ledger = Ledger(tx, self.memory, self.ceilings, now)
        yield ledger
        ledger.close()
        self.connection.execute("COMMIT")
        tx.confirm()

    def rows(self, sql: str) -> list[Any]:
        return self.connection.execute(sql).fetchall()
