"""Lists of projects and environments: few enough to be filtered, sorted and paged in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import msgspec

from flagstaff.http.call import Call
from flagstaff.kernel.filters.expression import Term
from flagstaff.kernel.filters.fields import Field
from flagstaff.kernel.filters.pairs import parse_pairs
from flagstaff.kernel.links import Link
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.kernel.sorting import parse_sort


class Named(Protocol):
    """What can be listed here: it has a key, a name, tags, and a time at which it was made."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


Listed = TypeVar("Listed", bound=Named)

PAGE, LONGEST_PAGE = 20, 1000
PROJECT_FILTERS = (Field("keys", ("anyOf",)), Field("query"), Field("tags", ("contains",)))
PROJECT_SORTS = ("name", "createdOn")
ATTRIBUTES = {"createdOn": "created"}


class ListQuery(msgspec.Struct, frozen=True):
    """How a list is narrowed, ordered and paged."""

    limit: int | None = None
    offset: int | None = None
    filter: str = ""
    sort: str = ""


class ExpandQuery(msgspec.Struct, frozen=True):
    """`environments` shows the environments of each project."""

    expand: str = ""


class ProjectListQuery(ListQuery, frozen=True):
    """The same for projects, which can show their environments."""

    expand: str = ""


@dataclass(frozen=True)
class Found(Generic[Listed]):
    """One page of what was found, with the links to the others."""

    items: list[Listed]
    total: int
    links: dict[str, Link]


def narrow(
    call: Call,
    every: Sequence[Listed],
    filters: Sequence[Field],
    sorts: Sequence[str],
    default: int | None = PAGE,
) -> Found[Listed]:
    """The page of `every` that the call's filter, sort, limit and offset name.

    Without a limit it has `default` items, or all if that is None.
    """
    terms = parse_pairs(call.query.filter, filters)
    found = [item for item in every if _matches(item, terms)]
    for field in reversed(parse_sort(call.query.sort, sorts)):
        name = ATTRIBUTES.get(field.name, field.name)
        found.sort(key=lambda item: _folded(getattr(item, name)), reverse=field.descending)
    page = read_page(call.query.limit, call.query.offset, default, LONGEST_PAGE)
    links = page_links(call.url, call.query_pairs, len(found), page)
    return Found(found[page.offset : page.end], len(found), links)


def _matches(item: Named, terms: Sequence[Term]) -> bool:
    text = f"{item.name}\n{item.key}".casefold()
    own = {tag.casefold() for tag in item.tags}
    return all(_holds(term, item.key, text, own) for term in terms)


def _holds(term: Term, key: str, text: str, own: set[str]) -> bool:
    values = term.value if isinstance(term.value, tuple) else (term.value,)
    if term.field == "keys":
        return key in values
    if term.field == "query":
        return str(term.value).casefold() in text
    return {str(tag).casefold() for tag in values} <= own


def _folded(value: str | int) -> tuple[str, int]:
    return (value.casefold(), 0) if isinstance(value, str) else ("", value)
