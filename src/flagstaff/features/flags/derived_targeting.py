"""The instructions that make the targeting of one environment into another."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from flagstaff.features.flags.instructions.prerequisites import PrerequisiteBody
from flagstaff.features.flags.instructions.rules import RuleBody
from flagstaff.features.flags.instructions.targets import TargetBody
from flagstaff.features.flags.model import FlagState, Rule, Targeting, VariationOrRollout
from flagstaff.features.flags.trials import as_wire, fits
from flagstaff.features.targeting.represent import represent_clauses
from flagstaff.features.targeting.values import same
from flagstaff.kernel.instructions import Wire


def derive_targeting(state: FlagState, environment: str, after: Targeting) -> Iterable[Wire]:
    """Derive what makes the targeting of `state` in one environment into `after`."""
    before = state.environments[environment]
    yield from _switches(before, after)
    if not same(after.targets, before.targets):
        yield _replace_targets(after)
    if not same(after.rules, before.rules):
        documented = _replace_rules(after)
        wanted = replace(before, rules=after.rules)
        exact = {"kind": "setRules", "rules": as_wire(after.rules)}
        yield documented if _makes(state, environment, documented, wanted) else exact
    if not same(after.fallthrough, before.fallthrough):
        documented = {"kind": "updateFallthroughVariationOrRollout", **_serve(after.fallthrough)}
        wanted = replace(before, fallthrough=after.fallthrough)
        exact = {"kind": "setFallthrough", "fallthrough": as_wire(after.fallthrough)}
        yield documented if _makes(state, environment, documented, wanted) else exact
    yield from _off_variation(before, after)
    if _pairs(after) != _pairs(before):
        yield _replace_prerequisites(after)
    if after.check_ratio != before.check_ratio:
        yield {"kind": "setCheckRatio", "checkRatio": after.check_ratio}


def _makes(state: FlagState, environment: str, wire: Wire, wanted: Targeting) -> bool:
    return fits(state, environment, [wire], lambda made: same(made.environments[environment], wanted))


def _switches(before: Targeting, after: Targeting) -> Iterable[Wire]:
    if after.on != before.on:
        yield {"kind": "turnFlagOn" if after.on else "turnFlagOff"}
    if after.track_events != before.track_events:
        yield {"kind": "updateTrackEvents", "trackEvents": after.track_events}
    if after.track_events_fallthrough != before.track_events_fallthrough:
        yield {"kind": "updateTrackEventsFallthrough", "trackEvents": after.track_events_fallthrough}


def _off_variation(before: Targeting, after: Targeting) -> Iterable[Wire]:
    if after.off_variation_id == before.off_variation_id:
        return
    if after.off_variation_id is None:
        yield {"kind": "unsetOffVariation"}
    else:
        yield {"kind": "updateOffVariation", "variationId": after.off_variation_id}


def _replace_targets(after: Targeting) -> Wire:
    targets = [
        TargetBody(context_kind=target.context_kind, variation_id=target.variation_id, values=target.values)
        for target in after.targets
    ]
    return {"kind": "replaceTargets", "targets": as_wire(targets)}


def _pairs(targeting: Targeting) -> list[tuple[str, str | None]]:
    return [(held.key, held.variation_id) for held in targeting.prerequisites]


def _replace_prerequisites(after: Targeting) -> Wire:
    """By id where it is known: by the time that this is run, it may have another index."""
    known = [
        PrerequisiteBody(key=held.key, variation_id=held.variation_id)
        for held in after.prerequisites
        if held.variation_id is not None
    ]
    if len(known) < len(after.prerequisites):
        return {"kind": "setPrerequisites", "prerequisites": as_wire(after.prerequisites)}
    return {"kind": "replacePrerequisites", "prerequisites": as_wire(known)}


def _replace_rules(after: Targeting) -> Wire:
    return {"kind": "replaceRules", "rules": [_rule(rule) for rule in after.rules]}


def _rule(rule: Rule) -> dict[str, Any]:
    body = RuleBody(
        id=rule.id,
        clauses=represent_clauses(rule.clauses),
        description=rule.description,
        ref=rule.ref,
        track_events=rule.track_events,
    )
    wire: dict[str, Any] = as_wire(body)
    return {name: value for name, value in wire.items() if value != ""} | _serve(rule.serve)


def _serve(serve: VariationOrRollout) -> dict[str, Any]:
    """As the documented kinds say it, which is not all that there may be to a rollout."""
    if isinstance(serve, str):
        return {"variationId": serve}
    bucket_by = {"rolloutBucketBy": serve.bucket_by} if serve.bucket_by else {}
    return {
        "rolloutWeights": {weight.variation_id: weight.weight for weight in serve.weights},
        "rolloutContextKind": serve.context_kind,
        **bucket_by,
    }
