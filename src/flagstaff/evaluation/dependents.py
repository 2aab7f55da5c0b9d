"""Which flags may serve something else after a change of others: who refers to whom, however far."""

from collections.abc import Iterable, Mapping

from flagstaff.evaluation.clauses import Clause
from flagstaff.evaluation.model import Flag, Segment


def find_affected(
    flags: Mapping[str, Flag],
    segments: Mapping[str, Segment],
    changed_flags: Iterable[str],
    changed_segments: Iterable[str],
) -> set[str]:
    """Give the keys of the changed flags and of all that lead to a changed flag or segment.

    The data are those after the change; what was removed is still named by those who refer to it.
    """
    reached_segments = set(changed_segments)
    reached = set(changed_flags)
    linked = [flag for flag in flags.values() if flag.has_links]
    if reached_segments:
        _spread(reached_segments, {key: _segments_of(segment) for key, segment in segments.items()})
        reached.update(
            flag.key
            for flag in linked
            if any(not reached_segments.isdisjoint(_named(rule.clauses)) for rule in flag.rules)
        )
    _spread(reached, {flag.key: {other.key for other in flag.prerequisites} for flag in linked})
    return reached


def _spread(reached: set[str], links: Mapping[str, set[str]]) -> None:
    """Add whoever is linked to what is reached, until nobody is left."""
    waiting = {key: targets for key, targets in links.items() if targets and key not in reached}
    grows = bool(reached)
    while grows:
        found = [key for key, targets in waiting.items() if not targets.isdisjoint(reached)]
        reached.update(found)
        for key in found:
            del waiting[key]
        grows = bool(found)


def _segments_of(segment: Segment) -> set[str]:
    return {key for rule in segment.rules for key in _named(rule.clauses)}


def _named(clauses: Iterable[Clause]) -> set[str]:
    return {key for clause in clauses for key in clause.segment_keys}
