"""Users in the event store: contexts of the kind `user`, each once, as last seen in any application."""

from collections.abc import Sequence
from heapq import nlargest, nsmallest
from typing import Any

import msgspec

from flagstaff.features.contexts.kinds.model import USER
from flagstaff.features.contexts.store import CONTEXTS, choose_scan
from flagstaff.features.contexts.users.model import SeenUser
from flagstaff.features.contexts.users.searching import Order
from flagstaff.features.projects.environments.model import Environment
from flagstaff.kernel.paging import Page
from flagstaff.storage.conditions import Condition
from flagstaff.storage.transaction import Transaction

WHERE = f"WHERE environment_id = :environment AND kind = '{USER}' AND "
# No row of the same user is newer. With the plus that one is found by its key, not among all that came later.
LATEST = f"""NOT EXISTS (SELECT 1 FROM contexts AS newer WHERE newer.environment_id = :environment
    AND newer.kind = '{USER}' AND newer.key = contexts.key
    AND (+newer.last_seen, newer.application_id) > (contexts.last_seen, contexts.application_id))"""
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
        return _walk(tx, environment, order, page)
    return _choose(tx, environment, chosen, order, page)


def _walk(tx: Transaction, environment: Environment, order: Order, page: Page) -> UserPage:
    """All users, in the order of an index."""
    columns = ("last_seen", "rowid") if order.by_time else ("key",)
    source = "contexts INDEXED BY contexts_by_last_seen" if order.by_time else "contexts"
    direction, beyond = ("DESC", "<") if order.descending else ("ASC", ">")
    where = ""
    begins: dict[str, Any] = {}
    if order.begins is not None:
        begins = {f"begin{number}": value for number, value in enumerate(order.begins)}
        where = f" AND ({', '.join(columns)}) {beyond} ({', '.join(f':{name}' for name in begins)})"
    rows = tx.events.all(
        f"SELECT rowid, {COLUMNS} FROM {source} {WHERE} {LATEST}{where} "
        f"ORDER BY {', '.join(f'{column} {direction}' for column in columns)} LIMIT :limit OFFSET :offset",
        **begins,
        environment=environment.id,
        limit=_limit(page) + 1,
        offset=page.offset,
    )
    counted = tx.events.one(
        f"SELECT count(DISTINCT key) FROM contexts {WHERE} TRUE", environment=environment.id
    )
    return _page(rows, order, page, int(counted[0]) if counted else 0)


def _choose(
    tx: Transaction, environment: Environment, chosen: Condition, order: Order, page: Page
) -> UserPage:
    """Those that meet a condition, which every body must be read for."""
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
