"""Ordered lists of rules, of whichever kind: look up, insert, replace, remove, reorder."""

from collections.abc import Sequence
from typing import TypeVar

from flagstaff.features.targeting.model import MAX_RULES, ClauseRule
from flagstaff.kernel.errors import InvalidRequest

AnyRule = TypeVar("AnyRule", bound=ClauseRule)


def require_rule(rules: Sequence[AnyRule], rule_id: str) -> AnyRule:
    """Return the rule of that id; raise InvalidRequest when there is none."""
    for rule in rules:
        if rule.id == rule_id:
            return rule
    raise InvalidRequest(f"unknown rule id {rule_id[:80]!r}")


def insert_rule(rules: tuple[AnyRule, ...], rule: AnyRule, before_rule_id: str = "") -> tuple[AnyRule, ...]:
    """Put a rule before another one, or at the end; raise InvalidRequest if that one is unknown."""
    place = rules.index(require_rule(rules, before_rule_id)) if before_rule_id else len(rules)
    return check_rule_count((*rules[:place], rule, *rules[place:]))


def exchange_rule(rules: tuple[AnyRule, ...], changed: AnyRule) -> tuple[AnyRule, ...]:
    """Put a changed rule in the place of the one that has its id."""
    return tuple(changed if rule.id == changed.id else rule for rule in rules)


def remove_rule(rules: tuple[AnyRule, ...], rule_id: str) -> tuple[AnyRule, ...]:
    """Remove a rule; one that is not there is no error."""
    return tuple(rule for rule in rules if rule.id != rule_id)


def reorder_rules(rules: tuple[AnyRule, ...], rule_ids: Sequence[str]) -> tuple[AnyRule, ...]:
    """Bring the rules into the order of `rule_ids`, which must name each of them exactly once."""
    by_id = {rule.id: rule for rule in rules}
    if len(rule_ids) != len(rules) or set(rule_ids) != set(by_id):
        raise InvalidRequest("ruleIds must name each of the current rules exactly once")
    return tuple(by_id[rule_id] for rule_id in rule_ids)


def clause_ids(rules: Sequence[ClauseRule]) -> set[str]:
    """Return the ids of all clauses of all rules, a fresh set."""
    return {clause.id for rule in rules for clause in rule.clauses}


def check_rule_count(rules: tuple[AnyRule, ...]) -> tuple[AnyRule, ...]:
    """Return the rules, or raise InvalidRequest when they are too many."""
    if len(rules) > MAX_RULES:
        raise InvalidRequest(f"there must not be more than {MAX_RULES} rules")
    return rules
