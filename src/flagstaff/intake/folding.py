"""Counters get coarser with their age: rows of a short period become one of a longer period."""

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.storage.events.transaction import EventTransaction

JOINED = {
    "sum": "{0} = {0} + excluded.{0}",
    "min": "{0} = min({0}, excluded.{0})",
    "max": "{0} = max({0}, excluded.{0})",
}


class Folded(msgspec.Struct, frozen=True):
    """A table whose rows are by environment, time, width and `names`; how several values become one.

    `together` are the environments of one unit: many where each has but a few rows in a coarse period.
    """

    table: str
    names: tuple[str, ...]
    values: dict[str, str]
    together: int = 1

    @property
    def keys(self) -> str:
        return ", ".join(("environment_id", *self.names))


COUNTERS = (
    Folded("flag_counters", ("flag_key", "variation", "version", "context_kinds"), {"count": "sum"}),
    Folded("sdk_counters", ("source", "sdk", "version", "wrapper"), {"events": "sum", "payloads": "sum"}),
)
CONNECTIONS = Folded(
    "connection_counts",
    (),
    {"streams": "min", "most_streams": "max", "polls": "min", "most_polls": "max"},
    together=50,
)


def fold(tx: EventTransaction, folded: Folded, width: Millis, into: Millis, before: Millis) -> bool:
    """Make one coarse period of the oldest fine ones, in some environments; whether there was any."""
    table = folded.table
    oldest = f"SELECT at FROM {table} WHERE width = {width} AND at < :before ORDER BY at LIMIT 1"
    row = tx.one(oldest, before=before - before % into)
    if row is None:
        return False
    start = row[0] - row[0] % into
    period = f"at >= {start} AND at < {start + into} AND width = {width}"
    names = tx.many(f"SELECT DISTINCT environment_id FROM {table} WHERE {period} LIMIT ?", (folded.together,))
    told = ", ".join(f"{how}({name})" for name, how in folded.values.items())
    joined = ", ".join(JOINED[how].format(name) for name, how in folded.values.items())
    # By the environment's own rows: an index by time would be read from end to end for each of them.
    where = f"environment_id = ? AND at >= {start} AND at < {start + into} AND +width = {width}"
    tx.run_many(
        f"INSERT INTO {table} ({folded.keys}, at, width, {', '.join(folded.values)}) "
        f"SELECT {folded.keys}, {start}, {into}, {told} FROM {table} WHERE {where} "
        f"GROUP BY {folded.keys} ON CONFLICT DO UPDATE SET {joined}",
        names,
    )
    return tx.run_many(f"DELETE FROM {table} WHERE {where}", names) > 0
