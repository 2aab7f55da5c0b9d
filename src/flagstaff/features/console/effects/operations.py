"""Effects of changes over REST: the handlers, then one row per operation."""

from collections import Counter

from flagstaff.evaluation import Dataset
from flagstaff.features.console.effects.sampling import Outcome, Sample, take_sample
from flagstaff.features.console.effects.schemas import EffectBody, EffectRep, FlagEffectRep, MoveRep
from flagstaff.features.console.explanations.operations import after_instructions
from flagstaff.features.flags.evaluations import show_reason
from flagstaff.features.flags.payload import sdk_flag
from flagstaff.features.flags.scope import flag_of, place_of
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.segments.changes import check_instructions
from flagstaff.features.segments.instructions.vocabulary import SEGMENT
from flagstaff.features.segments.members import membership_finder
from flagstaff.features.segments.model import settle
from flagstaff.features.segments.operations import place_of as segment_place_of
from flagstaff.features.segments.payload import sdk_segment
from flagstaff.features.segments.store import check_references, get_segment
from flagstaff.features.targeting.datasets import current_dataset, prepare_dataset
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.links import Link

ENVIRONMENT = "/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}"
MOST_FLAGS, MOST_MOVES = 20, 50


def measure_flag_effect(call: Call) -> EffectRep:
    """Tell how many contexts seen within a day would be served something else after a change of a flag.

    Flags that have it as a prerequisite are tried as well. Nothing is changed or recorded.
    """
    environment, place = environment_of(call), place_of(call)
    body: EffectBody = call.body
    before = flag_of(call, place)
    after = after_instructions(call, place, before, environment, body.instructions)
    now = current_dataset(call, environment)
    key = before.flag.key
    then = now.with_changes({key: sdk_flag(after.flag, after.environments[environment.key])}, {})
    return _measure(call, environment, now, then, [key, *sorted(then.find_affected([key], []) - {key})])


def measure_segment_effect(call: Call) -> EffectRep:
    """Tell how many contexts seen within a day would be served something else after a change of a segment.

    The flags that use it, however far, are tried. Keys of a big segment cannot be tried.
    """
    place, body = segment_place_of(call), call.body
    environment = place.environment
    before = get_segment(call.tx, environment, call.path["segmentKey"])
    check_instructions(body.instructions)
    edited = SEGMENT.apply(before, call.edit(environment.key), body.instructions)
    if edited.pending:
        raise InvalidRequest("Changes of the keys of a big segment cannot be tried - at `$.instructions`")
    after = settle(before, edited, call.tx.now)
    check_references(call.tx, place, before, after)
    now = current_dataset(call, environment)
    then = now.with_changes({}, {before.key: sdk_segment(after)})
    return _measure(call, environment, now, then, sorted(then.find_affected([], [before.key])))


def _measure(call: Call, environment: Environment, now: Dataset, then: Dataset, keys: list[str]) -> EffectRep:
    find = membership_finder(call.tx, environment.id)
    tried = keys[:MOST_FLAGS]
    sample = take_sample(call.tx, environment, (now, then), tried, find)
    return EffectRep(
        since=sample.since,
        total=sample.total,
        sampled=sample.sampled,
        flags=tuple(_represent(key, sample.moves[key], sample) for key in tried),
        more_flags=len(keys) - len(tried),
        links={"self": Link(call.url)},
    )


def _represent(key: str, moves: Counter[tuple[Outcome, Outcome]], sample: Sample) -> FlagEffectRep:
    moved = moves.total()
    return FlagEffectRep(
        key=key,
        moved=moved,
        estimate=sample.scale(moved),
        moves=tuple(
            MoveRep(
                before=old[0],
                after=new[0],
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
