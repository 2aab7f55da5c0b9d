"""Effects of changes over REST: the handlers, then one row per operation."""

from dataclasses import replace

from flagstaff.features.console.effects.sampling import Sample, count_steps, take_sample
from flagstaff.features.console.effects.schemas import (
    EffectBody,
    EffectRep,
    FlagEffectRep,
    MoveRep,
    StepShareRep,
    StepSharesQuery,
    StepSharesRep,
)
from flagstaff.features.console.effects.trials import Trial, renumber
from flagstaff.features.console.explanations.operations import after_instructions
from flagstaff.features.flags.checks import follow_variations, settle_references
from flagstaff.features.flags.evaluations import show_reason
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.patches import apply_flag_patch
from flagstaff.features.flags.payload import sdk_flag
from flagstaff.features.flags.scope import flag_of, place_of, view_of
from flagstaff.features.flags.store import FlagPlace
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.segments.editing import try_patch
from flagstaff.features.segments.members import membership_finder
from flagstaff.features.segments.operations import place_of as segment_place_of
from flagstaff.features.segments.payload import sdk_segment
from flagstaff.features.segments.store import check_references, get_segment
from flagstaff.features.targeting.datasets import current_dataset, prepare_dataset
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.links import Link
from flagstaff.kernel.patches import JsonPatch, SemanticPatch

ENVIRONMENT = "/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}"
MOST_FLAGS, MOST_MOVES, MOST_STEPS = 20, 50, 1_000


def measure_flag_effect(call: Call) -> EffectRep:
    """Tell how many contexts seen within a day would be served something else after a change of a flag.

    Flags that have it as a prerequisite are tried as well. Nothing is changed or recorded.
    """
    environment, place = environment_of(call), place_of(call)
    before = flag_of(call, place)
    after = _change_flag(call, place, before, environment)
    followed = follow_variations(call.tx, place, before.flag, after.flag)
    now, key = current_dataset(call, environment), before.flag.key
    changed = {
        state.flag.key: sdk_flag(state.flag, state.environments[environment.key])
        for state in (after, *(new for _, new in followed))
    }
    then = now.with_changes(changed, {})
    keys = [key, *sorted(then.find_affected([key], []) - {key})]
    return _measure(call, environment, Trial(now, then, keys, renumber(before, after, environment.key)))


def measure_segment_effect(call: Call) -> EffectRep:
    """Tell how many contexts seen within a day would be served something else after a change of a segment.

    The flags that use it, however far, are tried. Keys of a big segment cannot be tried.
    """
    place = segment_place_of(call)
    before = get_segment(call.tx, place.environment, call.path["segmentKey"])
    after = try_patch(call, place, before, _patch_of(call)).after
    if after.pending:
        raise InvalidRequest("Changes of the keys of a big segment cannot be tried - at `$.instructions`")
    check_references(call.tx, place, before, after)
    now = current_dataset(call, place.environment)
    then = now.with_changes({}, {before.key: sdk_segment(after)})
    return _measure(call, place.environment, Trial(now, then, sorted(then.find_affected([], [before.key]))))


def get_step_shares(call: Call) -> StepSharesRep:
    """Tell for how many contexts seen within some days each step of a flag decides, as the flag is now."""
    environment, place = environment_of(call), place_of(call)
    key = flag_of(call, place).flag.key
    dataset, find = current_dataset(call, environment), membership_finder(call.tx, environment.id)
    sample, steps = count_steps(call.tx, environment, dataset, key, find, days=call.query.days)
    shares = [
        StepShareRep(reason=show_reason(dict(step)), count=count, estimate=sample.scale(count))
        for step, count in steps.most_common(MOST_STEPS)
    ]
    return StepSharesRep(
        since=sample.since,
        total=sample.total,
        sampled=sample.sampled,
        steps=tuple(shares),
        links={"self": Link(call.url)},
    )


def _patch_of(call: Call) -> SemanticPatch | JsonPatch:
    body: EffectBody = call.body
    if bool(body.instructions) is bool(body.patch):
        raise InvalidRequest("What is to be tried is either a list of instructions or a patch - at `$`")
    if body.patch:
        return JsonPatch(operations=body.patch)
    return SemanticPatch(instructions=body.instructions)


def _change_flag(call: Call, place: FlagPlace, before: FlagState, environment: Environment) -> FlagState:
    patch = _patch_of(call)
    if isinstance(patch, SemanticPatch):
        return after_instructions(call, place, before, environment, patch.instructions)
    view = view_of(call, place, [before.flag])[before.flag.id]
    after = apply_flag_patch(before, patch.operations, call.edit(), view)
    return settle_references(call.tx, place, before, after)


def _measure(call: Call, environment: Environment, trial: Trial) -> EffectRep:
    keys, find = trial.keys, membership_finder(call.tx, environment.id)
    tried = replace(trial, keys=keys[:MOST_FLAGS])
    sample = take_sample(call.tx, environment, tried, find)
    return EffectRep(
        since=sample.since,
        total=sample.total,
        sampled=sample.sampled,
        flags=tuple(_represent(key, sample, tried) for key in tried.keys),
        more_flags=len(keys) - len(tried.keys),
        links={"self": Link(call.url)},
    )


def _represent(key: str, sample: Sample, trial: Trial) -> FlagEffectRep:
    moves = sample.moves[key]
    moved = moves.total()
    return FlagEffectRep(
        key=key,
        moved=moved,
        estimate=sample.scale(moved),
        moves=tuple(
            MoveRep(
                before=old[0],
                after=new[0],
                revalued=trial.is_revalued(key, (old[0], new[0])),
                reason_before=show_reason(dict(old[1])),
                reason_after=show_reason(dict(new[1])),
                count=count,
                estimate=sample.scale(count),
            )
            for (old, new), count in moves.most_common(MOST_MOVES)
        ),
    )


OPERATIONS = (
    Operation(
        get_step_shares,
        "GET",
        ENVIRONMENT + "/flags/{featureFlagKey}/shares",
        ("flagstaff", "get_step_shares"),
        query=StepSharesQuery,
        answer=StepSharesRep,
        prepare=prepare_dataset,
    ),
    Operation(
        measure_flag_effect,
        "POST",
        ENVIRONMENT + "/flags/{featureFlagKey}/effect",
        ("flagstaff", "measure_flag_effect"),
        body=EffectBody,
        answer=EffectRep,
        reads=True,
        prepare=prepare_dataset,
    ),
    Operation(
        measure_segment_effect,
        "POST",
        ENVIRONMENT + "/segments/{segmentKey}/effect",
        ("flagstaff", "measure_segment_effect"),
        body=EffectBody,
        answer=EffectRep,
        reads=True,
        prepare=prepare_dataset,
    ),
)
