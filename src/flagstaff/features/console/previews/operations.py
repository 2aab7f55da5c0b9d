"""Previews of changes over REST: the handlers, then one row per operation.

They take the bodies of the patches, and say of them what the patches would do, keeping nothing.
"""

from collections.abc import Sequence

from flagstaff.features.console.previews.schemas import FlagChangeRep, PreviewStepRep, SegmentChangeRep
from flagstaff.features.console.previews.sentences import Refusals, word_title
from flagstaff.features.flags.changes import derive
from flagstaff.features.flags.checks import follow_variations
from flagstaff.features.flags.editing import apply_patch
from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.previews import preview
from flagstaff.features.flags.reading import show
from flagstaff.features.flags.scope import flag_of, place_of
from flagstaff.features.segments import editing as segment_editing
from flagstaff.features.segments.changes import derive_instructions
from flagstaff.features.segments.importing import refuse_while_importing
from flagstaff.features.segments.instructions.vocabulary import SEGMENT
from flagstaff.features.segments.operations import place_of as segment_place_of
from flagstaff.features.segments.represent import represent_segment
from flagstaff.features.segments.store import check_references, get_segment
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.instructions import Wire
from flagstaff.kernel.links import Link
from flagstaff.kernel.patches import PatchFormat

FLAG_PATH = "/api/v2/flagstaff/projects/{projectKey}/flags/{featureFlagKey}/preview"
SEGMENT_PATH = (
    "/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/segments/{segmentKey}/preview"
)


def preview_flag(call: Call) -> FlagChangeRep:
    """Say what a patch of a flag would do: in a sentence, in instructions, with conflicts; nothing is kept.

    The body is that of the patch, in any of its formats. What the caller may not do is in `denied`; what
    cannot be done is refused as the patch would be.
    """
    place, refusals = place_of(call), Refusals()
    change = apply_patch(call, place, flag_of(call, place), refusals.judge_all)
    before, after = change.before, change.after
    follow_variations(call.tx, place, before.flag, after.flag)
    said = preview(call.tx, change)
    verb, description = change.describe() if after is not before else ("", "")
    return FlagChangeRep(
        links={"self": Link(call.url)},
        title=word_title(call, "flag", after.flag.name, verb, change.accesses),
        title_verb=verb,
        description=description,
        environments=said.environments,
        steps=tuple(
            shown for step in derive(before, after) for shown in _steps(step.environment, step.instructions)
        ),
        conflicts=said.conflicts,
        denied=tuple(refusals.denied),
        flag=show(call, place, after, migration_settings=True),
    )


def preview_segment(call: Call) -> SegmentChangeRep:
    """Say what a patch of a segment would do: in a sentence, in instructions, with conflicts.

    The body is that of the patch, in any of its formats. What the caller may not do is in `denied`; what
    cannot be done is refused as the patch would be. Nothing is kept.
    """
    place, refusals = segment_place_of(call), Refusals()
    before = get_segment(call.tx, place.environment, call.path["segmentKey"])
    change = segment_editing.apply_patch(call, place, before, refusals.judge)
    after = change.after
    if after.pending:
        refuse_while_importing(call.tx, before)
    check_references(call.tx, place, before, after)
    said = segment_editing.preview(call.tx, place, change)
    resource = place.resource(before).text
    accesses = tuple((action, resource) for action in change.actions)
    verb = "updated the segment" if after is not before else ""
    return SegmentChangeRep(
        links={"self": Link(call.url)},
        title=word_title(call, "segment", after.name, verb, accesses),
        title_verb=verb,
        description=said.description,
        environments=said.environments,
        steps=_steps(place.environment.key, derive_instructions(before, after)),
        conflicts=said.conflicts,
        denied=tuple(refusals.denied),
        segment=call.with_access(represent_segment(place, after), place.resource(after)),
    )


def _steps(environment_key: str, instructions: Sequence[Wire]) -> tuple[PreviewStepRep, ...]:
    """None where there is nothing to do."""
    shown = tuple(dict(wire) for wire in instructions)
    return (PreviewStepRep(environment_key=environment_key, instructions=shown),) if shown else ()


OPERATIONS = (
    Operation(
        preview_flag,
        "POST",
        FLAG_PATH,
        ("flagstaff", "preview_flag"),
        patch=frozenset(PatchFormat),
        vocabulary=FLAG,
        answer=FlagChangeRep,
        errors=(409,),
        reads=True,
    ),
    Operation(
        preview_segment,
        "POST",
        SEGMENT_PATH,
        ("flagstaff", "preview_segment"),
        patch=frozenset(PatchFormat),
        vocabulary=SEGMENT,
        answer=SegmentChangeRep,
        errors=(409,),
        reads=True,
    ),
)
