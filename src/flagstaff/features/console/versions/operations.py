"""Flags and segments as they were, over REST: the handlers, then one row per operation."""

from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from flagstaff.features.console.versions.restoring import restore_flag, restore_segment
from flagstaff.features.console.versions.schemas import (
    FlagMomentQuery,
    MomentQuery,
    PastFlagRep,
    PastSegmentRep,
    PatchStepRep,
)
from flagstaff.features.console.versions.states import get_flag_at, get_moment, get_segment_at
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.patches import show_document
from flagstaff.features.flags.reading import show
from flagstaff.features.flags.scope import environment_in, flag_of, place_of, view_of
from flagstaff.features.flags.store import FLAGS, TARGETINGS, FlagPlace
from flagstaff.features.segments.operations import place_of as segment_place_of
from flagstaff.features.segments.represent import represent_segment
from flagstaff.features.segments.store import SEGMENTS, get_segment
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.links import Link

FLAG_PATH = "/api/v2/flagstaff/projects/{projectKey}/flags/{featureFlagKey}/at"
SEGMENT_PATH = (
    "/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/segments/{segmentKey}/at"
)
LOST = "A variation that was served then does not exist any more, and the patch does not bring it back"
KEYS = "Only its keys have changed since, and versions of a big segment hold no keys"


def get_flag_at_moment(call: Call) -> PastFlagRep:
    """Show a flag as it was in a version or at a time, with the JSON patch that makes it so again.

    With `environmentKey` the version is that of the flag in this environment, and the patch restores its
    targeting there alone; without, the version is the flag's own, and the patch restores all of it.
    """
    query: FlagMomentQuery = call.query
    place = place_of(call)
    now = flag_of(call, place)
    row: tuple[str, ...] = (FLAGS.table, now.flag.id)
    if query.environment_key:
        environment = environment_in(place, query.environment_key, "environmentKey")
        row = (TARGETINGS.table, now.flag.id, environment.id)
    then = get_flag_at(call.tx, place, now.flag.id, get_moment(call.tx, row, query.version, query.date))
    if query.environment_key:
        targeting = then.environments.get(query.environment_key)
        held = {} if targeting is None else {query.environment_key: targeting}
        wanted = replace(now, environments={**now.environments, **held})
    else:
        wanted = replace(then, environments={**now.environments, **then.environments})
    return PastFlagRep(
        links={"self": Link(call.url)}, flag=show(call, place, then), **_restore(call, place, now, wanted)
    )


def get_segment_at_moment(call: Call) -> PastSegmentRep:
    """Show a segment as it was in a version or at a time, with the JSON patch that makes it so again."""
    query: MomentQuery = call.query
    place = segment_place_of(call)
    now = get_segment(call.tx, place.environment, call.path["segmentKey"])
    row = (SEGMENTS.table, now.id)
    then = get_segment_at(call.tx, now.id, get_moment(call.tx, row, query.version, query.date))
    documents = [_as_document(represent_segment(place, segment)) for segment in (now, then)]
    return PastSegmentRep(
        links={"self": Link(call.url)},
        segment=call.with_access(represent_segment(place, then), place.resource(then)),
        **_told(restore_segment(*documents), KEYS if now.unbounded and now.version != then.version else ""),
    )


def _restore(call: Call, place: FlagPlace, now: FlagState, wanted: FlagState) -> dict[str, Any]:
    view = view_of(call, place, [now.flag])[now.flag.id]
    try:
        documents = [show_document(state, view) for state in (now, wanted)]
    except KeyError:  # an index is asked for that the flag would not have
        return {"restore": UNSET, "obstacle": LOST}
    return {"restore": restore_flag(*documents)}


def _told(restore: tuple[PatchStepRep, ...], missing: str) -> dict[str, Any]:
    """A patch, or what it does not bring back where it is empty."""
    return {"restore": UNSET, "obstacle": missing} if missing and not restore else {"restore": restore}


def _as_document(shown: Any) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(shown))
    return found


OPERATIONS = (
    Operation(
        get_flag_at_moment,
        "GET",
        FLAG_PATH,
        ("flagstaff", "get_flag_at"),
        query=FlagMomentQuery,
        answer=PastFlagRep,
    ),
    Operation(
        get_segment_at_moment,
        "GET",
        SEGMENT_PATH,
        ("flagstaff", "get_segment_at"),
        query=MomentQuery,
        answer=PastSegmentRep,
    ),
)
