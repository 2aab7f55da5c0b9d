"""Instructions on the keys of a big segment: what is asked for is noted, and done in the table of keys."""

from msgspec.structs import replace

from flagstaff.features.segments.instructions.registry import KINDS
from flagstaff.features.segments.model import KeyChange, Segment
from flagstaff.features.targeting.names import check_context_keys
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit

INCLUDED, EXCLUDED = "updateIncluded", "updateExcluded"


@KINDS.kind("addBigSegmentIncludedTargets", action=INCLUDED)
def add_big_segment_included_targets(segment: Segment, _: Edit, *, values: tuple[str, ...]) -> Segment:
    """Include contexts in a big segment by their keys; those that are included already are no error."""
    return note(segment, KeyChange(included=True, added=check_context_keys(values)))


@KINDS.kind("addBigSegmentExcludedTargets", action=EXCLUDED)
def add_big_segment_excluded_targets(segment: Segment, _: Edit, *, values: tuple[str, ...]) -> Segment:
    """Exclude contexts from a big segment by their keys; who is included as well stays in it."""
    return note(segment, KeyChange(included=False, added=check_context_keys(values)))


@KINDS.kind("removeBigSegmentIncludedTargets", action=INCLUDED)
def remove_big_segment_included_targets(segment: Segment, _: Edit, *, values: tuple[str, ...]) -> Segment:
    """Take contexts off the included ones of a big segment."""
    return note(segment, KeyChange(included=True, removed=check_context_keys(values)))


@KINDS.kind("removeBigSegmentExcludedTargets", action=EXCLUDED)
def remove_big_segment_excluded_targets(segment: Segment, _: Edit, *, values: tuple[str, ...]) -> Segment:
    """Take contexts off the excluded ones of a big segment."""
    return note(segment, KeyChange(included=False, removed=check_context_keys(values)))


@KINDS.kind("processBigSegmentImport", action=INCLUDED)
def process_big_segment_import(segment: Segment, _: Edit, *, import_id: str) -> Segment:
    """Begin with an import whose file was sent before, and which waits for this."""
    return note(segment, KeyChange(import_id=import_id))


def note(segment: Segment, change: KeyChange) -> Segment:
    """Ask for a change of the keys; raises InvalidRequest for a segment that is no big one."""
    if not segment.unbounded:
        raise InvalidRequest(f"{segment.key} is not a big segment")
    return replace(segment, pending=(*segment.pending, change))
