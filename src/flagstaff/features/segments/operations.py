"""Segments over REST: the handlers, then one row per operation."""

from typing import Any

from msgspec import Struct, field

from flagstaff.evaluation.big_segments import FindMembership, ask
from flagstaff.evaluation.context import Context, InvalidContext, parse_context
from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.projects.lists import ListQuery
from flagstaff.features.projects.scope import project_of
from flagstaff.features.segments import listing, store
from flagstaff.features.segments.editing import apply_patch, preview
from flagstaff.features.segments.importing import find_importing
from flagstaff.features.segments.instructions.vocabulary import SEGMENT
from flagstaff.features.segments.key_changes import carry_out
from flagstaff.features.segments.members import membership_finder
from flagstaff.features.segments.model import USER, Segment, SegmentPlace, check_segment_key
from flagstaff.features.segments.represent import represent_membership, represent_segment, segments_path
from flagstaff.features.segments.schemas import (
    ContextJson,
    SegmentMembershipsRep,
    SegmentPost,
    SegmentRep,
    SegmentsRep,
)
from flagstaff.features.targeting.datasets import current_dataset, prepare_dataset
from flagstaff.http.call import Call
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import check_name, check_tags
from flagstaff.kernel.links import Link
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.kernel.patches import PatchFormat
from flagstaff.storage.audit import Entry

MANY = "/api/v2/segments/{projectKey}/{environmentKey}"
ONE = MANY + "/{segmentKey}"
EVALUATE = "/api/v2/projects/{projectKey}/environments/{environmentKey}/segments/evaluate"


class SegmentPatchQuery(Struct, frozen=True):
    """With `dryRun=true` all is checked and answered, and nothing is kept."""

    dry_run: bool = field(default=False, name="dryRun")


def get_segments(call: Call) -> SegmentsRep:
    """List the segments of an environment, newest first, in pages of 50 (since 20240415: of 20)."""
    place = place_of(call)
    page = read_page(
        call.query.limit, call.query.offset, listing.default_limit(call.version), listing.LONGEST_PAGE
    )
    where, order = listing.where(call.query.filter), listing.order_by(call.query.sort)
    found, total = store.list_segments(call.tx, place.environment, where, order, page)
    importing = find_importing(call.tx, place.environment.id)
    items = []
    for segment in found:
        call.tx.pace()
        shown = represent_segment(place, segment, importing=importing)
        items.append(call.with_access(shown, place.resource(segment)))
    return SegmentsRep(
        links=page_links(segments_path(place), call.query_pairs, total, page), items=items, total_count=total
    )


def post_segment(call: Call) -> SegmentRep:
    """Make an empty segment. Its targets and rules come with patches.

    One that is `unbounded` is a big segment: it may list millions of contexts, all of one kind.
    """
    place, body = place_of(call), call.body
    segment = Segment(
        id=call.tx.ids.object_id(),
        environment_id=place.environment.id,
        key=check_segment_key(body.key),
        name=check_name(body.name, "segment"),
        description=body.description or "",
        tags=check_tags(body.tags),
        unbounded=body.unbounded,
        unbounded_context_kind=check_context_kind(body.unbounded_context_kind or USER)
        if body.unbounded
        else "",
        salt=call.tx.ids.salt(),
        generation=store.next_generation(call.tx, place.environment, body.key),
        creation_date=call.tx.now,
        last_modified_date=call.tx.now,
    )
    resource = place.resource(segment)
    call.require("createSegment", resource)
    entry = entry_of(call, segment, "created", (("createSegment", resource.text),))
    store.save_segment(call.tx, place, None, segment, entry)
    return call.with_access(represent_segment(place, segment), resource)


def get_segment(call: Call) -> SegmentRep:
    """Show one segment, with the flags that use it."""
    place = place_of(call)
    segment = store.get_segment(call.tx, place.environment, call.path["segmentKey"])
    return _represent(call, place, segment, flags=store.list_flags_using(call.tx, segment))


