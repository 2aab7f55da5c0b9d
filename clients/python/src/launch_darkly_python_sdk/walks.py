"""From one page of a collection to the next: pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from launch_darkly_python_sdk.addresses import locate
from launch_darkly_python_sdk.answers import Answer
from launch_darkly_python_sdk.building import build_request
from launch_darkly_python_sdk.errors import UnexpectedRedirect
from launch_darkly_python_sdk.operation import Operation
from launch_darkly_python_sdk.request import Request


class Turn(NamedTuple):
    """The call for one page."""

    arguments: Mapping[str, Any]
    request: Request
    url: str


def first_turn(operation: Operation, arguments: Mapping[str, Any], host: str) -> Turn:
    """The call for the first page; raises what `build_request` raises."""
    request = build_request(operation, arguments)
    return Turn(arguments, request, host + request.target)


def find_next(operation: Operation, turn: Turn, page: Any, host: str) -> Turn | None:
    """The call for the page after this one, None if it was the last.

    Raises UnexpectedRedirect if the service links to another host.
    """
    if not isinstance(page, Answer) or operation.paging == "none":
        return None
    if operation.paging == "links":
        return _follow_link(turn, page, host)
    further = _next_token(turn, page) if operation.paging == "token" else _next_offset(turn, page)
    return first_turn(operation, {**turn.arguments, **further}, host) if further else None


def list_items(page: Any) -> Iterator[Any]:
    """What a page holds; where items have keys, pairs of key and item."""
    items = page["items"] if isinstance(page, Answer) else page
    yield from (items.items() if isinstance(items, Mapping) else items or ())


def _follow_link(turn: Turn, page: Answer, host: str) -> Turn | None:
    links = page.get("_links")
    link = links.get("next") if isinstance(links, Mapping) else None
    href = link if isinstance(link, str) else link["href"] if link is not None else None
    if not href:
        return None
    url = locate(host, href)
    if url is None:
        raise UnexpectedRedirect("the next page is said to be on another host", call=turn.request.title)
    return None if url == turn.url else turn._replace(url=url)


def _next_token(turn: Turn, page: Answer) -> Mapping[str, Any]:
    token = page["continuationToken"]
    if not token or not page["items"] or token == turn.arguments.get("continuation_token"):
        return {}
    return {"continuation_token": token}


def _next_offset(turn: Turn, page: Answer) -> Mapping[str, Any]:
    count = len(page["items"] or ())
    reached = (turn.arguments.get("offset") or 0) + count
    return {"offset": reached} if count and reached < (page["totalCount"] or 0) else {}
