"""The tree of an explanation as it is shown: what was traced, with the names of what it is about."""

from itertools import zip_longest

from msgspec import UNSET

from flagstaff.evaluation.context import Context
from flagstaff.evaluation.traces import FlagTrace, PrerequisiteTrace, RuleTrace
from flagstaff.features.console.explanations.material import Material
from flagstaff.features.console.explanations.represent_clauses import represent_clauses
from flagstaff.features.console.explanations.represent_splits import (
    represent_result,
    represent_split,
    represent_variation,
)
from flagstaff.features.console.explanations.schemas import (
    TracedDefaultRep,
    TracedFlagRep,
    TracedPrerequisiteRep,
    TracedRuleRep,
    TracedTargetsRep,
)
from flagstaff.features.flags.evaluations import show_reason
from flagstaff.features.flags.model import Flag, Rule


def represent_trace(trace: FlagTrace, material: Material, context: Context) -> TracedFlagRep:
    """Show a flag with all that it led to."""
    found = material.find_flag(trace.key)
    flag, targeting = found or (None, None)
    rules = targeting.rules if targeting else ()
    return TracedFlagRep(
        key=trace.key,
        name=flag.name if flag else "",
        exists=trace.exists,
        on=trace.is_on,
        opened=trace.opened,
        variation=represent_result(flag, trace.variation),
        value=trace.value,
        reason=show_reason(trace.reason),
        prerequisites=tuple(_prerequisite(needed, material, context) for needed in trace.prerequisites),
        targets=_targets(trace, flag),
        rules=tuple(
            _rule(traced, rule, flag, material, context)
            for traced, rule in zip_longest(trace.rules, rules[: len(trace.rules)])
        ),
        fallthrough=TracedDefaultRep(
            state=trace.fallthrough,
            split=represent_split(trace.split, flag),
        ),
    )


def _prerequisite(trace: PrerequisiteTrace, material: Material, context: Context) -> TracedPrerequisiteRep:
    found = material.find_flag(trace.key)
    return TracedPrerequisiteRep(
        state=trace.state,
        key=trace.key,
        wanted=represent_variation(found[0] if found else None, trace.wanted),
        flag=UNSET if trace.flag is None else represent_trace(trace.flag, material, context),
    )


def _targets(trace: FlagTrace, flag: Flag | None) -> TracedTargetsRep:
    target = trace.target
    return TracedTargetsRep(
        state=trace.targets,
        context_kind=target.kind if target else UNSET,
        key=target.key if target else UNSET,
        variation=represent_result(flag, target.variation) if target else UNSET,
    )


def _rule(
    trace: RuleTrace, rule: Rule | None, flag: Flag | None, material: Material, context: Context
) -> TracedRuleRep:
    return TracedRuleRep(
        state=trace.state,
        id=rule.id if rule else "",
        description=rule.description if rule else "",
        clauses=represent_clauses(trace.clauses, rule.clauses if rule else (), material, context),
        split=represent_split(trace.split, flag),
    )
