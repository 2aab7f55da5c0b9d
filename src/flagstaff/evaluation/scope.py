"""What an evaluation may look up and has found out. One scope serves all evaluations for one context."""

from collections.abc import Mapping

from flagstaff.evaluation.big_segments import NOT_CONFIGURED, FindMembership, Membership, ask, find_worse
from flagstaff.evaluation.context import Context
from flagstaff.evaluation.lookup import Lookup, MalformedFlag
from flagstaff.evaluation.model import Flag, Outcome, Segment
from flagstaff.evaluation.segments import segment_matches

# How many flags or segments may lead to each other. Who goes deeper goes in a circle, or might as well.
MAX_DEPTH = 100


class Scope(Lookup):
    """Flags and segments by key, and what is known of prerequisites and segments for the context.

    `status` is the worst status of big segments so far.
    """

    __slots__ = (
        "containing",
        "depth",
        "find_membership",
        "flags",
        "memberships",
        "outcomes",
        "segments",
        "status",
    )

    def __init__(
        self,
        flags: Mapping[str, Flag],
        segments: Mapping[str, Segment],
        find_membership: FindMembership | None = None,
    ) -> None:
        self.flags = flags
        self.segments = segments
        self.find_membership = find_membership
        self.outcomes: dict[str, Outcome] = {}
        self.containing: dict[str, bool] = {}
        self.memberships: dict[str, Membership] | None = None
        self.status: str | None = None
        self.depth = 0

    def contains(self, segment_key: str, context: Context) -> bool:
        """Tell whether the context is in a segment; an unknown segment contains nobody."""
        known = self.containing.get(segment_key)
        if known is not None:
            return known
        segment = self.segments.get(segment_key)
        if segment is None:
            return False
        if self.depth >= MAX_DEPTH:
            raise MalformedFlag(
                f"segment {segment_key!r} refers to itself, or segments are nested too deeply"
            )
        self.depth += 1
        found = self.containing[segment_key] = segment_matches(segment, context, self)
        self.depth -= 1
        return found

    def get_membership(self, context_key: str) -> Membership:
        """Ask for a key at most once, whatever its kind: a big segment is of one kind only."""
        if self.memberships is None:
            self.memberships = {}
        membership = self.memberships.get(context_key)
        if membership is None:
            membership = self.memberships[context_key] = ask(self.find_membership, context_key)
        self.status = find_worse(self.status, membership.status)
        return membership

    def miss_big_segment(self) -> None:
        self.status = NOT_CONFIGURED

    def forget(self) -> None:
        """Start afresh, but for memberships, after an evaluation that raised or has a status.

        Others that used what it found out would miss the status in their reasons.
        """
        self.outcomes.clear()
        self.containing.clear()
        self.status = None
        self.depth = 0
