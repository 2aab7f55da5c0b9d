"""The targeting of one environment read back from a patched representation."""

from collections.abc import Iterable

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from flagstaff.features.flags.element_schemas import (
    FallthroughRep,
    PrerequisiteRep,
    RolloutRep,
    RuleRep,
    TargetRep,
)
from flagstaff.features.flags.model import (
    Flag,
    Prerequisite,
    Rule,
    Target,
    Targeting,
    VariationOrRollout,
)
from flagstaff.features.flags.prerequisites import check_prerequisites
from flagstaff.features.flags.schemas import TargetingDocument
from flagstaff.features.flags.serving import check_check_ratio, check_serve
from flagstaff.features.flags.targets import build_targets
from flagstaff.features.flags.variation_indexes import Numbering
from flagstaff.features.targeting.clauses import build_clauses
from flagstaff.features.targeting.model import Allocation, Rollout, Weight
from flagstaff.features.targeting.names import IdClaims
from flagstaff.features.targeting.rollouts import build_rollout
from flagstaff.features.targeting.rules import check_rule_count, clause_ids
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit

PARTS = ("targets", "rules", "fallthrough", "prerequisites")


class Reading(msgspec.Struct, frozen=True):
    """What is needed to read a document: the flag it is of, what its indexes mean, and new ids."""

    flag: Flag
    numbering: Numbering
    edit: Edit


def read_targeting(before: Targeting, sent: TargetingDocument, reading: Reading) -> Targeting:
    """Return the targeting that `sent` stands for; known ids of rules and clauses are kept.

    Raises InvalidRequest for what cannot be followed, or refers to a variation that there never was.
    """
    flag, numbering = reading.flag, reading.numbering
    off, ratio = sent.off_variation, sent.migration_settings.check_ratio
    targets = _in_order(sent.targets, sent.context_targets)
    after = replace(
        before,
        on=sent.on,
        targets=build_targets(flag, (_target(target, numbering) for target in targets)),
        rules=_read_rules(before, sent.rules, reading),
        fallthrough=_read_serve(sent.fallthrough, reading, "the fallthrough"),
        off_variation_id=None if off is UNSET else numbering.variation_id(off),
        prerequisites=check_prerequisites(_read_prerequisites(before, sent.prerequisites)),
        track_events=sent.track_events,
        track_events_fallthrough=sent.track_events_fallthrough,
        check_ratio=check_check_ratio(flag, None if ratio is UNSET else ratio),
    )
    return replace(after, **{name: getattr(before, name) for name in PARTS if _is_kept(before, after, name)})


def _is_kept(before: Targeting, after: Targeting, part: str) -> bool:
    """Whether a part is as it was: the same object then spares others looking into it."""
    return same(getattr(before, part), getattr(after, part))


def _in_order(users: Iterable[TargetRep], every: Iterable[TargetRep]) -> list[TargetRep]:
    """Put the targets of users into the places that the list of all kinds keeps for them.

    Users without a place follow the last that has one, or come first if there is none.
    """
    waiting = list(users)
    merged: list[TargetRep] = []
    last_place = 0
    for target in every:
        if target.context_kind != "user" or target.values:
            merged.append(target)
            continue
        placed = [user for user in waiting if user.variation == target.variation]
        waiting = [user for user in waiting if user.variation != target.variation]
        merged += placed
        last_place = len(merged) if placed else last_place
    return [*merged[:last_place], *waiting, *merged[last_place:]]


def _target(sent: TargetRep, numbering: Numbering) -> Target:
    return Target(
        context_kind=sent.context_kind,
        variation_id=numbering.variation_id(sent.variation),
        values=sent.values,
    )


def _read_rules(before: Targeting, sent: tuple[RuleRep, ...], reading: Reading) -> tuple[Rule, ...]:
    ids = reading.edit.ids
    claims = IdClaims(ids, known={rule.id for rule in before.rules})
    clause_claims = IdClaims(ids, known=clause_ids(before.rules))
    rules = tuple(
        Rule(
            id=claims.claim(rule.id),
            clauses=build_clauses(rule.clauses, clause_claims),
            serve=_read_serve(rule, reading, f"rule {place}"),
            description=rule.description or "",
            ref=rule.ref or "",
            track_events=rule.track_events,
        )
        for place, rule in enumerate(sent)
    )
    return check_rule_count(rules)


def _read_serve(sent: FallthroughRep | RuleRep, reading: Reading, what: str) -> VariationOrRollout:
    flag, numbering = reading.flag, reading.numbering
    if (sent.variation is UNSET) == (sent.rollout is UNSET):
        raise InvalidRequest(f"{what} must have exactly one of variation and rollout")
    if sent.rollout is not UNSET:
        return check_serve(flag, _read_rollout(sent.rollout, flag, numbering))
    return check_serve(flag, "" if sent.variation is UNSET else numbering.variation_id(sent.variation))


def _read_rollout(sent: RolloutRep, flag: Flag, numbering: Numbering) -> Rollout:
    allocation = sent.experiment_allocation
    return build_rollout(
        (
            Weight(
                variation_id=numbering.variation_id(weight.variation),
                weight=weight.weight,
                untracked=bool(weight.untracked),
            )
            for weight in sent.variations
        ),
        bucket_by=sent.bucket_by or "",
        context_kind=sent.context_kind or flag.rollout_context_kind,
        seed=None if sent.seed is UNSET else sent.seed,
        allocation=None
        if allocation is UNSET
        else Allocation(
            variation_id=numbering.variation_id(allocation.default_variation),
            can_reshuffle=allocation.can_reshuffle,
        ),
    )


def _read_prerequisites(before: Targeting, sent: Iterable[PrerequisiteRep]) -> Iterable[Prerequisite]:
    """An entry that was there already keeps the variation's id; of another one only the index is known."""
    known = {(held.key, held.variation): held for held in before.prerequisites}
    for entry in sent:
        new = Prerequisite(key=entry.key, variation=entry.variation)
        yield known.get((entry.key, entry.variation), new)
