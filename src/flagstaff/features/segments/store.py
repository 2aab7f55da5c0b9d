"""Segments in the database, what uses them, and what SDKs see of them."""

from collections.abc import Callable, Iterable, Sequence

from flagstaff.features.contexts.kinds.store import refuse_archived
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.segments.importing import refuse_while_importing
from flagstaff.features.segments.members import create_lists, delete_lists
from flagstaff.features.segments.model import FlagUse, Segment, SegmentPlace
from flagstaff.features.segments.nesting import find_cycle
from flagstaff.features.segments.payload import sdk_segment
from flagstaff.features.targeting.references import (
    FLAG,
    SEGMENT,
    Use,
    forget_references,
    index_references,
    list_users,
)
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import Conflict, InvalidRequest, NotFound
from flagstaff.kernel.paging import FARTHEST, Page
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.conditions import Condition
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.tags import index_tags
from flagstaff.storage.transaction import Item, Transaction

SEGMENTS = Documents(
    "segments",
    Segment,
    lambda segment: {
        "id": segment.id,
        "environment_id": segment.environment_id,
        "key": segment.key,
        "name": segment.name,
        "description": segment.description,
        "kind": "rule" if segment.rules else "list",
        "created": segment.creation_date,
        "modified": segment.last_modified_date,
        "unbounded": int(segment.unbounded),
        "tags": " ".join(segment.tags),
    },
)

MOST_NAMED = 20  # users of a segment, in one message

# The segments whose rules ask for other segments.
NESTED = (
    "FROM reference_uses JOIN segments ON segments.id = user_id "
    "WHERE reference_uses.environment_id = :environment "
    f"AND used_kind = '{SEGMENT}' AND user_kind = '{SEGMENT}'"
)

# Filled by hooks.py: which flags those ids are, of the flags that use a segment.
find_usage: list[Callable[[Transaction, Sequence[str]], Iterable[FlagUse]]] = []


def get_segment(tx: Transaction, environment: Environment, key: str) -> Segment:
    """The segment with that key; raises NotFound."""
    segment = find_segment(tx, environment, key)
    if segment is None:
        raise NotFound(f"Unknown segment key {key[:100]}")
    return segment


def find_segment(tx: Transaction, environment: Environment, key: str) -> Segment | None:
    return SEGMENTS.find(
        tx, "environment_id = :environment AND key = :key", environment=environment.id, key=key
    )


def list_segments(
    tx: Transaction, environment: Environment, where: Condition, order: str, page: Page
) -> tuple[list[Segment], int]:
    """The segments of a page that meet a condition over the table `segments`, and how many do in all."""
    condition, values = where
    condition = f"environment_id = :environment AND {condition}"
    values = {**values, "environment": environment.id}
    counted = tx.one(f"SELECT count(*) FROM segments WHERE {condition}", **values)
    # Sorted by id first, so that the bodies of the other pages are never read.
    part = f"SELECT id FROM segments WHERE {condition} ORDER BY {order} LIMIT :limit OFFSET :offset"
    limit = FARTHEST if page.limit is None else page.limit
    found = SEGMENTS.list(tx, f"id IN ({part}) ORDER BY {order}", **values, limit=limit, offset=page.offset)
    return found, counted[0] if counted else 0


def list_every_segment(tx: Transaction, environment: Environment) -> list[Segment]:
    """All segments of an environment, newest first."""
    return SEGMENTS.list(
        tx, "environment_id = :environment ORDER BY created DESC, key", environment=environment.id
    )


def save_segment(
    tx: Transaction, place: SegmentPlace, before: Segment | None, after: Segment, entry: Entry
) -> None:
    """Create or change a segment.

    Raises Conflict for a key that is taken; InvalidRequest where its rules begin to ask for a segment that
    does not exist, or that asks for this one, or where it begins to be about a kind that is archived.
    """
    if before is None and find_segment(tx, place.environment, after.key) is not None:
        raise Conflict(f"A segment with the key {after.key} already exists")
    check_references(tx, place, before, after)
    save_change(tx, entry, [Write(SEGMENTS, before, after)], items_of(before, after))
    index_segment(tx, place, before, after)


def check_references(tx: Transaction, place: SegmentPlace, before: Segment | None, after: Segment) -> None:
    """Raise InvalidRequest for what a segment newly refers to and must not: see `save_segment`."""
    _check_nesting(tx, before, after)
    known = before.context_kinds if before else frozenset()
    refuse_archived(tx, place.project.id, after.context_kinds - known)


