"""What the event store knows of contexts: pages of them and of their instances, newest or oldest first."""

from collections.abc import Mapping, Sequence
from heapq import nlargest, nsmallest
from typing import Any

import msgspec
from msgspec.structs import replace

from flagstaff.features.contexts.model import Position, SeenContext, SeenInstance, keys_of_instance
from flagstaff.features.contexts.searching import Search
from flagstaff.features.projects.environments.model import Environment
from flagstaff.storage.conditions import Condition
from flagstaff.storage.events.reading import Row
from flagstaff.storage.transaction import Transaction

FEW = 2_000  # matches that are sorted rather than looked for in the order of time
NEAR = 1_000  # rows in that order among which a page is looked for before every body is read
PASSED_BY = 8  # rows of other environments, in the time in which an index leads to one
MOST_ASSOCIATED = 500  # instances that the associated contexts of one are counted in
CONTEXT = "kind, key, application_id, last_seen, redacted, body"
INSTANCE = "id, application_id, anonymous_kinds, last_seen, body"


class Part(msgspec.Struct, frozen=True):
    """Which part of what was found is asked for, and whether all of it is counted."""

    limit: int
    after: Position | None = None
    ascending: bool = False
    counted: bool = True


class Table(msgspec.Struct, frozen=True):
    """What can be searched: its columns, and the index in the order of time."""

    name: str
    columns: str
    by_time: str


class Found(msgspec.Struct, frozen=True):
    """The rows of a part, where the next one begins if there is one, and how many there are in all.

    `total` is None where nobody asked for it.
    """

    rows: list[Row]
    next: Position | None
    total: int | None = None


CONTEXTS = Table("contexts", CONTEXT, "contexts_by_last_seen")
INSTANCES = Table("context_instances", INSTANCE, "context_instances_by_last_seen")


def find_part(tx: Transaction, table: Table, environment: Environment, search: Search, part: Part) -> Found:
    """The rows of a part that meet a search, with as few rows read and bodies judged as it takes."""
    condition, given = search.condition
    chosen = (condition, {**given, "environment": environment.id})
    find = _find_by_bodies if search.reads_bodies else _find_by_index
    found = find(tx, table, environment, chosen, part)
    return found if part.counted else replace(found, total=None)


def _find_by_index(tx: Transaction, table: Table, _: Environment, chosen: Condition, part: Part) -> Found:
    condition, values = chosen
    where = f"WHERE environment_id = :environment AND {condition}"
    total = _count(tx, f"{table.name} {where}", values)
    if total <= FEW:  # found by the same index that counted them
        rows = f"SELECT rowid FROM {table.name} {where}"
        few = f"SELECT last_seen, rowid FROM {table.name} WHERE rowid IN ({rows})"
        return _choose(tx, table, tx.events.all(few, **values), part)
    return replace(_walk(tx, table, chosen, part), total=total)


def _find_by_bodies(
    tx: Transaction, table: Table, environment: Environment, chosen: Condition, part: Part
) -> Found:
    """What many meet fills the page soon, and the rest is only counted. What few do is looked for in all."""
    near = _walk(tx, table, chosen, part, NEAR)
    if near.next is not None and not part.counted:
        return near
    condition, values = chosen
    matches = f"{choose_scan(tx, table, environment)} WHERE environment_id = :environment AND {condition}"
    if near.next is None:
        return _choose(tx, table, tx.events.all(f"SELECT last_seen, rowid FROM {matches}", **values), part)
    return replace(near, total=_count(tx, matches, values))


