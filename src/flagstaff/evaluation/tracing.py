"""Explains evaluations: walks the steps of a flag and asks of each part what the evaluation itself asks.

Nothing is decided here. Whether a prerequisite, a clause or a rule is met, and where a rollout ends, is
answered by the functions that evaluate, given that part alone; the result is that of the whole evaluation.
"""

from collections.abc import Mapping
from dataclasses import replace

from flagstaff.evaluation import reasons
from flagstaff.evaluation.big_segments import FindMembership, Membership, ask
from flagstaff.evaluation.context import Context
from flagstaff.evaluation.detail import make_detail, make_error
from flagstaff.evaluation.evaluate import evaluate, find_failed_prerequisite
from flagstaff.evaluation.lookup import MalformedFlag
from flagstaff.evaluation.model import Flag, Prerequisite, Segment, Serve
from flagstaff.evaluation.scope import Scope
from flagstaff.evaluation.segments import find_in_big_segment, find_in_lists
from flagstaff.evaluation.traced_rules import ClauseTracer
from flagstaff.evaluation.traced_splits import trace_rollout, trace_share
from flagstaff.evaluation.traces import (
    FAILED,
    MET,
    NOT_MET,
    NOT_NEEDED,
    NOT_REACHED,
    FlagTrace,
    Listed,
    PrerequisiteTrace,
    RuleTrace,
    SegmentRuleTrace,
    SegmentTrace,
    SplitTrace,
    State,
    TargetTrace,
)

MOST_OPENED = 20  # flags or segments that are shown inside of each other


