"""Clauses: how one is checked and built, and what instructions do to those of a rule."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import re2
from msgspec.structs import replace

from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.targeting.model import (
    MAX_CLAUSES,
    MAX_VALUES,
    OPERATORS,
    Clause,
    ClauseRule,
    Scalar,
)
from flagstaff.features.targeting.names import IdClaims, check_attribute
from flagstaff.features.targeting.schemas import ClauseRep
from flagstaff.features.targeting.values import subtract, unite
from flagstaff.kernel.errors import InvalidRequest

AnyRule = TypeVar("AnyRule", bound=ClauseRule)

_QUIET = re2.Options()
_QUIET.log_errors = False


def build_clauses(sent: Iterable[ClauseRep], claims: IdClaims) -> tuple[Clause, ...]:
    """Build the clauses of a rule, each under the id that it claims.

    Raises InvalidRequest for an unknown operator, a bad attribute reference, context kind or regular
    expression, and for too many clauses or values.
    """
    clauses = tuple(_build(clause, claims.claim(clause.id)) for clause in sent)
    _check_count(clauses)
    return clauses


def add_clauses(rule: AnyRule, sent: Iterable[ClauseRep], claims: IdClaims) -> AnyRule:
    """Append clauses to a rule."""
    clauses = (*rule.clauses, *build_clauses(sent, claims))
    _check_count(clauses)
    return replace(rule, clauses=clauses)


def remove_clauses(rule: AnyRule, clause_ids: Iterable[str]) -> AnyRule:
    """Remove clauses; unknown ids are no error. The last one stays: without it the rule would match all."""
    gone = set(clause_ids)
    kept = tuple(clause for clause in rule.clauses if clause.id not in gone)
    if rule.clauses and not kept:
        raise InvalidRequest(f"rule {rule.id} must keep at least one clause; remove the rule instead")
    return replace(rule, clauses=kept)


def update_clause(rule: AnyRule, clause_id: str, sent: ClauseRep) -> AnyRule:
    """Put a new clause in the place, and under the id, of an old one."""
    return _change(rule, clause_id, lambda _: _build(sent, clause_id))


def add_values(rule: AnyRule, clause_id: str, values: tuple[Scalar, ...]) -> AnyRule:
    """Add to the values of one clause those that it does not have."""
    return _change(rule, clause_id, lambda clause: _with_values(clause, unite(clause.values, values)))


def remove_values(rule: AnyRule, clause_id: str, values: tuple[Scalar, ...]) -> AnyRule:
    """Remove values from one clause; those that it does not have are no error."""
    return _change(rule, clause_id, lambda clause: _with_values(clause, subtract(clause.values, values)))


def _change(rule: AnyRule, clause_id: str, change: Callable[[Clause], Clause]) -> AnyRule:
    if all(clause.id != clause_id for clause in rule.clauses):
        raise InvalidRequest(f"unknown clause id {clause_id[:80]!r} in rule {rule.id}")
    changed = tuple(change(clause) if clause.id == clause_id else clause for clause in rule.clauses)
    return replace(rule, clauses=changed)


def _build(sent: ClauseRep, clause_id: str) -> Clause:
    if sent.op not in OPERATORS:
        raise InvalidRequest(f"unknown operator {sent.op[:80]!r}; the operators are {', '.join(OPERATORS)}")
    if sent.op != "segmentMatch":  # there the attribute is a placeholder
        check_attribute(sent.attribute)
    clause = Clause(
        id=clause_id,
        attribute=sent.attribute,
        op=sent.op,
        values=(),
        context_kind=check_context_kind(sent.context_kind),
        negate=sent.negate,
    )
    return _with_values(clause, sent.values)


def _with_values(clause: Clause, values: tuple[Scalar, ...]) -> Clause:
    if len(values) > MAX_VALUES:
        raise InvalidRequest(f"a clause must not have more than {MAX_VALUES} values")
    if clause.op == "matches":
        for value in values:
            _check_pattern(value)
    if clause.op == "segmentMatch" and not all(isinstance(value, str) for value in values):
        raise InvalidRequest("the values of a segmentMatch clause must be segment keys")
    return replace(clause, values=values)


def _check_pattern(value: Scalar) -> None:
    try:
        re2.compile(value if isinstance(value, str) else str(value), _QUIET)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace")
        raise InvalidRequest(f"{str(value)[:80]!r} is not a valid regular expression: {reason}") from None


def _check_count(clauses: tuple[Clause, ...]) -> None:
    if len(clauses) > MAX_CLAUSES:
        raise InvalidRequest(f"a rule must not have more than {MAX_CLAUSES} clauses")
