"""Lists of applications and versions: few enough to be filtered, sorted and paged in memory."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flagstaff.features.usage.applications.schemas import ApplicationRep, ApplicationVersionRep
from flagstaff.http.call import Call
from flagstaff.kernel.filters.comparisons import parse_comparisons
from flagstaff.kernel.filters.fields import Field
from flagstaff.kernel.filters.matching import matches
from flagstaff.kernel.links import Links
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.kernel.sorting import parse_sort

ONE_OF = ("equals", "notEquals", "anyOf")
TEXT = (*ONE_OF, "startsWith")
ADDED = Field("autoAdded", ("equals", "notEquals"), "boolean")
APPLICATIONS = (Field("key", TEXT), Field("name", TEXT), Field("kind", ONE_OF), ADDED)
VERSIONS = (
    Field("key", TEXT),
    Field("name", TEXT),
    Field("supported", ("equals", "notEquals"), "boolean"),
    ADDED,
)
SORTS = {"creationDate": "creation_date", "name": "name"}
ATTRIBUTES = {"autoAdded": "auto_added"}
LONGEST_PAGE = 1_000
Rep = TypeVar("Rep", ApplicationRep, ApplicationVersionRep)


def narrow(
    call: Call, every: Sequence[Rep], fields: Sequence[Field], default: int
) -> tuple[list[Rep], int, Links]:
    """The page of `every` that the call asks for, how many there are in all, and the links to the others."""
    expression = parse_comparisons(call.query.filter, fields)
    found = [rep for rep in every if matches(expression, _members(rep, fields))]
    found.sort(key=lambda rep: rep.key)
    for field in reversed(parse_sort(call.query.sort or "name", SORTS)):
        found.sort(key=lambda rep: _folded(getattr(rep, SORTS[field.name])), reverse=field.descending)
    page = read_page(call.query.limit, call.query.offset, default, LONGEST_PAGE)
    links = page_links(call.url, call.query_pairs, len(found), page)
    return found[page.offset : page.end], len(found), links


def _members(rep: ApplicationRep | ApplicationVersionRep, fields: Sequence[Field]) -> dict[str, Any]:
    return {field.name: getattr(rep, ATTRIBUTES.get(field.name, field.name)) for field in fields}


def _folded(value: str | int) -> tuple[str, int]:
    return (value.casefold(), 0) if isinstance(value, str) else ("", value)
