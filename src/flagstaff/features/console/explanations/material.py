"""What a trace is about: the flags and segments in it, which it knows only by key and place."""

from collections.abc import Iterator, Mapping

import msgspec

from flagstaff.evaluation.traces import ClauseTrace, FlagTrace, SegmentTrace
from flagstaff.features.flags.model import Flag, FlagState, Targeting
from flagstaff.features.segments.model import Segment


class Material(msgspec.Struct, frozen=True):
    """Flags and segments of one environment, as they were evaluated; None for those that do not exist."""

    environment_key: str
    flags: Mapping[str, FlagState | None]
    segments: Mapping[str, Segment | None]

    def find_flag(self, key: str) -> tuple[Flag, Targeting] | None:
        state = self.flags.get(key)
        targeting = state.environments.get(self.environment_key) if state else None
        return None if state is None or targeting is None else (state.flag, targeting)


def list_flags(trace: FlagTrace) -> Iterator[str]:
    """Name every flag in a tree, some of them more than once."""
    yield trace.key
    for prerequisite in trace.prerequisites:
        yield prerequisite.key
        if prerequisite.flag is not None:
            yield from list_flags(prerequisite.flag)


def list_segments(trace: FlagTrace) -> Iterator[str]:
    """Name every segment in a tree, some of them more than once."""
    for rule in trace.rules:
        yield from _named(rule.clauses)
    for prerequisite in trace.prerequisites:
        if prerequisite.flag is not None:
            yield from list_segments(prerequisite.flag)


def _named(clauses: tuple[ClauseTrace, ...]) -> Iterator[str]:
    segments: Iterator[SegmentTrace] = (segment for clause in clauses for segment in clause.segments)
    for segment in segments:
        yield segment.key
        for rule in segment.rules:
            yield from _named(rule.clauses)
