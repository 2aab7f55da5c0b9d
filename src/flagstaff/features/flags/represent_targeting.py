"""What a flag serves in one environment, as the REST API shows it: targets, rules, rollouts by index."""

from collections.abc import Iterable, Mapping

from msgspec import UNSET

from flagstaff.features.flags.element_schemas import (
    AllocationRep,
    FallthroughRep,
    PrerequisiteRep,
    RolloutRep,
    RuleRep,
    TargetRep,
    WeightRep,
)
from flagstaff.features.flags.model import Prerequisite, Rule, Targeting, VariationOrRollout
from flagstaff.features.targeting.model import Rollout
from flagstaff.features.targeting.represent import represent_clauses

Indexes = Mapping[str, int]  # of the variations, by id, in their order


def represent_targets(
    targeting: Targeting, indexes: Indexes
) -> tuple[tuple[TargetRep, ...], tuple[TargetRep, ...]]:
    """Show the targets of users; and those of all kinds in order, where users have a place but no keys."""
    users: list[TargetRep] = []
    every: list[TargetRep] = []
    for target in targeting.targets:
        index = indexes[target.variation_id]
        if target.context_kind == "user":
            users.append(TargetRep(variation=index, values=target.values))
            every.append(TargetRep(variation=index, values=()))
        else:
            every.append(TargetRep(context_kind=target.context_kind, variation=index, values=target.values))
    return tuple(users), tuple(every)


def represent_rules(rules: Iterable[Rule], indexes: Indexes) -> tuple[RuleRep, ...]:
    """Show rules in their order."""
    return tuple([_rule(rule, indexes) for rule in rules])


def represent_serve(serve: VariationOrRollout, indexes: Indexes) -> FallthroughRep:
    """Show what is served by default."""
    if isinstance(serve, str):
        return FallthroughRep(variation=indexes[serve])
    return FallthroughRep(rollout=represent_rollout(serve, indexes))


def represent_rollout(rollout: Rollout, indexes: Indexes) -> RolloutRep:
    """Show a rollout, with the variations that have no weight."""
    allocation = rollout.allocation
    return RolloutRep(
        variations=tuple(_weights(rollout, indexes)),
        experiment_allocation=AllocationRep(
            default_variation=indexes[allocation.variation_id], can_reshuffle=allocation.can_reshuffle
        )
        if allocation
        else UNSET,
        seed=UNSET if rollout.seed is None else rollout.seed,
        bucket_by=rollout.bucket_by or UNSET,
        context_kind=rollout.context_kind,
    )


def represent_prerequisites(targeting: Targeting) -> tuple[PrerequisiteRep, ...]:
    """Show the prerequisites, which must be resolved."""
    return tuple([PrerequisiteRep(key=held.key, variation=_index(held)) for held in targeting.prerequisites])


def _index(prerequisite: Prerequisite) -> int:
    if prerequisite.variation is None:
        raise ValueError(f"the prerequisite {prerequisite.key} is not resolved")
    return prerequisite.variation


def _rule(rule: Rule, indexes: Indexes) -> RuleRep:
    serve = rule.serve
    return RuleRep(
        id=rule.id,
        variation=indexes[serve] if isinstance(serve, str) else UNSET,
        rollout=UNSET if isinstance(serve, str) else represent_rollout(serve, indexes),
        clauses=represent_clauses(rule.clauses),
        track_events=rule.track_events,
        description=rule.description or UNSET,
        ref=rule.ref or UNSET,
    )


def _weights(rollout: Rollout, indexes: Indexes) -> Iterable[WeightRep]:
    """In the order of the variations where that is the bucketing order, else the rest follows at the end."""
    shown = [
        WeightRep(
            variation=indexes[weight.variation_id], weight=weight.weight, untracked=weight.untracked or UNSET
        )
        for weight in rollout.weights
    ]
    places = [weight.variation for weight in shown]
    shown += [WeightRep(variation=index, weight=0) for index in indexes.values() if index not in places]
    if places == sorted(set(places)):
        shown.sort(key=lambda weight: weight.variation)
    return shown
