"""Explanations over REST: the handler and its row."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.context import Context, InvalidContext, parse_context
from flagstaff.evaluation.traces import FlagTrace
from flagstaff.features.console.explanations.material import Material, list_flags, list_segments
from flagstaff.features.console.explanations.past import as_dataset, gather_past
from flagstaff.features.console.explanations.represent import represent_trace
from flagstaff.features.console.explanations.schemas import ExplainBody, ExplanationRep
from flagstaff.features.console.versions.states import get_date, get_moment
from flagstaff.features.flags.checks import settle_references
from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import Flag, FlagState
from flagstaff.features.flags.payload import sdk_flag
from flagstaff.features.flags.scope import flag_of, place_of
from flagstaff.features.flags.store import TARGETINGS, FlagPlace, find_flag
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.segments.members import membership_finder
from flagstaff.features.segments.store import find_segment
from flagstaff.features.targeting.datasets import current_dataset, prepare_dataset
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Wire
from flagstaff.kernel.links import Link, site

PATH = "/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/flags/{featureFlagKey}/explain"


def explain_flag(call: Call) -> ExplanationRep:
    """Explain what a context is served for a flag: every step of the evaluation, and why it went as it did.

    With `instructions` the flag is explained as it would be after them; nothing is changed, and nothing is
    recorded: neither contexts nor evaluations.

    With `version` or `date` it is explained as it was, and so are its prerequisites and segments; what has
    been deleted since is missing, and a big segment has the keys of now.
    """
    environment, place = environment_of(call), place_of(call)
    body: ExplainBody = call.body
    context = _read_context(body)
    before = flag_of(call, place)
    if body.version is not None or body.date is not None:
        return _explain_past(call, place, environment, before.flag, context)
    state = after_instructions(call, place, before, environment, body.instructions)
    dataset = current_dataset(call, environment)
    if state is not before:
        changed = sdk_flag(state.flag, state.environments[environment.key])
        dataset = dataset.with_changes({state.flag.key: changed}, {})
    return _represent(call, _Explained(state, environment, place, dataset, context), is_saved=state is before)


def _explain_past(
    call: Call, place: FlagPlace, environment: Environment, flag: Flag, context: Context
) -> ExplanationRep:
    body: ExplainBody = call.body
    if body.instructions:
        raise InvalidRequest(
            "The past cannot be changed: say either when, or instructions - at `$.instructions`"
        )
    row = (TARGETINGS.table, flag.id, environment.id)
    position = get_moment(call.tx, row, body.version, body.date)
    state, past = gather_past(call.tx, place, environment, flag.key, position)
    dataset = as_dataset(current_dataset(call, environment), past)
    shown = _represent(call, _Explained(state, environment, place, dataset, context, past), is_saved=True)
    return replace(shown, as_of=get_date(call.tx, position) if body.date is None else body.date)


def after_instructions(
    call: Call, place: FlagPlace, before: FlagState, environment: Environment, instructions: Sequence[Wire]
) -> FlagState:
    """The flag as instructions would leave it, the same object if there are none; raises InvalidRequest."""
    if not instructions:
        return before
    FLAG.check(instructions)
    after = FLAG.apply(before, call.edit(environment.key), instructions)
    return settle_references(call.tx, place, before, after)


class _Explained(msgspec.Struct, frozen=True):
    """The flag that is explained, and what with."""

    state: FlagState
    environment: Environment
    place: FlagPlace
    dataset: Dataset
    context: Context
    past: Material | None = None


def _read_context(body: ExplainBody) -> Context:
    try:
        return parse_context(body.context)
    except InvalidContext as error:
        raise InvalidRequest(f"The context is none: {error} - at `$.context`") from None


def _represent(call: Call, asked: _Explained, *, is_saved: bool) -> ExplanationRep:
    environment, state = asked.environment, asked.state
    find = membership_finder(call.tx, environment.id)
    trace = asked.dataset.explain(state.flag.key, asked.context, big_segments=find)
    project, key = asked.place.project.key, state.flag.key
    return ExplanationRep(
        links={"self": Link(call.url), "site": site(project, environment.key, "features", key, "targeting")},
        version=state.environments[environment.key].version,
        has_unsaved_changes=not is_saved,
        flag=represent_trace(trace, _load(call, asked, trace), asked.context),
    )


def _load(call: Call, asked: _Explained, trace: FlagTrace) -> Material:
    """All that the tree is about: as it was, or as this call's transaction sees it."""
    if asked.past is not None:
        return asked.past
    here = FlagPlace(asked.place.project, (asked.environment,))
    own = asked.state.flag.key
    flags = {key: find_flag(call.tx, here, key) for key in dict.fromkeys(list_flags(trace)) if key != own}
    segments = {
        key: find_segment(call.tx, asked.environment, key) for key in dict.fromkeys(list_segments(trace))
    }
    return Material(asked.environment.key, {**flags, own: asked.state}, segments)


OPERATIONS = (
    Operation(
        explain_flag,
        "POST",
        PATH,
        ("flagstaff", "explain_flag"),
        body=ExplainBody,
        answer=ExplanationRep,
        reads=True,
        prepare=prepare_dataset,
    ),
)
