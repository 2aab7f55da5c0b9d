"""Builders of operation rows for tests of what is derived from them."""

from collections.abc import Callable
from typing import Any

from flagstaff.http.operations import Operation


def a_row(
    method: str = "GET",
    path: str = "/api/v2/things",
    name: str = "get_things",
    *,
    says: str = "Do something.",
    does: Callable[[Any], Any] = lambda _: None,
    **members: Any,
) -> Operation:
    """A row whose handler has that name and that docstring, and does this with its call."""

    def handler(call: Any) -> Any:
        return does(call)

    handler.__name__ = name
    handler.__doc__ = says
    return Operation(handler, method, path, members.pop("sdk", ("things", name)), **members)
