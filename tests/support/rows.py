"""Builders of operation rows for tests of what is derived from them."""

from typing import Any

from flagstaff.http.operations import Operation


def a_row(
    method: str = "GET", path: str = "/api/v2/things", name: str = "get_things", **members: Any
) -> Operation:
    """A row whose handler has that name; `says` is its docstring, and it answers what it was called with."""

    def handler(call: Any) -> Any:
        return call

    handler.__name__ = name
    handler.__doc__ = members.pop("says", "Do something.")
    return Operation(handler, method, path, members.pop("sdk", ("things", name)), **members)
