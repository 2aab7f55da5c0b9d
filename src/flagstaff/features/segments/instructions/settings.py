"""Instructions on what a segment is called and how it is tagged."""

from msgspec.structs import replace

from flagstaff.features.segments.instructions.registry import KINDS
from flagstaff.features.segments.model import Segment
from flagstaff.kernel.ids import check_name, check_tags
from flagstaff.kernel.instructions import Edit


@KINDS.kind("updateName", action="updateName")
def update_name(segment: Segment, _: Edit, *, value: str) -> Segment:
    """Give the segment another name."""
    return replace(segment, name=check_name(value, "segment"))


@KINDS.kind("updateDescription", action="updateDescription")
def update_description(segment: Segment, _: Edit, *, value: str) -> Segment:
    """Set the description; an empty one removes it."""
    return replace(segment, description=value)


@KINDS.kind("addTags", action="updateTags")
def add_tags(segment: Segment, _: Edit, *, values: list[str]) -> Segment:
    """Add tags; those it has already are no error."""
    return replace(segment, tags=check_tags([*segment.tags, *values]))


@KINDS.kind("removeTags", action="updateTags")
def remove_tags(segment: Segment, _: Edit, *, values: list[str]) -> Segment:
    """Remove tags; those it does not have are no error."""
    return replace(segment, tags=tuple(tag for tag in segment.tags if tag not in values))
