"""What changed among the rules of a flag in one environment, in words."""

from collections.abc import Iterable

from flagstaff.features.flags.model import Flag, Rule
from flagstaff.features.flags.wording import (
    change,
    listing,
    word_clause,
    word_clauses,
    word_serve,
)
from flagstaff.features.targeting.model import Clause
from flagstaff.features.targeting.values import same, subtract
from flagstaff.kernel.markdown import quote, strike

Rules = tuple[Rule, ...]


def describe_rules(old: Rules, new: Rules, old_flag: Flag, new_flag: Flag) -> Iterable[str]:
    """Say which rules went, came, changed, and in what order they are now."""
    before, after = {rule.id: rule for rule in old}, {rule.id: rule for rule in new}
    numbers = {rule.id: number for number, rule in enumerate(old, start=1)}
    for rule in old:
        if rule.id not in after:
            yield f"Removed the rule {strike(_whole(rule, old_flag))}"
    for number, rule in enumerate(new, start=1):
        if rule.id in before and not same(before[rule.id], rule):
            called = f"rule {numbers[rule.id]} ({_label(before[rule.id])})"
            yield from _changed(before[rule.id], rule, called, (old_flag, new_flag))
        elif rule.id not in before:
            yield f"Added, as number {number}, the rule {_whole(rule, new_flag)}"
    kept = [rule.id for rule in old if rule.id in after]
    if kept != [rule.id for rule in new if rule.id in before]:
        yield f"Changed the order of the rules {change(_labels(old), _labels(new))}"


def _whole(rule: Rule, flag: Flag) -> str:
    notes = [f"description {quote(rule.description)}"] if rule.description else []
    notes += [f"reference {quote(rule.ref)}"] if rule.ref else []
    notes += ["with detailed events"] if rule.track_events else []
    noted = f" ({', '.join(notes)})" if notes else ""
    return f"**if** {word_clauses(rule.clauses)} **serve** {word_serve(flag, rule.serve)}{noted}"


def _labels(rules: Rules) -> str:
    return ", ".join(map(_label, rules))


def _label(rule: Rule) -> str:
    return quote(rule.description) if rule.description else f"**if** {word_clauses(rule.clauses)}"


def _changed(before: Rule, after: Rule, rule: str, flags: tuple[Flag, Flag]) -> Iterable[str]:
    if not same(before.clauses, after.clauses):
        yield from _changed_clauses(before.clauses, after.clauses, rule)
    if not same(before.serve, after.serve):
        serves = change(word_serve(flags[0], before.serve), word_serve(flags[1], after.serve))
        yield f"Changed what is served by {rule} {serves}"
    if before.description != after.description:
        described = change(_text(before.description), _text(after.description))
        yield f"Changed the description of {rule} {described}"
    if before.ref != after.ref:
        yield f"Changed the reference of {rule} {change(_text(before.ref), _text(after.ref))}"
    if before.track_events != after.track_events:
        yield f"Turned {'on' if after.track_events else 'off'} detailed events of {rule}"


def _changed_clauses(old: tuple[Clause, ...], new: tuple[Clause, ...], rule: str) -> Iterable[str]:
    before, after = {clause.id: clause for clause in old}, {clause.id: clause for clause in new}
    for clause in old:
        if clause.id not in after:
            yield f"Removed the clause {strike(word_clause(clause))} from {rule}"
    for clause in new:
        if clause.id not in before:
            yield f"Added the clause {word_clause(clause)} to {rule}"
        elif not same(before[clause.id], clause):
            yield from _changed_clause(before[clause.id], clause, rule)
    kept = [clause.id for clause in old if clause.id in after]
    if kept != [clause.id for clause in new if clause.id in before]:
        yield f"Changed the order of the clauses of {rule} {change(word_clauses(old), word_clauses(new))}"


def _changed_clause(before: Clause, after: Clause, rule: str) -> Iterable[str]:
    about = (before.attribute, before.op, before.context_kind, before.negate)
    removed, added = subtract(before.values, after.values), subtract(after.values, before.values)
    if about != (after.attribute, after.op, after.context_kind, after.negate) or not (removed or added):
        yield f"Changed a clause of {rule} {change(word_clause(before), word_clause(after))}"
        return
    if removed:
        yield f"Removed the values {strike(listing(removed))} from the clause {word_clause(before)} of {rule}"
    if added:
        yield f"Added the values {listing(added)} to the clause {word_clause(before)} of {rule}"


def _text(text: str) -> str:
    return quote(text) if text else ""
