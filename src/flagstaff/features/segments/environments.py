"""Segments of environments that are made or deleted, as part of the entry that says so."""

from msgspec.structs import replace

from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.store import Origin
from flagstaff.features.segments.members import delete_lists
from flagstaff.features.segments.model import BigState, Segment, SegmentPlace
from flagstaff.features.segments.store import SEGMENTS, index_segment, items_of, list_every_segment
from flagstaff.features.targeting.references import SEGMENT, forget_environment_references
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.tags import index_tags
from flagstaff.storage.transaction import Transaction

MOST_CLONED = 1_000


def clone_segments(tx: Transaction, origin: Origin) -> None:
    """Give a clone the segments of its source, but for their lists: these name contexts of the source.

    Salts stay, so that a percentage takes in the same contexts. Raises InvalidRequest for too many segments.
    """
    if origin.source is None:
        return
    segments = list_every_segment(tx, origin.source)
    if len(segments) > MOST_CLONED:
        raise InvalidRequest(
            f"An environment with more than {MOST_CLONED:,} segments cannot be cloned; "
            f"{origin.source.key} has {len(segments):,}"
        )
    place = SegmentPlace(origin.project, origin.environment)
    for segment in segments:
        _add(tx, place, _clone(tx, segment, origin.environment))


def remove_segments(tx: Transaction, environment: Environment) -> None:
    """Remove the segments of an environment that is being deleted, and what was known of them."""
    rows = tx.all("SELECT id FROM segments WHERE environment_id = :id", id=environment.id)
    for (segment_id,) in rows:
        index_tags(tx, SEGMENT, segment_id, environment.project_id, ())
    for segment in SEGMENTS.list(tx, "environment_id = :id AND unbounded = 1", id=environment.id):
        delete_lists(tx, segment)
    tx.run("DELETE FROM segments WHERE environment_id = :id", id=environment.id)
    tx.run("DELETE FROM segment_generations WHERE environment_id = :id", id=environment.id)
    forget_environment_references(tx, environment.id)


def _clone(tx: Transaction, segment: Segment, environment: Environment) -> Segment:
    return replace(
        segment,
        id=tx.ids.object_id(),
        environment_id=environment.id,
        included=(),
        excluded=(),
        generation=1,
        big=BigState(),
        creation_date=tx.now,
        last_modified_date=tx.now,
        version=1,
    )


def _add(tx: Transaction, place: SegmentPlace, segment: Segment) -> None:
    apply_write(tx, Write(SEGMENTS, None, segment))
    index_segment(tx, place, None, segment)
    tx.items.extend(items_of(None, segment))
