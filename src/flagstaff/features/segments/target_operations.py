"""The targets of big segments over REST: the handlers, then one row per operation."""

from typing import Annotated

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from flagstaff.features.segments import store
from flagstaff.features.segments.editing import Change
from flagstaff.features.segments.key_changes import carry_out
from flagstaff.features.segments.members import get_lists, is_listed
from flagstaff.features.segments.model import USER, KeyChange, Segment, SegmentPlace, settle
from flagstaff.features.segments.operations import ONE, entry_of, place_of
from flagstaff.features.targeting.names import check_context_keys
from flagstaff.http.call import Call
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.errors import InvalidRequest

MOST_KEYS = 5_000  # that one call may add and remove; more of them are what imports are for
Keys = Annotated[tuple[str, ...], Meta(description="Context keys.")]


class KeyListPost(Struct, frozen=True, forbid_unknown_fields=True):
    """Keys that come to a list and that leave it."""

    add: Keys = ()
    remove: Keys = ()


class TargetsPost(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes of both lists of a big segment."""

    included: KeyListPost = KeyListPost()
    excluded: KeyListPost = KeyListPost()


class BigSegmentTargetRep(Struct, frozen=True, kw_only=True):
    """On which lists of a big segment a key is; who is on both is a member."""

    user_key: str = field(name="userKey")
    included: bool
    excluded: bool


def update_big_segment_context_targets(call: Call) -> None:
    """Add contexts to the lists of a big segment and take them off, by their keys."""
    _update(call, place_of(call))


def update_big_segment_targets(call: Call) -> None:
    """Do the same for a big segment of users."""
    _update(call, place_of(call), kind=USER)


def get_segment_membership_for_context(call: Call) -> BigSegmentTargetRep:
    """Tell on which lists of a big segment a context is."""
    return _membership(call, call.path["contextKey"])


def get_segment_membership_for_user(call: Call) -> BigSegmentTargetRep:
    """Tell on which lists of a big segment of users a user is."""
    return _membership(call, call.path["userKey"], kind=USER)


def get_big_segment(call: Call, place: SegmentPlace, kind: str = "") -> Segment:
    """The big segment of the path, of that context kind if one is named; raises InvalidRequest for others."""
    segment = store.get_segment(call.tx, place.environment, call.path["segmentKey"])
    if not segment.unbounded:
        raise InvalidRequest(f"{segment.key} is a standard segment, and this is for big segments only")
    if kind and segment.unbounded_context_kind != kind:
        raise InvalidRequest(f"{segment.key} holds contexts of the kind {segment.unbounded_context_kind}")
    return segment


def _update(call: Call, place: SegmentPlace, kind: str = "") -> None:
    before = get_big_segment(call, place, kind)
    body: TargetsPost = call.body
    asked = replace(before, pending=(*_read("included", body.included), *_read("excluded", body.excluded)))
    change = Change(before, settle(before, asked, call.tx.now))
    for action in change.actions or ("updateIncluded",):
        call.require(action, place.resource(before))
    after = carry_out(call.tx, before, change.after)
    if after is not before:
        accesses = tuple((action, place.resource(before).text) for action in change.actions)
        entry = entry_of(call, after, "updated", accesses, change.description)
        store.save_segment(call.tx, place, before, after, entry)


def _read(side: str, keys: KeyListPost) -> list[KeyChange]:
    added, removed = check_context_keys(keys.add), check_context_keys(keys.remove)
    if len(added) + len(removed) > MOST_KEYS:
        raise InvalidRequest(
            f"one call may change {MOST_KEYS:,} keys of a list; import a file instead - at `$.{side}`"
        )
    both = set(added) & set(removed)
    if both:
        raise InvalidRequest(f"{min(both)[:80]!r} would be added and removed - at `$.{side}`")
    return [KeyChange(included=side == "included", added=added, removed=removed)] if added or removed else []


def _membership(call: Call, key: str, kind: str = "") -> BigSegmentTargetRep:
    lists = get_lists(call.tx, get_big_segment(call, place_of(call), kind).id)
    included, excluded = (is_listed(call.tx, lists, key, included=side) for side in (True, False))
    return BigSegmentTargetRep(user_key=key, included=included, excluded=excluded)


GROUP = "segments"
OPERATIONS = (
    Operation(
        update_big_segment_context_targets,
        "POST",
        ONE + "/contexts",
        (GROUP, "update_context_targets"),
        BY_CHANGE,
        body=TargetsPost,
        status=204,
    ),
    Operation(
        update_big_segment_targets,
        "POST",
        ONE + "/users",
        (GROUP, "update_user_context_targets"),
        BY_CHANGE,
        body=TargetsPost,
        status=204,
    ),
    Operation(
        get_segment_membership_for_context,
        "GET",
        ONE + "/contexts/{contextKey}",
        (GROUP, "get_context_membership"),
        answer=BigSegmentTargetRep,
    ),
    Operation(
        get_segment_membership_for_user,
        "GET",
        ONE + "/users/{userKey}",
        (GROUP, "get_user_membership_status"),
        answer=BigSegmentTargetRep,
    ),
)
