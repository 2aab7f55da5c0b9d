"""Lists of segments: which filters and sorts there are, and what each means in SQL."""

from flagstaff.kernel.filters.comparisons import parse_comparisons
from flagstaff.kernel.filters.expression import Value
from flagstaff.kernel.filters.fields import Field
from flagstaff.kernel.sorting import parse_sort
from flagstaff.kernel.versions import V20240415, ApiVersion
from flagstaff.storage.conditions import Condition, any_of, contains_text, translate_filter

LONGEST_PAGE = 1_000
KINDS = {
    "rule": "kind = 'rule'",
    "rule-based": "kind = 'rule'",
    "list": "kind = 'list' AND unbounded = 0",
    "list-based": "kind = 'list' AND unbounded = 0",
    "big": "unbounded = 1",
    "synced": "FALSE",  # nothing synchronises segments yet
}
FILTERS = (
    Field("kind", values=tuple(KINDS)),
    Field("query"),
    Field("tags", ("anyOf",)),
    Field("unbounded", kind="boolean"),
    Field("external", ("exists",)),
)
SORTS = {"creationDate": "created", "name": "lower(name)", "lastModified": "modified"}


def default_limit(version: ApiVersion) -> int:
    """How many segments a page has unless told otherwise."""
    return 20 if version >= V20240415 else 50


def where(text: str) -> Condition:
    """The filter in SQL over the table `segments`; raises InvalidRequest."""
    return translate_filter(parse_comparisons(text, FILTERS), TRANSLATIONS)


def order_by(text: str) -> str:
    """The ORDER BY of a list, newest first unless told otherwise; raises InvalidRequest."""
    fields = parse_sort(text, SORTS)
    if not fields:
        return "created DESC, key"
    columns = (f"{SORTS[field.name]}{' DESC' if field.descending else ''}" for field in fields)
    return ", ".join((*columns, "key"))


def _kind(_: str, value: Value) -> Condition:
    return KINDS[str(value)], {}


def _query(_: str, value: Value) -> Condition:
    return contains_text(str(value), "key", "name", "description")


def _tags(_: str, value: Value) -> Condition:
    sql, values = any_of("tag COLLATE NOCASE", value if isinstance(value, tuple) else (value,))
    return f"id IN (SELECT resource_id FROM tags WHERE tags.kind = 'segment' AND {sql})", values


def _unbounded(_: str, value: Value) -> Condition:
    return "unbounded = :value", {"value": int(value is True)}


def _external(_: str, value: Value) -> Condition:
    return "FALSE" if value is True else "TRUE", {}


TRANSLATIONS = {
    "kind": _kind,
    "query": _query,
    "tags": _tags,
    "unbounded": _unbounded,
    "external": _external,
}
