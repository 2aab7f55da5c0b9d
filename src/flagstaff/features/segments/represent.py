"""Segments from model to wire."""

from collections.abc import Container, Iterable, Sequence

from msgspec import UNSET, UnsetType

from flagstaff.features.segments.model import USER, FlagUse, Segment, SegmentPlace, SegmentRule, SegmentTarget
from flagstaff.features.segments.schemas import (
    FlagUseRep,
    SegmentMembershipRep,
    SegmentMetadataRep,
    SegmentRep,
    SegmentRuleRep,
    SegmentTargetRep,
)
from flagstaff.features.segments.targets import keys_of
from flagstaff.features.targeting.previews import PreviewRep
from flagstaff.features.targeting.represent import represent_clauses
from flagstaff.kernel.links import Link, Links, site


def segments_path(place: SegmentPlace) -> str:
    """Where the segments of an environment are listed."""
    return f"/api/v2/segments/{place.project.key}/{place.environment.key}"


def segment_links(place: SegmentPlace, segment: Segment) -> Links:
    """A segment's own links."""
    path = segments_path(place)
    return {
        "self": Link(f"{path}/{segment.key}"),
        "parent": Link(path),
        "site": site(place.project.key, place.environment.key, "segments", segment.key),
    }


def represent_segment(
    place: SegmentPlace,
    segment: Segment,
    flags: Iterable[FlagUse] | UnsetType = UNSET,
    preview: PreviewRep | UnsetType = UNSET,
    *,
    importing: Container[str] = (),
) -> SegmentRep:
    """A segment, with the flags that use it where they are given; `importing` are ids of big ones."""
    return SegmentRep(
        key=segment.key,
        name=segment.name,
        description=segment.description or UNSET,
        tags=segment.tags,
        creation_date=segment.creation_date,
        last_modified_date=segment.last_modified_date,
        links=segment_links(place, segment),
        included=keys_of(segment.included, USER),
        excluded=keys_of(segment.excluded, USER),
        included_contexts=_contexts(segment.included),
        excluded_contexts=_contexts(segment.excluded),
        rules=represent_rules(segment.rules),
        version=segment.version,
        unbounded=segment.unbounded,
        unbounded_context_kind=segment.unbounded_context_kind or UNSET,
        generation=segment.generation,
        unbounded_metadata=_represent_big(segment) if segment.unbounded else UNSET,
        import_in_progress=segment.id in importing if segment.unbounded else UNSET,
        flags=UNSET if isinstance(flags, UnsetType) else tuple(_flag(place, flag) for flag in flags),
        preview=preview,
    )


def _represent_big(segment: Segment) -> SegmentMetadataRep:
    return SegmentMetadataRep(
        env_id=segment.environment_id,
        segment_id=segment.id,
        version=segment.big.version,
        included_count=segment.big.included_count,
        excluded_count=segment.big.excluded_count,
        last_modified=segment.big.last_modified or segment.creation_date,
    )


def represent_rules(rules: Sequence[SegmentRule]) -> tuple[SegmentRuleRep, ...]:
    """Rules as they are shown, and can be sent back."""
    return tuple(
        SegmentRuleRep(
            id=rule.id,
            clauses=represent_clauses(rule.clauses),
            weight=rule.weight,
            rollout_context_kind=rule.rollout_context_kind or None,
            bucket_by=rule.bucket_by or None,
            description=rule.description or None,
        )
        for rule in rules
    )


def represent_membership(
    place: SegmentPlace, segment: Segment, *, member: bool, listed: bool
) -> SegmentMembershipRep:
    """Whether a context is a member of a segment; one that is listed is not one because of rules."""
    return SegmentMembershipRep(
        name=segment.name,
        key=segment.key,
        description=segment.description,
        unbounded=segment.unbounded,
        is_member=member,
        is_individually_targeted=listed,
        is_rule_targeted=member and not listed,
        links=segment_links(place, segment),
    )


def _contexts(listed: tuple[SegmentTarget, ...]) -> tuple[SegmentTargetRep, ...]:
    return tuple(
        SegmentTargetRep(context_kind=target.context_kind, values=target.values)
        for target in listed
        if target.context_kind != USER
    )


def _flag(place: SegmentPlace, flag: FlagUse) -> FlagUseRep:
    project, environment = place.project.key, place.environment.key
    return FlagUseRep(
        name=flag.name,
        key=flag.key,
        links={"self": Link(f"/api/v2/flags/{project}/{flag.key}")},
        site=site(project, environment, "features", flag.key),
    )
