"""Prepares the clauses that rules of flags and of segments share."""

from functools import lru_cache
from typing import Any

from flagstaff.evaluation.clauses import Clause
from flagstaff.evaluation.context import DEFAULT_KIND
from flagstaff.evaluation.jsontext import InvalidJson, decode, encode
from flagstaff.evaluation.operators import OPERATORS, UNKNOWN, Operator, match_nothing
from flagstaff.evaluation.preparation.reading import (
    read_bool,
    read_list,
    read_objects,
    read_optional_string,
    read_string,
)
from flagstaff.evaluation.readings import Reading
from flagstaff.evaluation.references import InvalidReference, parse_reference

MOST_SHARED = 4_096  # conditions
LONGEST_SHARED = 1_024  # bytes of their JSON


def prepare_clauses(rule: dict[str, Any]) -> tuple[Clause, ...]:
    """Prepare the clauses of a rule; raise MalformedData for wrong types.

    Rules of many flags ask the same, such as who works for us: they share what is prepared, and an evaluation
    of all flags goes through less memory.
    """
    clauses = read_objects(rule, "clauses")
    try:
        text = encode(clauses)
    except InvalidJson:
        return _prepare(clauses)
    return _prepare_shared(text) if len(text) <= LONGEST_SHARED else _prepare(clauses)


@lru_cache(maxsize=MOST_SHARED)
def _prepare_shared(text: bytes) -> tuple[Clause, ...]:
    return _prepare(decode(text))


def _prepare(clauses: list[dict[str, Any]]) -> tuple[Clause, ...]:
    return tuple(_prepare_clause(clause) for clause in clauses)


def make_problem(problem: str) -> Clause:
    """Make the clause that makes its flag malformed when it is reached."""
    return Clause(None, match_nothing, None, negate=False, problem=problem)


def _prepare_clause(data: dict[str, Any]) -> Clause:
    kind = read_string(data, "contextKind")
    attribute = read_optional_string(data, "attribute")
    operator = OPERATORS.get(read_string(data, "op"), UNKNOWN)
    values = read_list(data, "values")
    negate = read_bool(data, "negate")
    if data.get("op") == "segmentMatch":
        keys = tuple(value for value in values if isinstance(value, str))
        return Clause(None, match_nothing, None, negate, segment_keys=keys)
    try:
        path = parse_reference(attribute, kind)
    except InvalidReference as error:
        return make_problem(f"attribute {attribute!r}: {error}")
    reading = _make_reading(attribute, kind or DEFAULT_KIND, path, operator)
    return _compare(reading, operator, values, negate=negate)


def _make_reading(attribute: str, kind: str, path: tuple[str, ...], operator: Operator) -> Reading:
    # `kind` asks for the kinds of the whole context; written `/kind`, it is an attribute like others.
    return Reading(None if attribute == "kind" else kind, path, operator.convert)


def _compare(reading: Reading, operator: Operator, values: list[Any], *, negate: bool) -> Clause:
    converted = [found for value in values if (found := operator.convert(value)) is not None]
    if not converted:
        return Clause(reading, match_nothing, None, negate)
    return Clause(reading, operator.test, operator.prepare(converted), negate)
