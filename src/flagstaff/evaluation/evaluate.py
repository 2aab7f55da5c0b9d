"""The evaluation of one flag, step by step in the order of the specification."""

from flagstaff.evaluation import reasons
from flagstaff.evaluation.bucketing import find_place
from flagstaff.evaluation.clauses import find_match
from flagstaff.evaluation.context import Context
from flagstaff.evaluation.fragments import replace_reason
from flagstaff.evaluation.lookup import MalformedFlag
from flagstaff.evaluation.model import Flag, Outcome, Rollout
from flagstaff.evaluation.scope import MAX_DEPTH, Scope


def evaluate(flag: Flag, context: Context, scope: Scope) -> Outcome:
    """Evaluate a flag; errors become an outcome, and a status of big segments is in its reason."""
    try:
        outcome = evaluate_flag(flag, context, scope)
        if scope.status is None:
            return outcome
    except MalformedFlag:
        outcome = flag.malformed
    except Exception:  # noqa: BLE001 - an evaluation never raises, whatever data it was given
        outcome = replace_reason(flag.malformed, reasons.error(reasons.EXCEPTION))
    if scope.status is not None:
        outcome = replace_reason(outcome, outcome.reason | {"bigSegmentsStatus": scope.status})
    scope.forget()
    return outcome


def evaluate_flag(flag: Flag, context: Context, scope: Scope, depth: int = 0) -> Outcome:
    """Evaluate a flag; raise MalformedFlag for errors that make the flags that depend on it malformed, too.

    `depth` counts the flags that led here as prerequisites of each other.
    """
    if flag.constant is not None:
        return flag.constant
    if flag.prerequisites:
        failed = find_failed_prerequisite(flag, context, scope, depth)
        if failed is not None:
            return failed
    if flag.targets:
        keys = context.keys
        for target in flag.targets:
            targeted = target.outcomes.get(keys.get(target.kind))
            if targeted is not None:
                return targeted
    serve = flag.fallthrough
    if flag.conditions:
        place = find_match(flag.conditions, context, scope)
        if place >= 0:
            serve = flag.rules[place].serve
    return serve.outcome if serve.rollout is None else roll_out(serve.rollout, context)


def find_failed_prerequisite(flag: Flag, context: Context, scope: Scope, depth: int) -> Outcome | None:
    """Give the outcome that the first unmet prerequisite leads to."""
    if depth >= MAX_DEPTH:
        raise MalformedFlag(f"flag {flag.key!r} is its own prerequisite, or they are nested too deeply")
    for prerequisite in flag.prerequisites:
        other = scope.flags.get(prerequisite.key)
        if other is None:
            return prerequisite.missing
        outcome = other.constant or scope.outcomes.get(other.key)
        if outcome is None:
            outcome = scope.outcomes[other.key] = evaluate_flag(other, context, scope, depth + 1)
        # A flag that is off fails, even if its off variation is the wanted one.
        if not other.is_on or outcome.index != prerequisite.variation:
            return prerequisite.failed
    return None


def roll_out(rollout: Rollout, context: Context) -> Outcome:
    """Give the outcome of the share that the context falls into; behind all of them, that of the last."""
    place = find_place(rollout.source, context)
    if place is None:
        return rollout.without_context
    for share in rollout.shares:
        if place < share.end:
            return share.outcome
    return rollout.shares[-1].outcome
