"""Links between resources: `{"href", "type"}` objects, relative to the host."""

import msgspec


class Link(msgspec.Struct, frozen=True):
    """A link to another resource of the API, or (`text/html`) to its page in the console."""

    href: str
    type: str = "application/json"


Links = dict[str, Link]


# Where something else than the pages of a project of that name is; `~` before the project tells them apart.
TAKEN = frozenset(
    {
        "a",
        "account",
        "all",
        "api",
        "assets",
        "auth",
        "big-segments",
        "bulk",
        "diagnostic",
        "eval",
        "events",
        "flags",
        "healthz",
        "trust",
        "invite",
        "login",
        "meval",
        "metrics",
        "mobile",
        "mping",
        "msdk",
        "oauth",
        "ofrep",
        "ping",
        "readyz",
        "relay_auto_config",
        "reset",
        "sdk",
        "status",
        "welcome",
    }
)


def account_site(page: str) -> Link:
    """A link to a page of the console that stands in no project."""
    return Link(f"/account/{page}", "text/html")


def site(*parts: str) -> Link:
    """A link to a page of the console in the project that the first part names."""
    first, *rest = parts
    return Link("/" + "/".join([f"~{first}" if first in TAKEN else first, *rest]), "text/html")
