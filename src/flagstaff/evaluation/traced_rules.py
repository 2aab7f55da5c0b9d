"""Explains the clauses of rules, of flags and of segments alike."""

from collections.abc import Callable
from typing import Any

from flagstaff.evaluation.clauses import Clause, all_match
from flagstaff.evaluation.context import Context
from flagstaff.evaluation.lookup import Lookup, MalformedFlag
from flagstaff.evaluation.preparation.clauses import prepare_clauses
from flagstaff.evaluation.readings import find_attribute
from flagstaff.evaluation.traces import (
    FAILED,
    MET,
    NOT_MET,
    NOT_NEEDED,
    NOT_REACHED,
    ClauseTrace,
    SegmentTrace,
    State,
)


class ClauseTracer:
    """Asks of each clause alone what a rule asks of all of them."""

    def __init__(
        self,
        context: Context,
        make_lookup: Callable[[], Lookup],
        trace_segment: Callable[[str, int], SegmentTrace],
    ) -> None:
        self._context = context
        self._make_lookup = make_lookup
        self._trace_segment = trace_segment

    def trace(
        self, clauses: tuple[Clause, ...], *, reached: bool, depth: int = 0
    ) -> tuple[State, tuple[ClauseTrace, ...]]:
        """Explain the clauses of a rule, up to the first that decides it, with what they come to."""
        traces: list[ClauseTrace] = []
        state: State = MET if reached else NOT_REACHED
        for clause in clauses:
            if state != MET:
                later: State = NOT_NEEDED if reached else NOT_REACHED
                traces.append(ClauseTrace(later, False, None, (), ""))
                continue
            state = self._judge(clause)
            traces.append(self._trace_clause(clause, state, depth))
        return state, tuple(traces)

    def _judge(self, clause: Clause) -> State:
        try:
            return MET if all_match((clause,), self._context, self._make_lookup()) else NOT_MET
        except MalformedFlag:
            return FAILED

    def _trace_clause(self, clause: Clause, state: State, depth: int) -> ClauseTrace:
        if clause.reading is None:
            return ClauseTrace(state, False, None, self._trace_segments(clause, depth), clause.problem)
        found = find_attribute(clause.reading, self._context)
        return ClauseTrace(state, found is not None, found, (), "")

    def _trace_segments(self, clause: Clause, depth: int) -> tuple[SegmentTrace, ...]:
        """Explain the segments of a clause, up to the first that the context is in."""
        traces: list[SegmentTrace] = []
        for key in clause.segment_keys:
            traces.append(self._trace_segment(key, depth))
            if traces[-1].state != NOT_MET:
                break
        return tuple(traces)


def find_met_value(clause: dict[str, Any], context: Context, lookup: Lookup) -> Any:
    """Give the first value of a clause, in its SDK JSON, that the context meets; None if it meets none."""
    for value in clause.get("values") or []:
        alone = {**clause, "values": [value], "negate": False}
        if all_match(prepare_clauses({"clauses": [alone]}), context, lookup):
            return value
    return None
