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
    """A table whose rows are by environment, time, width and `names`; how several values become one."""

    table: str
    names: tuple[str, ...]
    values: dict[str, str]

    @property
    def keys(self) -> str:
        return ", ".join(("environment_id", *self.names))


COUNTERS = (
    Folded("flag_counters", ("flag_key", "variation", "version", "context_kinds"), {"count": "sum"}),
    Folded("sdk_counters", ("source", "sdk", "version", "wrapper"), {"events": "sum", "payloads": "sum"}),
)
CONNECTIONS = Folded(
    "connection_counts", (), {"streams": "min", "most_streams": "max", "polls": "min", "most_polls": "max"}
)


def fold(tx: EventTransaction, folded: Folded, width: Millis, into: Millis, before: Millis) -> bool:
    """Make one coarse period of the oldest fine ones, in one environment; whether there was any."""
    table = folded.table
    oldest = (
        f"SELECT at, environment_id FROM {table} WHERE width = {width} AND at < :before ORDER BY at LIMIT 1"
    )
    row = tx.one(oldest, before=before - before % into)
    if row is None:
        return False
    start = row[0] - row[0] % into
    told = ", ".join(f"{how}({name})" for name, how in folded.values.items())
    joined = ", ".join(JOINED[how].format(name) for name, how in folded.values.items())
    where = f"width = {width} AND at >= ? AND at < ? AND environment_id = ?"
    place = (start, start + into, row[1])
    tx.run(
        f"INSERT INTO {table} ({folded.keys}, at, width, {', '.join(folded.values)}) "
        f"SELECT {folded.keys}, {start}, {into}, {told} FROM {table} WHERE {where} "
        f"GROUP BY {folded.keys} ON CONFLICT DO UPDATE SET {joined}",
        place,
    )
    return tx.run(f"DELETE FROM {table} WHERE {where}", place) > 0
