"""Pages of a list: which part was asked for, and the links to the other parts."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import msgspec

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.links import Link

FARTHEST = 2**31 - 1  # as large a number as every database takes
ALL = -1  # the limit by which lists without a default limit say "all of it"


class Page(msgspec.Struct, frozen=True):
    """`limit` items from `offset` on; without a limit all of them."""

    limit: int | None
    offset: int = 0

    @property
    def end(self) -> int | None:
        return None if self.limit is None else self.offset + self.limit


def read_page(limit: int | None, offset: int | None, default: int | None, longest: int | None = None) -> Page:
    """Return the page that the parameters name; a limit above `longest` is taken as `longest`.

    A list whose default is None gives all of it, and understands the limit -1 as this.
    Raises InvalidRequest for a limit below 1 or an offset below 0.
    """
    if offset is not None and offset < 0:
        raise InvalidRequest("query: offset must not be negative - at `offset`")
    if limit is None or (limit == ALL and default is None):
        limit = default
    elif limit < 1:
        raise InvalidRequest("query: limit must be at least 1 - at `limit`")
    if limit is not None:
        limit = min(limit, FARTHEST if longest is None else longest)
    return Page(limit, min(offset or 0, FARTHEST))


def page_links(path: str, query: Sequence[tuple[str, str]], total: int, page: Page) -> dict[str, Link]:
    """Return `self`, and those of `first`, `prev`, `next` and `last` that lead to another page with items.

    `path` stands in the links as it is; they keep all parameters of `query` but the limit and the offset.
    """
    kept = [(name, value) for name, value in query if name not in {"limit", "offset"}]
    return {name: _link(path, kept, page.limit, offset) for name, offset in _offsets(total, page).items()}


def part_links(path: str, kept: Mapping[str, str], name: str, here: str, following: str) -> dict[str, Link]:
    """Return `self`, and `next` if another part follows: parts are named by where they begin, in `name`.

    The links keep the parameters in `kept` that are not empty.
    """
    begins = {"self": here, "next": following} if following else {"self": here}
    return {link: Link(_with_query(path, {**kept, name: begin})) for link, begin in begins.items()}


def _with_query(path: str, parameters: Mapping[str, str]) -> str:
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{query}" if query else path


def _offsets(total: int, page: Page) -> dict[str, int]:
    offsets = {"self": page.offset}
    if page.limit is None:
        return offsets
    if page.offset > 0 and total > 0:
        final = (total - 1) // page.limit * page.limit  # beyond the end, back to the last page there is
        offsets |= {"first": 0, "prev": max(0, min(page.offset - page.limit, final))}
    left = total - page.offset
    if left > page.limit:
        offsets |= {
            "next": page.offset + page.limit,
            "last": page.offset + (left - 1) // page.limit * page.limit,
        }
    return offsets


def _link(path: str, kept: Sequence[tuple[str, str]], limit: int | None, offset: int) -> Link:
    pairs = list(kept)
    if limit is not None:
        pairs.append(("limit", str(limit)))
    if offset:
        pairs.append(("offset", str(offset)))
    return Link(f"{path}?{urlencode(pairs)}" if pairs else path)
