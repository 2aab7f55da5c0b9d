"""Which big segments are being imported into: at most one of an environment at a time."""

from flagstaff.features.segments.model import Segment
from flagstaff.kernel.errors import Conflict
from flagstaff.storage.transaction import Transaction


def find_importing(tx: Transaction, environment_id: str) -> frozenset[str]:
    """The id of the segment that is being imported into, if any."""
    rows = tx.all(
        "SELECT segment_id FROM segment_imports WHERE environment_id = :environment AND busy = 1",
        environment=environment_id,
    )
    return frozenset(segment_id for (segment_id,) in rows)


def refuse_while_importing(tx: Transaction, segment: Segment) -> None:
    """Raise Conflict for a segment that is being imported into."""
    if segment.id in find_importing(tx, segment.environment_id):
        raise Conflict(f"A conflicting process: keys are being imported into {segment.key}")
