"""Users in the event store: contexts of the kind `user`, each once, as last seen in any application."""

from collections.abc import Sequence
from heapq import nlargest, nsmallest
from typing import Any

import msgspec

from flagstaff.features.contexts.kinds.model import USER
from flagstaff.features.contexts.store import CONTEXTS, NEAR, choose_scan
from flagstaff.features.contexts.users.model import SeenUser
from flagstaff.features.contexts.users.searching import Order
from flagstaff.features.projects.environments.model import Environment
from flagstaff.kernel.paging import Page
from flagstaff.storage.conditions import Condition, one_of
from flagstaff.storage.events.reading import Row
from flagstaff.storage.transaction import Transaction

WHERE = f"WHERE environment_id = :environment AND kind = '{USER}' AND "
# No row of the same user is newer. With the plus that one is found by its key, not among all that came later.
LATEST = f"""NOT EXISTS (SELECT 1 FROM contexts AS newer WHERE newer.environment_id = :environment
    AND newer.kind = '{USER}' AND newer.key = contexts.key AND newer.application_id <> contexts.application_id
    AND (+newer.last_seen, newer.application_id) > (contexts.last_seen, contexts.application_id))"""
SEVERAL = f"""SELECT key FROM contexts {WHERE} TRUE GROUP BY key HAVING count(*) > 1 LIMIT :most"""
MOST_SEVERAL = 5_000  # users of several applications who are told from the others beforehand
COLUMNS = "key, last_seen, redacted, body"


class FoundUser(msgspec.Struct, frozen=True):
    """A user, and the value that they are sorted by."""

    user: SeenUser
    sort_value: str


class UserPage(msgspec.Struct, frozen=True):
    """A part of the users, whether there are more, and how many there are in all."""

    users: list[FoundUser]
    has_more: bool
    total: int


def find_user(tx: Transaction, environment: Environment, key: str) -> SeenUser | None:
    """The user with that key, or None for one who was never seen."""
    row = tx.events.one(
        f"SELECT {COLUMNS} FROM contexts {WHERE} key = :key ORDER BY last_seen DESC LIMIT 1",
        environment=environment.id,
        key=key,
    )
    return None if row is None else _user(row)


def list_users(
    tx: Transaction, environment: Environment, chosen: Condition, order: Order, page: Page
) -> UserPage:
    """The users of a part in their order."""
    if chosen[0] == "TRUE":
        rows = _walk(tx, environment, chosen, order, page)
        return _page(rows, order, page, _count_all(tx, environment))
    near = _walk(tx, environment, chosen, order, page, NEAR)
    if len(near) <= _limit(page):
        return _choose(tx, environment, chosen, order, page)
    return _page(near, order, page, _count(tx, environment, chosen))


def _walk(  # noqa: PLR0917 - one argument for each part of the query
    tx: Transaction,
    environment: Environment,
    chosen: Condition,
    order: Order,
    page: Page,
    near: int | None = None,
) -> list[Row]:
    """One more than a page of those who meet a condition, met in the order of an index.

    Where only so many rows are to be looked at, it may end too early.
    """
    condition, values = chosen
    columns = ("last_seen", "rowid") if order.by_time else ("key",)
    direction, beyond = ("DESC", "<") if order.descending else ("ASC", ">")
    ordered = f"ORDER BY {', '.join(f'{column} {direction}' for column in columns)}"
    source = f"contexts {'INDEXED BY contexts_by_last_seen' if order.by_time else ''} {WHERE} TRUE"
    given: dict[str, Any] = {**values, "environment": environment.id}
    if order.begins is not None:
        begins = {f"begin{number}": value for number, value in enumerate(order.begins)}
        source += f" AND ({', '.join(columns)}) {beyond} ({', '.join(f':{name}' for name in begins)})"
        given |= begins
    if near is not None:
        source = f"(SELECT rowid, * FROM {source} {ordered} LIMIT :near) AS contexts WHERE TRUE"
        given["near"] = near
    return tx.events.all(
        f"SELECT rowid, {COLUMNS} FROM {source} AND {condition} AND {LATEST} "
        f"{ordered} LIMIT :limit OFFSET :offset",
        **given,
        limit=_limit(page) + 1,
        offset=page.offset,
    )


def _count_all(tx: Transaction, environment: Environment) -> int:
    sql = f"SELECT count(DISTINCT key) FROM contexts {WHERE} TRUE"
    counted = tx.events.one(sql, environment=environment.id)
    return int(counted[0]) if counted else 0


def _count(tx: Transaction, environment: Environment, chosen: Condition) -> int:
    """How many meet a condition. Most users have one row: none of the others is looked for then."""
    condition, values = chosen
    latest, keys = _tell_latest(tx, environment)
    source = choose_scan(tx, CONTEXTS, environment)
    counted = tx.events.one(
        f"SELECT count(*) FROM {source} {WHERE} {condition} AND {latest}",
        **{**values, **keys, "environment": environment.id},
    )
    return int(counted[0]) if counted else 0


def _tell_latest(tx: Transaction, environment: Environment) -> Condition:
    """LATEST, with as few looks at other rows as the rows that there are allow."""
    place = {"environment": environment.id}
    rows = tx.events.one(f"SELECT count(*), count(DISTINCT key) FROM contexts {WHERE} TRUE", **place)
    if rows is None or rows[0] == rows[1]:
        return "TRUE", {}
    several = tx.events.all(SEVERAL, **place, most=MOST_SEVERAL + 1)
    if len(several) > MOST_SEVERAL:
        return LATEST, {}
    sql, keys = one_of("key", [key for (key,) in several], "several")
    return f"(NOT {sql} OR {LATEST})", keys


def _choose(
    tx: Transaction, environment: Environment, chosen: Condition, order: Order, page: Page
) -> UserPage:
    """Those who meet a condition that few do, so that every body must be looked at."""
    condition, values = chosen
    source = choose_scan(tx, CONTEXTS, environment)
    found = tx.events.all(
        f"SELECT {'last_seen' if order.by_time else 'key'}, rowid FROM {source} "
        f"{WHERE} {condition} AND {LATEST}",
        **{**values, "environment": environment.id},
    )
    left: Sequence[Any] = found
    if order.begins is not None:
        begins = order.begins
        size = len(begins)
        left = [row for row in found if (row[:size] < begins if order.descending else row[:size] > begins)]
    wanted = page.offset + _limit(page) + 1
    ids = [row for _, row in (nlargest if order.descending else nsmallest)(wanted, left)[page.offset :]]
    names = {f"row{number}": row for number, row in enumerate(ids)}
    places = ", ".join(f":{name}" for name in names)
    rows = tx.events.all(f"SELECT rowid, {COLUMNS} FROM contexts WHERE rowid IN ({places})", **names)
    by_id = {row[0]: row for row in rows}
    return _page([by_id[row] for row in ids], order, page, len(found))


def _page(rows: Sequence[Any], order: Order, page: Page, total: int) -> UserPage:
    limit = _limit(page)
    users = [
        FoundUser(_user(columns), f"{columns[1]},{row}" if order.by_time else columns[0])
        for row, *columns in rows[:limit]
    ]
    return UserPage(users, len(rows) > limit, total)


def _limit(page: Page) -> int:
    return page.limit or 1


def _user(row: Sequence[Any]) -> SeenUser:
    key, last_seen, redacted, body = row
    return SeenUser(key, last_seen, msgspec.json.decode(redacted, type=tuple[str, ...]), body)