class Tracer:
    """Explains one evaluation. Each flag and each segment is opened once, where it is met first."""

    def __init__(
        self,
        flags: Mapping[str, Flag],
        segments: Mapping[str, Segment],
        context: Context,
        find_membership: FindMembership | None,
    ) -> None:
        self._flags = flags
        self._segments = segments
        self._context = context
        self._find_membership = find_membership
        self._memberships: dict[str, Membership] = {}
        self._opened_flags: set[str] = set()
        self._opened_segments: set[str] = set()
        self._clauses = ClauseTracer(context, self._scope, self._trace_segment)

    def trace(self, key: str) -> FlagTrace:
        """Explain the evaluation of a flag."""
        return self._trace_flag(key, 0)

    def _scope(self) -> Scope:
        """Make a scope that knows nothing yet, so that no question is answered by an earlier one."""
        return Scope(self._flags, self._segments, self._get_membership)

    def _get_membership(self, context_key: str) -> Membership:
        """Ask for a membership only once, so that the whole tree tells of one moment."""
        found = self._memberships.get(context_key)
        if found is None:
            found = self._memberships[context_key] = ask(self._find_membership, context_key)
        return found

    def _trace_flag(self, key: str, depth: int) -> FlagTrace:
        flag = self._flags.get(key)
        if flag is None:
            nothing = make_error(reasons.FLAG_NOT_FOUND, None)
            return _bare(key, nothing.value, None, nothing.reason, exists=False, is_on=False)
        detail = make_detail(evaluate(flag, self._context, self._scope()), None)
        bare = _bare(key, detail.value, detail.variation_index, detail.reason, exists=True, is_on=flag.is_on)
        if key in self._opened_flags or depth >= MOST_OPENED:
            return bare
        self._opened_flags.add(key)
        return self._open(flag, replace(bare, opened=True), depth)

    def _open(self, flag: Flag, bare: FlagTrace, depth: int) -> FlagTrace:
        goes_on = flag.is_on
        prerequisites = self._trace_prerequisites(flag, depth, reached=goes_on)
        goes_on = goes_on and all(found.state == MET for found in prerequisites)
        target = self._trace_target(flag) if goes_on else None
        targets: State = (MET if target else NOT_MET) if goes_on else NOT_REACHED
        goes_on = goes_on and target is None
        rules = self._trace_rules(flag, reached=goes_on)
        goes_on = goes_on and all(rule.state == NOT_MET for rule in rules)
        return replace(
            bare,
            prerequisites=prerequisites,
            targets=targets,
            target=target,
            rules=rules,
            fallthrough=MET if goes_on else NOT_REACHED,
            split=self._trace_split(flag.fallthrough) if goes_on else None,
        )

    def _trace_prerequisites(self, flag: Flag, depth: int, *, reached: bool) -> tuple[PrerequisiteTrace, ...]:
        traces: list[PrerequisiteTrace] = []
        state: State = MET if reached else NOT_REACHED
        for prerequisite in flag.prerequisites:
            if state != MET:
                later: State = NOT_NEEDED if reached else NOT_REACHED
                traces.append(PrerequisiteTrace(later, prerequisite.key, prerequisite.variation, None))
                continue
            state = self._judge_prerequisite(flag, prerequisite, depth)
            needed = self._trace_flag(prerequisite.key, depth + 1)
            traces.append(PrerequisiteTrace(state, prerequisite.key, prerequisite.variation, needed))
        return tuple(traces)

    def _judge_prerequisite(self, flag: Flag, prerequisite: Prerequisite, depth: int) -> State:
        alone = replace(flag, prerequisites=(prerequisite,))
        try:
            failed = find_failed_prerequisite(alone, self._context, self._scope(), depth)
        except MalformedFlag:
            return FAILED
        return MET if failed is None else NOT_MET

    def _trace_target(self, flag: Flag) -> TargetTrace | None:
        for target in flag.targets:
            key = self._context.keys.get(target.kind)
            outcome = target.outcomes.get(key)
            if key is not None and outcome is not None:
                return TargetTrace(target.kind, key, outcome.index)
        return None

    def _trace_rules(self, flag: Flag, *, reached: bool) -> tuple[RuleTrace, ...]:
        traces: list[RuleTrace] = []
        goes_on = reached
        for rule in flag.rules:
            state, clauses = self._clauses.trace(rule.clauses, reached=goes_on)
            split = self._trace_split(rule.serve) if state == MET else None
            traces.append(RuleTrace(state, clauses, split))
            goes_on = goes_on and state == NOT_MET
        return tuple(traces)

    def _trace_split(self, serve: Serve) -> SplitTrace | None:
        return None if serve.rollout is None else trace_rollout(serve.rollout, self._context)

    def _trace_segment(self, key: str, depth: int) -> SegmentTrace:
        segment = self._segments.get(key)
        state = self._judge_segment(key)
        if segment is None:
            return SegmentTrace(key, False, state, "", "", False, ())
        listed, status = self._find_listed(segment)
        opened = key not in self._opened_segments and depth < MOST_OPENED
        self._opened_segments.add(key)
        rules = self._trace_segment_rules(segment, depth, reached=not listed) if opened else ()
        return SegmentTrace(key, True, state, listed, status, opened, rules)

    def _judge_segment(self, key: str) -> State:
        try:
            return MET if self._scope().contains(key, self._context) else NOT_MET
        except MalformedFlag:
            return FAILED

    def _find_listed(self, segment: Segment) -> tuple[Listed, str]:
        """Give whether the context is listed, and the status of the store of a big segment."""
        scope = self._scope()
        if segment.is_unbounded:
            found = find_in_big_segment(segment, self._context, scope)
        else:
            found = find_in_lists(segment, self._context)
        # A big segment that nobody has set up, and a context without its kind, are in nobody's list.
        is_known = not segment.is_unbounded or bool(scope.memberships)
        if found is None:
            return "", scope.status or ""
        listed: Listed = "included" if found else "excluded" if is_known else "unlisted"
        return listed, scope.status or ""

    def _trace_segment_rules(
        self, segment: Segment, depth: int, *, reached: bool
    ) -> tuple[SegmentRuleTrace, ...]:
        traces: list[SegmentRuleTrace] = []
        goes_on = reached
        for rule in segment.rules:
            state, clauses = self._clauses.trace(rule.clauses, reached=goes_on, depth=depth + 1)
            split = None
            if state == MET and rule.share is not None:
                split = trace_share(rule.share, self._context)
                state = MET if split.chosen == 0 else NOT_MET
            traces.append(SegmentRuleTrace(state, clauses, split))
            goes_on = goes_on and state == NOT_MET
        return tuple(traces)


def _bare(
    key: str, value: object, variation: int | None, reason: dict[str, object], *, exists: bool, is_on: bool
) -> FlagTrace:
    return FlagTrace(
        key=key,
        exists=exists,
        is_on=is_on,
        opened=False,
        value=value,
        variation=variation,
        reason=reason,
        prerequisites=(),
        targets=NOT_REACHED,
        target=None,
        rules=(),
        fallthrough=NOT_REACHED,
        split=None,
    )
