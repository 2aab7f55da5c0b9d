"""What changed among rules, of a flag or of a segment, in words; what each has of its own it says itself."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from flagstaff.features.targeting.model import Clause, ClauseRule
from flagstaff.features.targeting.values import same, subtract
from flagstaff.features.targeting.wording import change, listing, word_clause, word_clauses
from flagstaff.kernel.markdown import quote, strike

AnyRule = TypeVar("AnyRule", bound=ClauseRule)


def describe_rules(
    old: tuple[AnyRule, ...],
    new: tuple[AnyRule, ...],
    *,
    gone: Callable[[AnyRule], str],
    come: Callable[[AnyRule], str],
    changed: Callable[[AnyRule, AnyRule, str], Iterable[str]],
) -> Iterable[str]:
    """Say which rules went, came, changed, and in what order they were and are.

    `gone` and `come` say a whole rule; `changed` says of two what is neither clause nor description.
    """
    before, after = {rule.id: rule for rule in old}, {rule.id: rule for rule in new}
    numbers = {rule.id: number for number, rule in enumerate(old, start=1)}
    yield from (f"Removed the rule {strike(gone(rule))}" for rule in old if rule.id not in after)
    for number, rule in enumerate(new, start=1):
        held = before.get(rule.id)
        if held is None:
            yield f"Added, as number {number}, the rule {come(rule)}"
        elif not same(held, rule):
            called = f"rule {numbers[rule.id]} ({_label(held)})"
            yield from _clauses(held.clauses, rule.clauses, called)
            yield from _description(held, rule, called)
            yield from changed(held, rule, called)
    kept = [rule.id for rule in old if rule.id in after]
    if kept != [rule.id for rule in new if rule.id in before]:
        yield f"Changed the order of the rules {change(_labels(old), _labels(new))}"


def _labels(rules: Iterable[ClauseRule]) -> str:
    return ", ".join(map(_label, rules))


def _label(rule: ClauseRule) -> str:
    return quote(rule.description) if rule.description else f"**if** {word_clauses(rule.clauses)}"


def _description(before: ClauseRule, after: ClauseRule, rule: str) -> Iterable[str]:
    if before.description != after.description:
        was, now = (quote(one.description) if one.description else "" for one in (before, after))
        yield f"Changed the description of {rule} {change(was, now)}"


def _clauses(old: tuple[Clause, ...], new: tuple[Clause, ...], rule: str) -> Iterable[str]:
    before, after = {clause.id: clause for clause in old}, {clause.id: clause for clause in new}
    for clause in old:
        if clause.id not in after:
            yield f"Removed the clause {strike(word_clause(clause))} from {rule}"
    for clause in new:
        if clause.id not in before:
            yield f"Added the clause {word_clause(clause)} to {rule}"
        elif not same(before[clause.id], clause):
            yield from _clause(before[clause.id], clause, rule)
    kept = [clause.id for clause in old if clause.id in after]
    if kept != [clause.id for clause in new if clause.id in before]:
        yield f"Changed the order of the clauses of {rule} {change(word_clauses(old), word_clauses(new))}"


def _clause(before: Clause, after: Clause, rule: str) -> Iterable[str]:
    about = (before.attribute, before.op, before.context_kind, before.negate)
    removed, added = subtract(before.values, after.values), subtract(after.values, before.values)
    if about != (after.attribute, after.op, after.context_kind, after.negate) or not (removed or added):
        yield f"Changed a clause of {rule} {change(word_clause(before), word_clause(after))}"
        return
    if removed:
        yield f"Removed the values {strike(listing(removed))} from the clause {word_clause(before)} of {rule}"
    if added:
        yield f"Added the values {listing(added)} to the clause {word_clause(before)} of {rule}"
