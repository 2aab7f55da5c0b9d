"""Clauses, the conditions of a rule, and whether a context meets them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flagstaff.evaluation.context import Context
from flagstaff.evaluation.lookup import Lookup, MalformedFlag
from flagstaff.evaluation.readings import Reading, read


@dataclass(frozen=True, slots=True)
class Clause:
    """Compares what `reading` gives; one without a reading asks for segments, or has a `problem`."""

    reading: Reading | None
    test: Callable[[Any, Any], bool]
    operand: Any
    negate: bool
    segment_keys: tuple[str, ...] = ()
    problem: str = ""


def all_match(clauses: tuple[Clause, ...], context: Context, lookup: Lookup) -> bool:
    return find_match((clauses,), context, lookup) == 0


def find_match(conditions: tuple[tuple[Clause, ...], ...], context: Context, lookup: Lookup) -> int:
    """Give the place of the first condition that is met, all of whose clauses match; -1 if there is none."""
    readings = context.readings
    place = 0
    for clauses in conditions:
        for clause in clauses:
            reading = clause.reading
            if reading is None:
                if segments_match(clause, context, lookup):
                    continue
                break
            try:
                values = readings[reading.name]
            except KeyError:
                values = read(reading, context)
            # What is not there matches nothing, not even a negated clause.
            if values is None:
                break
            matched = False
            for value in values:
                if clause.test(clause.operand, value):
                    matched = True
                    break
            if matched is clause.negate:
                break
        else:
            return place
        place += 1
    return -1


def segments_match(clause: Clause, context: Context, lookup: Lookup) -> bool:
    if clause.problem:
        raise MalformedFlag(clause.problem)
    for key in clause.segment_keys:
        if lookup.contains(key, context):
            return not clause.negate
    return clause.negate
