"""JSON patch and merge patch: the members of a segment, as a patch left them, back to a state."""

from collections.abc import Iterable

from msgspec.structs import replace

from flagstaff.features.segments.model import USER, Segment, SegmentTarget
from flagstaff.features.segments.rules import build_rules
from flagstaff.features.segments.schemas import SegmentFields, SegmentTargetRep
from flagstaff.features.segments.targets import build_targets
from flagstaff.kernel.ids import Ids, check_name, check_tags


def read_fields(before: Segment, fields: SegmentFields, ids: Ids) -> Segment:
    """The state that the patched members describe; raises InvalidRequest for one that cannot be.

    Unlike an instruction, a patch may list a context on both sides: it is then included.
    """
    return replace(
        before,
        name=check_name(fields.name, "segment"),
        description=fields.description or "",
        tags=check_tags(fields.tags),
        included=_read_targets(fields.included, fields.included_contexts),
        excluded=_read_targets(fields.excluded, fields.excluded_contexts),
        rules=build_rules(fields.rules, before.rules, ids),
    )


def _read_targets(users: tuple[str, ...], others: Iterable[SegmentTargetRep]) -> tuple[SegmentTarget, ...]:
    targets = (SegmentTarget(context_kind=other.context_kind, values=other.values) for other in others)
    return build_targets((SegmentTarget(context_kind=USER, values=users), *targets))
