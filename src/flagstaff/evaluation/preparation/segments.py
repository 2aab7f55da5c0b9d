"""Prepares a segment from its SDK JSON."""

from typing import Any

from flagstaff.evaluation.bucketing import find_ends
from flagstaff.evaluation.context import DEFAULT_KIND
from flagstaff.evaluation.jsontext import decode
from flagstaff.evaluation.model import Segment, SegmentRule, SegmentShare
from flagstaff.evaluation.preparation.clauses import make_problem, prepare_clauses
from flagstaff.evaluation.preparation.reading import (
    read_bool,
    read_object,
    read_objects,
    read_optional_int,
    read_string,
    read_strings,
)
from flagstaff.evaluation.preparation.sources import prepare_source
from flagstaff.evaluation.references import InvalidReference

_LISTS = (("excluded", "excludedContexts", False), ("included", "includedContexts", True))


def prepare_segment(key: str, segment_json: Any) -> Segment | None:
    """Prepare a segment, None if it is deleted. Data of wrong types makes the flags that ask it malformed."""
    try:
        data = read_object(decode(segment_json))
        return None if read_bool(data, "deleted") else _prepare(key, data)
    except (ValueError, RecursionError):
        rule = SegmentRule((make_problem(f"data of segment {key!r} has wrong types"),), None)
        return Segment({}, {}, (rule,), False, DEFAULT_KIND, None)


def _prepare(map_key: str, data: dict[str, Any]) -> Segment:
    key = read_string(data, "key") or map_key
    salt = read_string(data, "salt")
    generation = read_optional_int(data, "generation")
    users = dict.fromkeys(read_strings(data, "excluded"), False)
    users |= dict.fromkeys(read_strings(data, "included"), True)
    return Segment(
        users=users,
        members=_prepare_members(data),
        rules=tuple(_prepare_rule(rule, key, salt) for rule in read_objects(data, "rules")),
        is_unbounded=read_bool(data, "unbounded"),
        unbounded_kind=read_string(data, "unboundedContextKind") or DEFAULT_KIND,
        reference=None if generation is None else f"{key}.g{generation}",
    )


def _prepare_members(data: dict[str, Any]) -> dict[str, dict[str, bool]]:
    """Give who is listed, by kind and key; being included outweighs being excluded."""
    members: dict[str, dict[str, bool]] = {DEFAULT_KIND: {}}
    for users, contexts, is_included in _LISTS:
        members[DEFAULT_KIND] |= dict.fromkeys(read_strings(data, users), is_included)
        for target in read_objects(data, contexts):
            of_kind = members.setdefault(read_string(target, "contextKind") or DEFAULT_KIND, {})
            of_kind |= dict.fromkeys(read_strings(target, "values"), is_included)
    return members


def _prepare_rule(rule: dict[str, Any], key: str, salt: str) -> SegmentRule:
    clauses = prepare_clauses(rule)
    weight = read_optional_int(rule, "weight")
    if weight is None:
        return SegmentRule(clauses, None)
    try:
        source = prepare_source(rule, key, salt, read_string(rule, "rolloutContextKind"))
    except InvalidReference as error:
        return SegmentRule((*clauses, make_problem(f"bucketBy: {error}")), None)
    return SegmentRule(clauses, SegmentShare(source, find_ends([weight])[0]))
