"""Whether a context is in a segment."""

from flagstaff.evaluation.bucketing import find_place
from flagstaff.evaluation.clauses import all_match
from flagstaff.evaluation.context import DEFAULT_KIND, Context
from flagstaff.evaluation.lookup import Lookup
from flagstaff.evaluation.model import Segment, SegmentRule

_NOBODY: dict[str, bool] = {}


def segment_matches(segment: Segment, context: Context, lookup: Lookup) -> bool:
    """Tell whether the context is listed, or else meets a rule; raise MalformedFlag for malformed data."""
    if segment.is_unbounded:
        listed = find_in_big_segment(segment, context, lookup)
    else:
        listed = find_in_lists(segment, context)
    if listed is not None:
        return listed
    for rule in segment.rules:  # noqa: SIM110 - a generator would cost a tenth of it all
        if rule_matches(rule, context, lookup):
            return True
    return False


def find_in_lists(segment: Segment, context: Context) -> bool | None:
    """Tell whether the context is listed as included, which counts more, or excluded; None if neither."""
    if context.is_lone_user:
        return segment.users.get(context.keys[DEFAULT_KIND])
    found = None
    for kind, key in context.keys.items():
        listed = segment.members.get(kind, _NOBODY).get(key)
        if listed is True:
            return True
        if listed is False:
            found = False
    return found


def find_in_big_segment(segment: Segment, context: Context, lookup: Lookup) -> bool | None:
    """Tell what the store knows of the context; None if it does not mention it."""
    if segment.reference is None:
        lookup.miss_big_segment()
        return False
    key = context.keys.get(segment.unbounded_kind)
    if key is None:
        return False
    return lookup.get_membership(key).references.get(segment.reference)


def rule_matches(rule: SegmentRule, context: Context, lookup: Lookup) -> bool:
    """Tell whether a context meets the clauses and falls into the share of a rule."""
    if not all_match(rule.clauses, context, lookup):
        return False
    if rule.share is None:
        return True
    place = find_place(rule.share.source, context)
    return place is not None and place < rule.share.end
