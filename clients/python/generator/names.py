"""Names: what is written in camelCase on the wire is documented in snake_case."""

import keyword
import re

EXCEPTIONS = {"on": "_true"}  # as the documentation of the API has it, with `on` as another spelling
BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake(wire: str) -> str:
    """`projectKey` -> `project_key`, `memberIDs` -> `member_ids`, `_links` -> `links`."""
    return BOUNDARY.sub("_", wire.replace("IDs", "Ids")).lower().lstrip("_")


def document_argument(wire: str) -> str:
    """The name of an argument, which cannot be a keyword of Python."""
    name = EXCEPTIONS.get(wire) or snake(wire)
    return f"_{name}" if keyword.iskeyword(name) else name


def document_member(wire: str) -> str:
    """The name of a member of an object."""
    return snake(wire)


def pascal(name: str) -> str:
    """`o_auth2_clients` -> `OAuth2Clients`."""
    return "".join(word[0].upper() + word[1:] for word in name.split("_"))