def patch_segment(call: Call) -> SegmentRep:
    """Change a segment by instructions, JSON patch or JSON merge patch: all of it, or nothing."""
    place = place_of(call)
    before = store.get_segment(call.tx, place.environment, call.path["segmentKey"])
    change = apply_patch(call, place, before)
    after = carry_out(call.tx, before, change.after)
    if after is not before:
        resource = place.resource(before).text
        accesses = tuple((action, resource) for action in change.actions)
        entry = entry_of(call, after, "updated", accesses, change.description)
        store.save_segment(call.tx, place, before, after, entry)
    if not call.query.dry_run:
        return _represent(call, place, after)
    call.tx.discard()
    return _represent(call, place, after, preview=preview(call.tx, place, change))


def delete_segment(call: Call) -> None:
    """Delete a segment that no flag and no other segment uses."""
    place = place_of(call)
    segment = store.get_segment(call.tx, place.environment, call.path["segmentKey"])
    resource = place.resource(segment)
    call.require("deleteSegment", resource)
    entry = entry_of(call, segment, "deleted", (("deleteSegment", resource.text),))
    store.delete_segment(call.tx, place, segment, entry)


def get_context_instance_segments_membership_by_env(call: Call) -> SegmentMembershipsRep:
    """Tell, for every segment of an environment, whether a context is in it."""
    place = place_of(call)
    try:
        context = parse_context(call.body)
    except InvalidContext as error:
        raise InvalidRequest(f"The body is not a context: {error}") from None
    find = membership_finder(call.tx, place.environment.id)
    members = set(current_dataset(call, place.environment).segments_of(context, big_segments=find))
    items = []
    for segment in store.list_every_segment(call.tx, place.environment):
        call.tx.pace()
        listed = _is_listed(segment, context, find)
        items.append(represent_membership(place, segment, member=segment.key in members, listed=listed))
    path = f"/api/v2/projects/{place.project.key}/environments/{place.environment.key}/segments/evaluate"
    return SegmentMembershipsRep(items=items, links={"self": Link(path)})


def place_of(call: Call) -> SegmentPlace:
    return SegmentPlace(project_of(call), environment_of(call))


def _represent(call: Call, place: SegmentPlace, segment: Segment, **more: Any) -> SegmentRep:
    importing = find_importing(call.tx, place.environment.id) if segment.unbounded else ()
    shown = represent_segment(place, segment, **more, importing=importing)
    return call.with_access(shown, place.resource(segment))


def _is_listed(segment: Segment, context: Context, find: FindMembership) -> bool:
    if segment.unbounded:
        part = context.kinds.get(segment.unbounded_context_kind)
        return part is not None and bool(ask(find, part["key"]).references.get(segment.reference))
    return any(
        target.context_kind in context.kinds and context.kinds[target.context_kind]["key"] in target.values
        for target in segment.included
    )


def entry_of(
    call: Call, segment: Segment, verb: str, accesses: tuple[tuple[str, str], ...], description: str = ""
) -> Entry:
    return Entry(
        kind="segment",
        name=segment.name,
        title_verb=f"{verb} the segment",
        description=description,
        accesses=accesses,
        actor=call.actor,
        comment=getattr(call.body, "comment", ""),
    )


GROUP = "segments"
OPERATIONS = (
    Operation(get_segments, "GET", MANY, (GROUP, "get_segment_list"), query=ListQuery, answer=SegmentsRep),
    Operation(
        post_segment,
        "POST",
        MANY,
        (GROUP, "create_segment"),
        "createSegment",
        body=SegmentPost,
        answer=SegmentRep,
        status=201,
    ),
    Operation(get_segment, "GET", ONE, (GROUP, "single_segment_by_key"), answer=SegmentRep),
    Operation(
        patch_segment,
        "PATCH",
        ONE,
        (GROUP, "update_semantic_patch"),
        BY_CHANGE,
        query=SegmentPatchQuery,
        patch=frozenset(PatchFormat),
        vocabulary=SEGMENT,
        answer=SegmentRep,
    ),
    Operation(delete_segment, "DELETE", ONE, (GROUP, "remove_segment"), "deleteSegment", status=204),
    Operation(
        get_context_instance_segments_membership_by_env,
        "POST",
        EVALUATE,
        (GROUP, "evaluate_segment_memberships"),
        body=ContextJson,
        answer=SegmentMembershipsRep,
        reads=True,
        prepare=prepare_dataset,
    ),
)
