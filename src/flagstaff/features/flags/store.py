"""Flags in the database: one row for what a project shares, one for each environment."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from flagstaff.features.flags.filtering import is_retagged
from flagstaff.features.flags.indexing import index_flag_tags, index_uses
from flagstaff.features.flags.model import Flag, FlagState, Targeting
from flagstaff.features.flags.payload import sdk_flag
from flagstaff.features.flags.servable import count_servable
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.features.segments.model import FlagUse
from flagstaff.features.targeting.references import FLAG, list_users
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.kernel.paging import Page
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.conditions import Condition
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.transaction import Item, SqlValue, Transaction

FLAGS = Documents(
    "flags",
    Flag,
    lambda flag: {
        "id": flag.id,
        "key": flag.key,
        "name": flag.name,
        "created": flag.creation_date,
        "archived": flag.archived,
        "deprecated": flag.deprecated,
        "temporary": flag.temporary,
        "kind": flag.kind,
        "maintainer_id": flag.maintainer_id or "",
        "maintainer_team_key": flag.maintainer_team_key or "",
        "using_mobile_key": flag.client_side_availability.using_mobile_key,
        "using_environment_id": flag.client_side_availability.using_environment_id,
        "tags": " ".join(flag.tags),
        "search": f"{flag.key}\n{flag.name}".casefold(),
    },
)
TARGETINGS = Documents(
    "targetings",
    Targeting,
    lambda targeting: {
        "is_on": targeting.on,
        "modified": targeting.last_modified,
        "servable": count_servable(targeting),
    },
    keys=("flag_id", "environment_id"),
)
MOST_SHOWN = 40_000  # flags, each counted in every environment, that one answer may hold
# The body of a flag, and those of its targeting by environment.
FIND = """
    SELECT '', body FROM flags WHERE project_id = :project AND key = :key
    UNION ALL SELECT environment_id, body FROM targetings
    WHERE flag_id = (SELECT id FROM flags WHERE project_id = :project AND key = :key)
