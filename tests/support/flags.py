"""Builders of flags: a multivariate one with the variations a, b and c, and its targeting."""

from collections.abc import Mapping, Sequence
from typing import Any

from flagstaff.features.flags.model import (
    Defaults,
    Flag,
    FlagState,
    MigrationSettings,
    Rule,
    Target,
    Targeting,
    Variation,
)
from flagstaff.features.targeting.model import Rollout, Weight
from flagstaff.kernel.instructions import Edit
from tests.support.clauses import a_clause
from tests.support.ids import counting_ids

NOW = 1_700_000_000_000
SALT = "5a1t" * 8
SEL = "5e1e" * 8


def an_edit(environment: str = "test", now: int = NOW) -> Edit:
    return Edit(now, counting_ids(), environment)


def variations(*values: Any, names: str = "abcdefgh") -> tuple[Variation, ...]:
    return tuple(Variation(id=names[index], value=value) for index, value in enumerate(values))


def a_flag(key: str = "checkout", **changes: Any) -> Flag:
    members = {
        "id": "f1a9f1a9f1a9f1a9f1a9f1a9",
        "name": "Checkout",
        "kind": "multivariate",
        "variations": variations("red", "green", "blue"),
        "defaults": Defaults(on_variation_id="a", off_variation_id="c"),
        "creation_date": NOW - 1000,
    }
    return Flag(key=key, **(members | changes))


def a_boolean_flag(key: str = "switch", **changes: Any) -> Flag:
    members = {
        "kind": "boolean",
        "variations": variations(True, False),
        "defaults": Defaults(on_variation_id="a", off_variation_id="b"),
    }
    return a_flag(key, **(members | changes))


def a_migration_flag(key: str = "move", **changes: Any) -> Flag:
    members = {
        "variations": variations("off", "complete"),
        "defaults": Defaults(on_variation_id="a", off_variation_id="a"),
        "purpose": "migration",
        "migration_settings": MigrationSettings(stage_count=2),
    }
    return a_flag(key, **(members | changes))


def a_targeting(**changes: Any) -> Targeting:
    members = {
        "fallthrough": "a",
        "off_variation_id": "c",
        "salt": SALT,
        "sel": SEL,
        "last_modified": NOW - 1000,
    }
    return Targeting(**(members | changes))


def a_state(flag: Flag | None = None, **environments: Targeting) -> FlagState:
    return FlagState(flag=flag or a_flag(), environments=environments or {"test": a_targeting()})


def a_rule(rule_id: str = "rule-1", serve: str | Rollout = "b", **changes: Any) -> Rule:
    return Rule(id=rule_id, serve=serve, **({"clauses": (a_clause(f"clause-of-{rule_id}"),)} | changes))


def a_target(variation_id: str = "a", *values: str, kind: str = "user") -> Target:
    return Target(context_kind=kind, variation_id=variation_id, values=values or ("ann",))


def a_rollout(shares: Mapping[str, int] | None = None, **changes: Any) -> Rollout:
    shares = shares or {"a": 60_000, "b": 40_000}
    weights: Sequence[Weight] = tuple(
        Weight(variation_id=name, weight=share) for name, share in shares.items()
    )
    return Rollout(**({"weights": weights} | changes))