def choose_scan(tx: Transaction, table: Table, environment: Environment) -> str:
    """The table to read every row of an environment from: as it lies unless it is mostly other environments.

    An index leads to the rows one by one, each of which takes as long as passing by eight.
    """
    last = tx.events.one(f"SELECT max(rowid) FROM {table.name}")
    enough = -(-(last[0] or 0 if last else 0) // PASSED_BY)
    own = f"SELECT 1 FROM {table.name} WHERE environment_id = :environment LIMIT :enough"
    counted = tx.events.one(f"SELECT count(*) FROM ({own})", environment=environment.id, enough=enough)
    is_mostly_others = counted is not None and counted[0] < enough
    return f"{table.name} {f'INDEXED BY {table.by_time}' if is_mostly_others else 'NOT INDEXED'}"


def list_contexts(
    tx: Transaction, environment: Environment, search: Search, part: Part
) -> tuple[list[SeenContext], Found]:
    """The contexts of a part, each with the number of those that it was evaluated together with."""
    found = find_part(tx, CONTEXTS, environment, search, part)
    contexts = []
    for kind, key, application_id, last_seen, redacted, body in found.rows:
        context = SeenContext(kind, key, application_id, last_seen, _texts(redacted), body)
        contexts.append(replace(context, associated=_count_associated(tx, environment, context)))
    return contexts, found


def list_instances(
    tx: Transaction, environment: Environment, search: Search, part: Part
) -> tuple[list[SeenInstance], Found]:
    """The instances of a part."""
    found = find_part(tx, INSTANCES, environment, search, part)
    instances = [
        SeenInstance(name, application_id, tuple(filter(None, anonymous.split(","))), last_seen, body)
        for name, application_id, anonymous, last_seen, body in found.rows
    ]
    return instances, found


def find_latest_body(tx: Transaction, environment: Environment, kind: str, key: str) -> str | None:
    """The JSON of a context as it was last seen in any application, or None."""
    row = tx.events.one(
        "SELECT body FROM contexts WHERE environment_id = :environment AND kind = :kind AND key = :key "
        "ORDER BY last_seen DESC LIMIT 1",
        environment=environment.id,
        kind=kind,
        key=key,
    )
    return None if row is None else str(row[0])


def _choose(tx: Transaction, table: Table, every: Sequence[Row], part: Part) -> Found:
    """The part out of all matches, of which only time and row were read."""
    left = every
    if part.after is not None:
        end = (part.after.last_seen, part.after.row)
        left = [row for row in every if (row > end if part.ascending else row < end)]
    chosen = (nsmallest if part.ascending else nlargest)(part.limit + 1, left)
    rows = _read(tx, table, [row for _, row in chosen[: part.limit]])
    following = Position(*chosen[part.limit - 1]) if len(chosen) > part.limit else None
    return Found(rows, following, len(every))


def _read(tx: Transaction, table: Table, rows: Sequence[int]) -> list[Row]:
    names = {f"row{number}": row for number, row in enumerate(rows)}
    places = ", ".join(f":{name}" for name in names)
    sql = f"SELECT rowid, {table.columns} FROM {table.name} WHERE rowid IN ({places})"
    found = {row: columns for row, *columns in tx.events.all(sql, **names)}
    return [tuple(found[row]) for row in rows]


def _walk(tx: Transaction, table: Table, chosen: Condition, part: Part, near: int | None = None) -> Found:
    """The part, met in the order of time: of many matches the first ones are near.

    Where only so many rows are to be looked at, it may end too early. Nothing is counted.
    """
    condition, values = chosen
    direction, beyond = ("ASC", ">") if part.ascending else ("DESC", "<")
    order = f"ORDER BY last_seen {direction}, rowid {direction}"
    source = f"{table.name} INDEXED BY {table.by_time} WHERE environment_id = :environment"
    given: dict[str, Any] = dict(values)
    if part.after is not None:
        source += f" AND (last_seen, rowid) {beyond} (:last_seen, :row)"
        given |= {"last_seen": part.after.last_seen, "row": part.after.row}
    if near is not None:
        source = f"(SELECT rowid, * FROM {source} {order} LIMIT :near) WHERE TRUE"
        given["near"] = near
    rows = tx.events.all(
        f"SELECT last_seen, rowid, {table.columns} FROM {source} AND {condition} {order} LIMIT :limit",
        **given,
        limit=part.limit + 1,
    )
    following = Position(*rows[part.limit - 1][:2]) if len(rows) > part.limit else None
    return Found([row[2:] for row in rows[: part.limit]], following)


def _count(tx: Transaction, matches: str, values: Mapping[str, Any]) -> int:
    counted = tx.events.one(f"SELECT count(*) FROM {matches}", **values)
    return int(counted[0]) if counted else 0


def _count_associated(tx: Transaction, environment: Environment, context: SeenContext) -> int:
    """How many other contexts it was evaluated together with, in the first instances that there are."""
    rows = tx.events.all(
        "SELECT instance_id FROM instance_contexts WHERE environment_id = :environment AND kind = :kind "
        "AND key = :key LIMIT :most",
        environment=environment.id,
        kind=context.kind,
        key=context.key,
        most=MOST_ASSOCIATED,
    )
    members = {member for (instance,) in rows for member in keys_of_instance(instance).items()}
    return len(members - {(context.kind, context.key)})


def _texts(encoded: str) -> tuple[str, ...]:
    return () if encoded == "[]" else msgspec.json.decode(encoded, type=tuple[str, ...])