"""


class FlagPlace(msgspec.Struct, frozen=True):
    """The project that flags are in, and those of its environments that a call is about."""

    project: Project
    environments: tuple[Environment, ...]


class FlagPage(msgspec.Struct, frozen=True):
    """A page of flags, and how many there are in all."""

    states: list[FlagState]
    total: int


def find_flag(tx: Transaction, place: FlagPlace, key: str) -> FlagState | None:
    """The flag with its targeting in the environments of `place`, or None."""
    bodies: dict[str, str] = dict(tx.all(FIND, project=place.project.id, key=key))
    if not bodies:
        return None
    return FlagState(
        flag=FLAGS.decode(bodies[""]),
        environments={
            environment.key: TARGETINGS.decode(bodies[environment.id])
            for environment in place.environments
            if environment.id in bodies
        },
    )


def get_flag(tx: Transaction, place: FlagPlace, key: str) -> FlagState:
    """The same; raises NotFound."""
    state = find_flag(tx, place, key)
    if state is None:
        raise NotFound(f"Unknown flag key {key[:100]}")
    return state


def is_flag_key_taken(tx: Transaction, project: Project, key: str) -> bool:
    """Whether a flag has the key; archived flags keep theirs."""
    return (
        tx.one("SELECT 1 FROM flags WHERE project_id = :project AND key = :key", project=project.id, key=key)
        is not None
    )


def list_flags(tx: Transaction, place: FlagPlace, where: Condition, order: Condition, page: Page) -> FlagPage:
    """The flags of a page that meet a condition over the table `flags`, in that order.

    Raises InvalidRequest where they would be more than one answer can hold.
    """
    condition, values = where[0], {**where[1], "project": place.project.id}
    chosen = f"FROM flags WHERE project_id = :project AND {condition}"
    counted = tx.one(f"SELECT count(*) {chosen}", **values)
    total = counted[0] if counted else 0
    _check_size(total, place, page)
    found = tx.all(
        f"SELECT id {chosen} ORDER BY {order[0]} LIMIT :limit OFFSET :offset",
        **values,
        **order[1],
        limit=-1 if page.limit is None else page.limit,
        offset=page.offset,
    )
    flags = _in_order(tx, [str(row[0]) for row in found])
    return FlagPage(with_targeting(tx, place, flags), total)


def _check_size(total: int, place: FlagPlace, page: Page) -> None:
    """Refuse at once what would hit the time limit of a read, however often it is tried."""
    left = max(0, total - page.offset)
    shown = left if page.limit is None else min(left, page.limit)
    if shown * max(1, len(place.environments)) > MOST_SHOWN:
        raise InvalidRequest(
            f"query: {shown:,} flags in {len(place.environments):,} environments are too many for one "
            "answer; ask for fewer with `limit`, `env` or `filter`"
        )


def list_flag_names(tx: Transaction, project: Project, where: Condition, order: str) -> list[tuple[str, str]]:
    """Key and name of every flag that is not archived and meets a condition."""
    condition, given = where
    rows = tx.all(
        "SELECT key, name FROM flags "
        f"WHERE project_id = :project AND NOT archived AND {condition} ORDER BY {order}",
        **{**given, "project": project.id},
    )
    return [(key, name) for key, name in rows]


def with_targeting(tx: Transaction, place: FlagPlace, flags: Sequence[Flag]) -> list[FlagState]:
    """Each flag with its targeting in the environments of `place`."""
    if not place.environments:
        return [FlagState(flag=flag, environments={}) for flag in flags]
    found: dict[tuple[str, str], Targeting] = {}
    shown = {f"in{number}": environment.id for number, environment in enumerate(place.environments)}
    for part in _parts([flag.id for flag in flags]):
        names = {f"id{number}": flag_id for number, flag_id in enumerate(part)}
        rows = tx.all(
            "SELECT flag_id, environment_id, body FROM targetings "
            f"WHERE flag_id IN ({_places(names)}) AND environment_id IN ({_places(shown)})",
            **names,
            **shown,
        )
        for flag_id, environment_id, body in rows:
            tx.pace()
            found[flag_id, environment_id] = TARGETINGS.decode(body)
    return [
        FlagState(
            flag=flag,
            environments={
                environment.key: found[flag.id, environment.id]
                for environment in place.environments
                if (flag.id, environment.id) in found
            },
        )
        for flag in flags
    ]


def save_flag(
    tx: Transaction,
    place: FlagPlace,
    before: FlagState | None,
    after: FlagState | None,
    entry: Entry,
    *,
    others: Iterable[tuple[FlagState, FlagState]] = (),
) -> None:
    """Store a flag that is new, changed or (`after` None) deleted, as one entry; SDKs see it together.

    `others` are flags whose references had to follow the change, before and after.
    """
    pairs: list[tuple[FlagState | None, FlagState | None]] = [(before, after), *others]
    writes = [write for pair in pairs for write in _writes(place, *pair)]
    items = [item for pair in pairs for item in items_of(place, *pair)]
    if save_change(tx, entry, writes, items) is None:
        return
    if after is not None and is_retagged(tx, place.project, before, after):
        tx.items.extend(items_of(place, None, after))
    for old, new in pairs:
        index_flag_tags(tx, place.project, old, new)
        for environment in place.environments:
            if not _is_untouched(old, new, environment.key):
                index_uses(tx, environment, old, new)


def items_of(place: FlagPlace, before: FlagState | None, after: FlagState | None) -> Iterable[Item]:
    """What SDKs are to be told of a change: the flag as each environment sees it, where that is new."""
    some = after or before
    if some is None:
        return
    for environment in place.environments:
        if _is_untouched(before, after, environment.key):
            continue
        old, new = _document(before, environment.key), _document(after, environment.key)
        if not same(old, new):
            yield Item(environment.id, "flags", some.flag.key, new)


def _is_untouched(before: FlagState | None, after: FlagState | None, key: str) -> bool:
    if before is None or after is None or before.flag is not after.flag:
        return False
    return before.environments.get(key) is after.environments.get(key)


def list_dependents(tx: Transaction, environment: Environment, key: str) -> list[Flag]:
    """The flags that have the flag `key` as a prerequisite in an environment, archived ones included."""
    ids = [user.id for user in list_users(tx, environment.id, FLAG, key) if user.kind == FLAG]
    return sorted(_in_order(tx, ids), key=lambda flag: flag.key)


def list_uses(tx: Transaction, ids: Sequence[str]) -> list[FlagUse]:
    """Key and name of the flags with these ids, as segments name who uses them."""
    return [FlagUse(flag.key, flag.name) for flag in _in_order(tx, ids)]


def remove_flags(tx: Transaction, project: Project) -> None:
    """Remove the flags of a project that is being deleted."""
    tx.run("DELETE FROM flags WHERE project_id = :project", project=project.id)


def remove_targetings(tx: Transaction, environment: Environment) -> None:
    """Remove the flags' targeting in an environment that is being deleted."""
    tx.run("DELETE FROM targetings WHERE environment_id = :id", id=environment.id)


