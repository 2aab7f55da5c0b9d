"""Links between resources: `{"href", "type"}` objects, relative to the host."""

import msgspec


class Link(msgspec.Struct, frozen=True):
    """A link to another resource of the API, or (`text/html`) to its page in the console."""

    href: str
    type: str = "application/json"


Links = dict[str, Link]


def site(*parts: str) -> Link:
    """A link to a page of the console."""
    return Link("/" + "/".join(parts), "text/html")
