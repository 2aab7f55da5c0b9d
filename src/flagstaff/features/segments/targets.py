"""The lists of a segment: which contexts are in it, or kept out of it, one by one."""

from collections.abc import Iterable, Sequence

from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.segments.model import USER, SegmentTarget
from flagstaff.features.targeting.names import check_context_keys
from flagstaff.kernel.errors import InvalidRequest


def build_targets(targets: Iterable[SegmentTarget]) -> tuple[SegmentTarget, ...]:
    """Join the entries of one kind, users first, the others as they came; empty ones vanish.

    Raises InvalidRequest for a bad context kind or key.
    """
    joined: dict[str, dict[str, None]] = {USER: {}}
    for target in targets:
        keys = check_context_keys(target.values)
        joined.setdefault(check_context_kind(target.context_kind), {}).update(dict.fromkeys(keys))
    return tuple(
        SegmentTarget(context_kind=kind, values=tuple(keys)) for kind, keys in joined.items() if keys
    )


def keys_of(listed: Iterable[SegmentTarget], context_kind: str) -> tuple[str, ...]:
    """The keys that a list holds of one kind."""
    return next((target.values for target in listed if target.context_kind == context_kind), ())


def add_keys(
    listed: tuple[SegmentTarget, ...],
    opposite: Sequence[SegmentTarget],
    context_kind: str,
    keys: Iterable[str],
) -> tuple[SegmentTarget, ...]:
    """Add keys of one kind; those that are listed already are no error.

    Raises InvalidRequest if a key that is new here stands in the `opposite` list.
    """
    added = SegmentTarget(context_kind=check_context_kind(context_kind), values=tuple(keys))
    after = build_targets((*listed, added))
    new = set(keys_of(after, context_kind)) - set(keys_of(listed, context_kind))
    both = sorted(new & set(keys_of(opposite, context_kind)))
    if both:
        raise InvalidRequest(f"the {context_kind} {both[0][:80]!r} would be both included and excluded")
    return after


def remove_keys(
    listed: tuple[SegmentTarget, ...], context_kind: str, keys: Iterable[str]
) -> tuple[SegmentTarget, ...]:
    """Remove keys of one kind; those that are not listed are no error."""
    gone = set(keys)
    check_context_kind(context_kind)
    kept = (
        SegmentTarget(
            context_kind=context_kind, values=tuple(key for key in target.values if key not in gone)
        )
        if target.context_kind == context_kind
        else target
        for target in listed
    )
    return tuple(target for target in kept if target.values)
