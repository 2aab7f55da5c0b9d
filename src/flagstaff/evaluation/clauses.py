"""Clauses, the conditions of a rule, and whether a context meets them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flagstaff.evaluation.context import Context
from flagstaff.evaluation.lookup import Lookup, MalformedFlag
from flagstaff.evaluation.readings import UNREAD, Reading, read


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
    for clause in clauses:
        reading = clause.reading
        if reading is None:
            if not segments_match(clause, context, lookup):
                return False
            continue
        values = context.readings.get(reading.name, UNREAD)
        if values is UNREAD:
            values = read(reading, context)
        # What is not there matches nothing, not even a negated clause.
        if values is None:
            return False
        matched = False
        for value in values:
            if clause.test(clause.operand, value):
                matched = True
                break
        if matched is clause.negate:
            return False
    return True


def segments_match(clause: Clause, context: Context, lookup: Lookup) -> bool:
    if clause.problem:
        raise MalformedFlag(clause.problem)
    for key in clause.segment_keys:
        if lookup.contains(key, context):
            return not clause.negate
    return clause.negate
