"""Lists of flags: which filters and sorts there are, and what each means in SQL."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from flagstaff.features.flags.statuses.model import STATUSES
from flagstaff.features.targeting.references import CONTEXT_KIND, FLAG, SEGMENT
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.expression import And, Term, Value, find_value
from flagstaff.kernel.filters.fields import Field
from flagstaff.kernel.filters.pairs import parse_pairs
from flagstaff.kernel.sorting import SortField, parse_sort
from flagstaff.storage.conditions import (
    Condition,
    Translate,
    compares,
    contains_folded,
    escape_like,
    one_of,
    translate_filter,
)

# Filters over data that Flagstaff does not collect yet: refused by name rather than silently ignored.
WAITING = (
    "followerId",
    "codeReferences.min",
    "codeReferences.max",
    "hasExperiment",
    "hasDataExport",
)
FILTERS = (
    Field("archived", kind="boolean"),
    Field("contextKindTargeted"),
    Field("contextKindsEvaluated", ("contains",)),
    Field("creationDate", ("before", "after")),
    Field("evaluated", ("after",)),
    Field("filterEnv"),
    Field("maintainerId"),
    Field("maintainerTeamKey"),
    Field("query"),
    Field("sdkAvailability", values=("client", "mobile", "anyClient", "server")),
    Field("segmentTargeted"),
    Field("state", values=("live", "deprecated", "archived")),
    Field("status", values=STATUSES),
    Field("tags", ("contains",)),
    Field("type", values=("temporary", "permanent")),
)
# Gone in 20240415 (behaviour of that version).
OLD_FILTERS = frozenset({"contextKindTargeted", "segmentTargeted", "status"})
NEEDS_ENVIRONMENT = ("evaluated", "segmentTargeted", "status")
COLUMNS = {
    "creationDate": "created",
    "key": "key COLLATE NOCASE",  # ASCII only
    "maintainerId": "maintainer_id",
    "name": "substr(search, length(key) + 2)",  # where the case is folded already
    "tags": "tags",
    "type": "temporary",
}
TARGETING_SORT = "targetingModifiedDate"
MODIFIED = "(SELECT modified FROM targetings WHERE flag_id = flags.id AND environment_id = :sorting)"
AVAILABILITY = {
    "client": "using_environment_id",
    "mobile": "using_mobile_key",
    "anyClient": "(using_environment_id OR using_mobile_key)",
    "server": "NOT (using_environment_id OR using_mobile_key)",
}
OBSERVED = ("contextKindsEvaluated", "evaluated", "status")  # fields that events tell of
FindKeys = Callable[[str, Value], Sequence[str]]
STATES = {
    "live": "NOT archived AND NOT deprecated",
    "deprecated": "NOT archived AND deprecated",
    "archived": "archived",
}


class FlagFilter(msgspec.Struct, frozen=True):
    """A checked filter: its terms, and the key of the environment that some of them are about."""

    terms: tuple[Term, ...]
    environment_key: str | None = None


def read_filter(
    text: str, *, tag: str = "", archived: bool | None = None, refused: frozenset[str] = frozenset()
) -> FlagFilter:
    """Read the filter of a list call; raises InvalidRequest for one that is unknown, waiting or `refused`.

    `tag` and `archived` have parameters of their own, from before there was a filter; where the filter
    speaks of the archive as well, it counts. Archived flags are left out unless one of them wants them.
    """
    declared = [field for field in FILTERS if field.name not in refused]
    terms = parse_pairs(text, [*declared, *(Field(name, available=False) for name in WAITING)])
    named = find_value(terms, "filterEnv")
    for name in NEEDS_ENVIRONMENT:
        if find_value(terms, name) is not None and named is None:
            raise InvalidRequest(f"filter: {name} needs filterEnv - at `{name}`")
    if tag:
        terms = (*terms, Term("tags", "contains", (tag,)))
    if not any(term.field in {"archived", "state"} for term in terms):
        terms = (*terms, Term("archived", "equals", bool(archived)))
    return FlagFilter(
        tuple(term for term in terms if term.field != "filterEnv"), None if named is None else str(named)
    )


def condition_of(filtered: FlagFilter, environment_id: str | None, find_observed: FindKeys) -> Condition:
    """The filter in SQL over the table `flags`; `find_observed` tells which flags meet what events tell."""

    def observed(name: str) -> Translate:
        return lambda _, value: one_of("key", find_observed(name, value), "keys")

    fields = {**_translations(environment_id), **{name: observed(name) for name in OBSERVED}}
    return translate_filter(And(filtered.terms), fields)


def order_of(sort: str, environment_id: str | None) -> Condition:
    """The ORDER BY of a list, with its parameters; newest first unless told otherwise.

    `environment_id` is of the first environment that the call names. Raises InvalidRequest.
    """
    fields = parse_sort(sort, (*COLUMNS, TARGETING_SORT))
    if not fields:
        return "created DESC, key", {}
    if any(field.name == TARGETING_SORT for field in fields):
        if len(fields) > 1 or environment_id is None:
            raise InvalidRequest(
                f"sort: {TARGETING_SORT} stands alone and needs the parameter env - at `sort`"
            )
        return f"{MODIFIED}{_direction(fields[0])}, key", {"sorting": environment_id}
    return ", ".join((*(f"{COLUMNS[field.name]}{_direction(field)}" for field in fields), "key")), {}


def match_order(text: str) -> Condition:
    """The ORDER BY for who looks for one flag: its key or name is the text, begins with it, contains it."""
    wanted = escape_like(text.casefold())
    is_it, begins = (
        rf"search LIKE :{name}_key ESCAPE '\' OR search LIKE :{name}_name ESCAPE '\'"
        for name in ("is", "begins")
    )
    order = f"CASE WHEN {is_it} THEN 0 WHEN {begins} THEN 1 ELSE 2 END, length(search), key"
    return order, {
        "is_key": f"{wanted}\n%",
        "is_name": f"%\n{wanted}",
        "begins_key": f"{wanted}%",
        "begins_name": f"%\n{wanted}%",
    }


def _direction(field: SortField) -> str:
    return " DESC" if field.descending else ""


def _translations(environment_id: str | None) -> Mapping[str, Translate]:
    return {
        "archived": lambda _, value: ("archived = :value", {"value": bool(value)}),
        "contextKindTargeted": _uses(CONTEXT_KIND, environment_id),
        "creationDate": lambda operator, value: compares("created", operator, value),
        "maintainerId": lambda operator, value: compares("maintainer_id", operator, value),
        "maintainerTeamKey": lambda operator, value: compares("maintainer_team_key", operator, value),
        "query": lambda _, value: contains_folded(str(value), "search"),
        "sdkAvailability": lambda _, value: (AVAILABILITY[str(value)], {}),
        "segmentTargeted": _uses(SEGMENT, environment_id),
        "state": lambda _, value: (STATES[str(value)], {}),
        "tags": has_tags,
        "type": lambda _, value: ("temporary = :value", {"value": value == "temporary"}),
    }


def _uses(kind: str, environment_id: str | None) -> Callable[[str, Value], Condition]:
    where = "used_kind = :kind AND used_key = :key AND user_kind = :user AND environment_id "
    values: dict[str, Any] = {"kind": kind, "user": FLAG}
    if environment_id is None:
        where += "IN (SELECT id FROM environments WHERE project_id = :project)"
    else:
        where += "= :environment"
        values["environment"] = environment_id

    def translate(_operator: str, value: Value) -> Condition:
        return f"id IN (SELECT user_id FROM reference_uses WHERE {where})", values | {"key": value}

    return translate


def has_tags(_operator: str, value: Value) -> Condition:
    """The flag has every one of the tags, whatever their case."""
    wanted = value if isinstance(value, tuple) else (value,)
    parts = [
        f"id IN (SELECT resource_id FROM tags WHERE kind = 'flag' AND tag = :tag{number} COLLATE NOCASE)"
        for number in range(len(wanted))
    ]
    return " AND ".join(parts) or "TRUE", {f"tag{number}": tag for number, tag in enumerate(wanted)}
