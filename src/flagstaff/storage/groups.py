"""Write units in groups: each unit in its own savepoint of one transaction, which commits for all of them.

A unit that fails rolls back to its savepoint. When the transaction itself is lost, every unit of the group is
answered with 503, whatever it had returned, and nothing of it is published (decision 0003).
"""

import contextvars
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import msgspec

from flagstaff.kernel.clock import Clock
from flagstaff.kernel.errors import Unavailable
from flagstaff.kernel.ids import Ids
from flagstaff.storage.memory import Memory
from flagstaff.storage.publishing import publish_items
from flagstaff.storage.sqlite import explain_error
from flagstaff.storage.transaction import Effect, Transaction

Unit = Callable[[Transaction], Any]


class GroupLost(Exception):
    """The transaction around the units is gone: nothing of the group was kept."""


@dataclass
class Outcome:
    """What a unit came to: a result or an error, and its effects if it is kept."""

    result: Any = None
    error: BaseException | None = None
    effects: list[Effect] = field(default_factory=list)


class Group(msgspec.Struct, frozen=True):
    """Runs units on one connection between `begin` and `commit`."""

    connection: sqlite3.Connection
    clock: Clock
    ids: Ids
    seal_key: bytes
    memory: Memory = msgspec.field(default_factory=lambda: Memory(by_table=True))

    def begin(self) -> None:
        with self._whole():
            self.connection.execute("BEGIN IMMEDIATE")
            self.memory.begin(self.connection)

    def commit(self) -> None:
        with self._whole():
            self.connection.execute("COMMIT")

    def run(self, unit: Unit, context: contextvars.Context) -> Outcome:
        """Run one unit in its savepoint; raises GroupLost when the transaction did not survive it."""
        tx = Transaction(
            self.connection, self.clock(), self.ids, self.seal_key, memory=self.memory, recalled=True
        )
        written = self.connection.total_changes
        try:
            self.connection.execute("SAVEPOINT unit")
            result = context.run(unit, tx)
            if tx.discarded:
                self._undo(written)
                return Outcome(result)
            publish_items(tx)
            self.connection.execute("RELEASE unit")
        except Exception as error:  # noqa: BLE001 - whatever a unit raises is its caller's answer
            return self._failed(error, written)
        return Outcome(result, effects=tx.effects)

    def _failed(self, error: Exception, written: int) -> Outcome:
        if not self.connection.in_transaction:
            raise GroupLost from error
        self._undo(written)
        return Outcome(error=explain_error(error) or error)

    def _undo(self, written: int) -> None:
        """Take back what the unit changed since `written`, the count of changes before it."""
        if self.connection.total_changes != written:
            self.memory.clear()  # it may hold what the unit saw of its own changes
        with self._whole():
            self.connection.execute("ROLLBACK TO unit")
            self.connection.execute("RELEASE unit")

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise GroupLost from error

    def abandon(self) -> None:
        """Give up what is left of a lost group."""
        self.memory.clear()
        with suppress(sqlite3.Error):
            self.connection.execute("ROLLBACK")


def lost(error: BaseException) -> Unavailable:
    """The answer to every unit of a lost group; its cause is what SQLite said, for the log."""
    answer = Unavailable("The change could not be stored and was not made; try again", retry_after=1)
    answer.__cause__ = error.__cause__ or error
    return answer


def run_alone(group: Group, unit: Unit) -> Outcome:
    """One unit in a transaction of its own, for commands that work on the file without a server.

    Raises what the unit raised.
    """
    try:
        group.begin()
        outcome = group.run(unit, contextvars.copy_context())
        group.commit()
    except GroupLost as error:
        group.abandon()
        raise lost(error) from error
    if outcome.error is not None:
        raise outcome.error
    return outcome
