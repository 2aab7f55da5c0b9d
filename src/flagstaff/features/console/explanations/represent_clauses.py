"""Clauses and segments of an explanation as they are shown."""

from itertools import zip_longest

from msgspec import UNSET

from flagstaff.evaluation.context import Context
from flagstaff.evaluation.scope import Scope
from flagstaff.evaluation.traced_rules import find_met_value
from flagstaff.evaluation.traces import MET, NOT_MET, ClauseTrace, SegmentRuleTrace, SegmentTrace
from flagstaff.features.console.explanations.material import Material
from flagstaff.features.console.explanations.represent_splits import represent_split
from flagstaff.features.console.explanations.schemas import (
    TracedClauseRep,
    TracedSegmentRep,
    TracedSegmentRuleRep,
)
from flagstaff.features.segments.model import SegmentRule
from flagstaff.features.targeting.model import Clause
from flagstaff.features.targeting.payload import sdk_clauses

MOST_VALUES = 50  # of a clause that are shown
NO_CLAUSE = Clause(id="", attribute="", op="", values=())  # where the data is malformed


def represent_clauses(
    traces: tuple[ClauseTrace, ...], clauses: tuple[Clause, ...], material: Material, context: Context
) -> tuple[TracedClauseRep, ...]:
    """Show the clauses of a rule, each with what the context has there."""
    return tuple(
        _clause(trace, clause or NO_CLAUSE, material, context)
        for trace, clause in zip_longest(traces, clauses[: len(traces)])
    )


def _clause(trace: ClauseTrace, clause: Clause, material: Material, context: Context) -> TracedClauseRep:
    met = _met_value(trace, clause, context)
    return TracedClauseRep(
        state=trace.state,
        context_kind=clause.context_kind,
        attribute=clause.attribute,
        op=clause.op,
        negate=clause.negate,
        values=clause.values[:MOST_VALUES],
        value_count=len(clause.values),
        has_value=trace.has_value,
        value=trace.value if trace.has_value else UNSET,
        met_value=UNSET if met is None else met,
        segments=tuple(_segment(segment, material, context) for segment in trace.segments),
        problem=trace.problem or UNSET,
    )


def _met_value(trace: ClauseTrace, clause: Clause, context: Context) -> object:
    """The value that made the clause what it is: a negated one is not met because of it."""
    if not trace.has_value or trace.state != (NOT_MET if clause.negate else MET):
        return None
    (wire,) = sdk_clauses((clause,))
    return find_met_value(wire, context, Scope({}, {}))


def _segment(trace: SegmentTrace, material: Material, context: Context) -> TracedSegmentRep:
    segment = material.segments.get(trace.key)
    rules = segment.rules if segment else ()
    return TracedSegmentRep(
        key=trace.key,
        name=segment.name if segment else "",
        exists=trace.exists,
        state=trace.state,
        listed=trace.listed,
        store_status=trace.status or UNSET,
        opened=trace.opened,
        rules=tuple(
            _rule(found, rule, material, context)
            for found, rule in zip_longest(trace.rules, rules[: len(trace.rules)])
        ),
    )


def _rule(
    trace: SegmentRuleTrace, rule: SegmentRule | None, material: Material, context: Context
) -> TracedSegmentRuleRep:
    return TracedSegmentRuleRep(
        state=trace.state,
        id=rule.id if rule else "",
        description=rule.description if rule else "",
        clauses=represent_clauses(trace.clauses, rule.clauses if rule else (), material, context),
        split=represent_split(trace.split, None),
    )
