"""Instructions on the lists of a segment: of any context kind, and the older ones of users only."""

from msgspec.structs import replace

from flagstaff.features.segments.instructions.registry import KINDS
from flagstaff.features.segments.model import USER, Segment, SegmentTarget
from flagstaff.features.segments.schemas import SegmentTargetRep
from flagstaff.features.segments.targets import add_keys, build_targets, remove_keys
from flagstaff.kernel.instructions import Edit

INCLUDED, EXCLUDED = "updateIncluded", "updateExcluded"


@KINDS.kind("addIncludedTargets", action=INCLUDED)
def add_included_targets(
    segment: Segment, _: Edit, *, values: tuple[str, ...], context_kind: str = USER
) -> Segment:
    """Include contexts of one kind by their keys; none of them may be excluded."""
    return replace(segment, included=add_keys(segment.included, segment.excluded, context_kind, values))


@KINDS.kind("addExcludedTargets", action=EXCLUDED)
def add_excluded_targets(
    segment: Segment, _: Edit, *, values: tuple[str, ...], context_kind: str = USER
) -> Segment:
    """Exclude contexts of one kind by their keys; none of them may be included."""
    return replace(segment, excluded=add_keys(segment.excluded, segment.included, context_kind, values))


@KINDS.kind("removeIncludedTargets", action=INCLUDED)
def remove_included_targets(
    segment: Segment, _: Edit, *, values: tuple[str, ...], context_kind: str = USER
) -> Segment:
    """Take contexts of one kind off the included ones."""
    return replace(segment, included=remove_keys(segment.included, context_kind, values))


@KINDS.kind("removeExcludedTargets", action=EXCLUDED)
def remove_excluded_targets(
    segment: Segment, _: Edit, *, values: tuple[str, ...], context_kind: str = USER
) -> Segment:
    """Take contexts of one kind off the excluded ones."""
    return replace(segment, excluded=remove_keys(segment.excluded, context_kind, values))


@KINDS.kind("addIncludedUsers", action=INCLUDED)
def add_included_users(segment: Segment, edit: Edit, *, values: tuple[str, ...]) -> Segment:
    """Include users by their keys; none of them may be excluded."""
    return add_included_targets(segment, edit, values=values)


@KINDS.kind("addExcludedUsers", action=EXCLUDED)
def add_excluded_users(segment: Segment, edit: Edit, *, values: tuple[str, ...]) -> Segment:
    """Exclude users by their keys; none of them may be included."""
    return add_excluded_targets(segment, edit, values=values)


@KINDS.kind("removeIncludedUsers", action=INCLUDED)
def remove_included_users(segment: Segment, edit: Edit, *, values: tuple[str, ...]) -> Segment:
    """Take users off the included ones."""
    return remove_included_targets(segment, edit, values=values)


@KINDS.kind("removeExcludedUsers", action=EXCLUDED)
def remove_excluded_users(segment: Segment, edit: Edit, *, values: tuple[str, ...]) -> Segment:
    """Take users off the excluded ones."""
    return remove_excluded_targets(segment, edit, values=values)


@KINDS.kind("setIncludedTargets", action=INCLUDED, internal=True)
def set_included_targets(segment: Segment, _: Edit, *, targets: tuple[SegmentTargetRep, ...]) -> Segment:
    """Include exactly these contexts."""
    return replace(segment, included=_build(targets))


@KINDS.kind("setExcludedTargets", action=EXCLUDED, internal=True)
def set_excluded_targets(segment: Segment, _: Edit, *, targets: tuple[SegmentTargetRep, ...]) -> Segment:
    """Exclude exactly these contexts."""
    return replace(segment, excluded=_build(targets))


def _build(sent: tuple[SegmentTargetRep, ...]) -> tuple[SegmentTarget, ...]:
    return build_targets(
        SegmentTarget(context_kind=target.context_kind, values=target.values) for target in sent
    )
