"""Searches of users: what the parameters mean in SQL, and where the next part of them begins."""

from functools import partial

import msgspec

from flagstaff.features.contexts.shapes import attribute_meets
from flagstaff.features.contexts.users.schemas import UserSearchQuery
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.expression import And, Or, Term, Value
from flagstaff.kernel.filters.fields import Field
from flagstaff.kernel.filters.pairs import parse_pairs
from flagstaff.kernel.sorting import parse_sort
from flagstaff.storage.conditions import Condition, Translate, translate_filter
from flagstaff.storage.json_conditions import member_contains

ATTRIBUTE = Field("<attribute>", ("equals",), "any", pattern=r".+")
SEARCHED = ("key", "name", "firstName", "lastName", "email")
QUERY, AFTER = "q", "after"  # fields of terms that are no attributes
SORTS = ("userKey", "lastSeen")


class Order(msgspec.Struct, frozen=True):
    """By key, or by the time of the last sight; `begins` is the sort value after which a part begins."""

    by_time: bool = False
    descending: bool = False
    begins: tuple[str] | tuple[int, int] | None = None


def read_order(sort: str, search_after: str) -> Order:
    """The order of a list of users; raises InvalidRequest for another sort, or a value of another one."""
    fields = parse_sort(sort, SORTS)
    if len(fields) > 1:
        raise InvalidRequest("sort: users are sorted by one field - at `sort`")
    by_time = bool(fields) and fields[0].name == "lastSeen"
    descending = bool(fields) and fields[0].descending
    return Order(by_time, descending, _read_begin(search_after, by_time=by_time) if search_after else None)


def condition_of(asked: UserSearchQuery) -> Condition:
    """The filter of a search over the table `contexts`; raises InvalidRequest."""
    terms: list[Term] = [
        Term(f"attribute:{term.field}", term.operator, term.value)
        for term in parse_pairs(asked.filter, [ATTRIBUTE])
    ]
    fields: dict[str, Translate] = {
        term.field: _attribute(term.field.removeprefix("attribute:")) for term in terms
    }
    if asked.q:
        terms.append(Term(QUERY, "equals", asked.q))
    if asked.after is not None:
        terms.append(Term(AFTER, "equals", asked.after))
    fields[QUERY] = lambda _, value: member_contains("body", str(value), SEARCHED)
    fields[AFTER] = lambda _, value: ("last_seen <= :latest", {"latest": value})
    return translate_filter(And(tuple(terms)), fields)


def _attribute(name: str) -> Translate:
    """The attribute has the value; of `age:42`, the number or the text."""

    def translate(_: str, value: Value) -> Condition:
        meant = [value] if isinstance(value, str | None) else [value, msgspec.json.encode(value).decode()]
        terms = tuple(Term(str(number), "equals", one) for number, one in enumerate(meant))
        fields = {term.field: partial(attribute_meets, [name]) for term in terms}
        return translate_filter(Or(terms), fields)

    return translate


def _read_begin(search_after: str, *, by_time: bool) -> tuple[str] | tuple[int, int]:
    if not by_time:
        return (search_after,)
    last_seen, comma, row = search_after.partition(",")
    if not comma or not last_seen.isdigit() or not row.isdigit() or len(search_after) > 40:
        raise InvalidRequest("query: not a value of this sort - at `searchAfter`")
    return int(last_seen), int(row)
