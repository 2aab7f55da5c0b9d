"""What a flag refers to outside of itself, for the checks and indexes that pure code cannot make."""

from collections.abc import Iterable

import msgspec

from flagstaff.features.flags.model import Flag, FlagState, Rule, Targeting
from flagstaff.features.targeting.model import Rollout


class References(msgspec.Struct, frozen=True):
    """What the targeting of one environment names: segments and flags by key, and kinds of context."""

    segments: frozenset[str]
    prerequisites: frozenset[str]
    context_kinds: frozenset[str]


def collect_references(state: FlagState) -> dict[str, References]:
    """Return what the flag refers to, by environment key."""
    settings = state.flag.migration_settings
    kind = settings.context_kind if settings else None
    return {key: _collect(targeting, kind) for key, targeting in state.environments.items()}


def lost_variations(before: Flag, after: Flag) -> frozenset[str]:
    """Return the ids of variations that a change removes; no other flag may ask for one of them."""
    return frozenset(before.indexes.keys() - after.indexes.keys())


def _collect(targeting: Targeting, migration_kind: str | None) -> References:
    kinds = {target.context_kind for target in targeting.targets}
    kinds.update(_rollout_kinds(targeting))
    kinds.update(_clause_kinds(targeting.rules))
    return References(
        segments=frozenset(_segments(targeting.rules)),
        prerequisites=frozenset(prerequisite.key for prerequisite in targeting.prerequisites),
        context_kinds=frozenset(kinds | ({migration_kind} if migration_kind else set())),
    )


def _segments(rules: Iterable[Rule]) -> Iterable[str]:
    for rule in rules:
        for clause in rule.clauses:
            if clause.op == "segmentMatch":
                yield from (value for value in clause.values if isinstance(value, str))


def _clause_kinds(rules: Iterable[Rule]) -> Iterable[str]:
    return (clause.context_kind for rule in rules for clause in rule.clauses if clause.op != "segmentMatch")


def _rollout_kinds(targeting: Targeting) -> Iterable[str]:
    serves = [targeting.fallthrough, *(rule.serve for rule in targeting.rules)]
    return (serve.context_kind for serve in serves if isinstance(serve, Rollout))