def delete_segment(tx: Transaction, place: SegmentPlace, segment: Segment, entry: Entry) -> None:
    """Delete a segment; raises Conflict while a flag or another segment uses it."""
    users = [
        *(f"the flag {flag.key}" for flag in list_flags_using(tx, segment)),
        *(f"the segment {key}" for key in list_segments_using(tx, segment)),
    ]
    if users:
        more = f" and {len(users) - MOST_NAMED} more" if len(users) > MOST_NAMED else ""
        raise Conflict(f"The segment {segment.key} is in use by {', '.join(users[:MOST_NAMED])}{more}")
    remove_lists(tx, segment)
    save_change(tx, entry, [Write(SEGMENTS, segment, None)], items_of(segment, None))
    tx.run(
        "INSERT INTO segment_generations (environment_id, key, generation) "
        "VALUES (:environment, :key, :generation) "
        "ON CONFLICT (environment_id, key) DO UPDATE SET generation = :generation",
        environment=segment.environment_id,
        key=segment.key,
        generation=segment.generation,
    )
    index_tags(tx, SEGMENT, segment.id, place.project.id, ())
    forget_references(tx, segment.id)


def remove_lists(tx: Transaction, segment: Segment) -> None:
    """Remove the keys of a big segment that is being deleted; raises Conflict while they are imported."""
    if segment.unbounded:
        refuse_while_importing(tx, segment)
        delete_lists(tx, segment)


def next_generation(tx: Transaction, environment: Environment, key: str) -> int:
    """Which segment of that key a new one is, counting those that were deleted."""
    row = tx.one(
        "SELECT generation FROM segment_generations WHERE environment_id = :environment AND key = :key",
        environment=environment.id,
        key=key,
    )
    return 1 if row is None else int(row[0]) + 1


def list_flags_using(tx: Transaction, segment: Segment) -> list[FlagUse]:
    """The flags whose rules ask for a segment, archived ones included."""
    users = list_users(tx, segment.environment_id, SEGMENT, segment.key)
    ids = [user.id for user in users if user.kind == FLAG]
    return [flag for find in find_usage for flag in find(tx, ids)] if ids else []


def list_segments_using(tx: Transaction, segment: Segment) -> list[str]:
    """The keys of the segments whose rules ask for a segment."""
    rows = tx.all(
        f"SELECT segments.key {NESTED} AND used_key = :key ORDER BY segments.key",
        environment=segment.environment_id,
        key=segment.key,
    )
    return [key for (key,) in rows]


def find_unknown(tx: Transaction, environment_id: str, keys: Iterable[str]) -> str | None:
    """The first of the keys that no segment of the environment has, or None."""
    sql = "SELECT 1 FROM segments WHERE environment_id = :environment AND key = :key"
    return next((key for key in keys if tx.one(sql, environment=environment_id, key=key) is None), None)


def index_segment(tx: Transaction, place: SegmentPlace, before: Segment | None, after: Segment) -> None:
    """Keep the indexes of tags and of references up with a stored segment."""
    if before is None and after.unbounded:
        create_lists(tx, after)
    if after.tags != (before.tags if before else ()):
        index_tags(tx, SEGMENT, after.id, place.project.id, after.tags)
    if after.segments != (before.segments if before else frozenset()):
        uses = {Use(SEGMENT, key) for key in after.segments}
        index_references(tx, after.environment_id, SEGMENT, after.id, uses)


def items_of(before: Segment | None, after: Segment | None) -> list[Item]:
    """What changes for SDKs, if anything does.

    Keys of a big segment are not in it, but whoever evaluates for clients learns by it that they changed.
    """
    some = after or before
    old, new = (None if segment is None else sdk_segment(segment) for segment in (before, after))
    changes_keys = before is not None and after is not None and before.big.version != after.big.version
    if some is None or (same(old, new) and not changes_keys):
        return []
    return [Item(some.environment_id, "segments", some.key, new)]


def _check_nesting(tx: Transaction, before: Segment | None, after: Segment) -> None:
    new = after.segments - (before.segments if before else frozenset())
    if not new:
        return
    unknown = find_unknown(tx, after.environment_id, sorted(new - {after.key}))
    if unknown is not None:
        raise InvalidRequest(f"rules: unknown segment {unknown[:80]!r}")
    rows = tx.all(f"SELECT segments.key, used_key {NESTED}", environment=after.environment_id)
    uses: dict[str, list[str]] = {}
    for key, used in rows:
        uses.setdefault(key, []).append(used)
    cycle = find_cycle(after.key, after.segments, uses)
    if cycle:
        raise InvalidRequest(f"rules: the segments would contain each other, {' -> '.join(cycle)}")