def add_targetings(tx: Transaction, environment: Environment, made: Iterable[tuple[Flag, Targeting]]) -> None:
    """Give flags their targeting in a new environment, as part of the entry that made the environment."""
    rows: list[dict[str, SqlValue]] = []
    for flag, targeting in made:
        rows.append(
            {
                "flag_id": flag.id,
                "environment_id": environment.id,
                "is_on": targeting.on,
                "modified": targeting.last_modified,
                "servable": count_servable(targeting),
                "version": targeting.version,
                "body": TARGETINGS.encode(targeting),
            }
        )
        document = sdk_flag(flag, targeting)
        if document is not None:
            tx.items.append(Item(environment.id, "flags", flag.key, document))
        state = FlagState(flag=flag, environments={environment.key: targeting})
        index_uses(tx, environment, None, state)
    tx.run_many(
        "INSERT INTO targetings (flag_id, environment_id, is_on, modified, servable, version, body) "
        "VALUES (:flag_id, :environment_id, :is_on, :modified, :servable, :version, :body)",
        rows,
    )


def list_all_flags(tx: Transaction, project: Project) -> list[Flag]:
    """Every flag of a project, archived ones included."""
    return FLAGS.list(tx, "project_id = :project ORDER BY created, key", project=project.id)


def _in_order(tx: Transaction, ids: Sequence[str]) -> list[Flag]:
    flags: dict[str, Flag] = {}
    for part in _parts(ids):
        names = {f"id{number}": flag_id for number, flag_id in enumerate(part)}
        for flag in FLAGS.list(tx, f"id IN ({_places(names)})", **names):
            flags[flag.id] = flag
    return [flags[flag_id] for flag_id in ids]


def _places(names: Iterable[str]) -> str:
    return ", ".join(f":{name}" for name in names)


def _parts(ids: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    """A statement takes a limited number of parameters."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _writes(place: FlagPlace, before: FlagState | None, after: FlagState | None) -> list[Write]:
    some = before or after
    if some is None:
        return []
    writes = [
        Write(FLAGS, before and before.flag, after and after.flag, {"project_id": place.project.id}),
    ]
    for environment in place.environments:
        old = before.environments.get(environment.key) if before else None
        new = after.environments.get(environment.key) if after else None
        rows = {"flag_id": some.flag.id, "environment_id": environment.id}
        writes.append(Write(TARGETINGS, old, new, rows))
    return writes


def _document(state: FlagState | None, environment_key: str) -> Mapping[str, object] | None:
    targeting = state.environments.get(environment_key) if state else None
    return sdk_flag(state.flag, targeting) if state and targeting else None
