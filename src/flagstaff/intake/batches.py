"""Rows of who was seen, collected through a transaction and written together: one by one they cost half more.

A row is added or, where there is one already, touched. What came last counts last.
"""

from dataclasses import dataclass, field

from flagstaff.intake.ledger import Ledger
from flagstaff.storage.events.reading import SqlValue

Row = tuple[SqlValue, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """`what` is the ceiling of what is new. `add` leaves alone what is there."""

    what: str
    add: str
    touch: str = ""


@dataclass(slots=True)
class _Rows:
    """Of one environment: those to add, and all in their order, to add, to touch, and whether it is known."""

    new: list[Row] = field(default_factory=list)
    every: list[tuple[Row, Row, bool]] = field(default_factory=list)


class Batch:
    """Rows of one table in one transaction; only when they are written is it known which were there."""

    def __init__(self, ledger: Ledger, statements: Statements) -> None:
        self._ledger = ledger
        self._statements = statements
        self._rows: dict[str, _Rows] = {}

    def put(self, environment_id: str, add: Row, touch: Row = (), *, is_known: bool = False) -> bool:
        """Add a row, or touch that which is `is_known` to be there; false where it is above the ceiling."""
        rows = self._rows.get(environment_id)
        if rows is None:
            rows = self._rows[environment_id] = _Rows()
        if not is_known:
            if len(rows.new) >= self._ledger.room(environment_id, self._statements.what):
                return self._put_last(environment_id, add, touch)
            rows.new.append(add)
        rows.every.append((add, touch, is_known))
        return True

    def write(self) -> None:
        """Write all that was put."""
        for environment_id, rows in self._rows.items():
            added = self._run(self._statements.add, rows.new)
            if added:
                self._ledger.count(environment_id, self._statements.what, added)
            some_were_there = added < len(rows.new)
            seen = [row for row in rows.every if row[2] or some_were_there]
            if self._statements.touch and self._run(self._statements.touch, [row[1] for row in seen]) < len(
                seen
            ):
                for add, touch, _ in seen:  # some were known to be there, and have been forgotten since
                    self._touch(environment_id, add, touch)
        self._rows.clear()

    def _put_last(self, environment_id: str, add: Row, touch: Row) -> bool:
        """Where there may be no room: some of what waits may be there already, and take up none."""
        self.write()
        if self._ledger.has_room(environment_id, self._statements.what):
            return self.put(environment_id, add, touch)
        return self._touch(environment_id, add, touch)

    def _touch(self, environment_id: str, add: Row, touch: Row) -> bool:
        if self._statements.touch and self._ledger.tx.run(self._statements.touch, touch):
            return True
        if not self._ledger.admit(environment_id, self._statements.what):
            return False
        self._ledger.tx.run(self._statements.add, add)
        return True

    def _run(self, sql: str, rows: list[Row]) -> int:
        return self._ledger.tx.run_many(sql, rows) if rows else 0
