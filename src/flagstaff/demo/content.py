"""What is in the demo's file: people, calls of the API, contexts and how much is evaluated."""

from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct, field


class Person(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """Somebody who is invited; the other parts of the file use the name. Who has not joined has no names."""

    name: str
    email: str
    role: str
    joins: bool
    first_name: str = ""
    last_name: str = ""


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A call such as `POST /api/v2/projects`; without a day, soon after the one before it."""

    call: str
    body: Any
    person: str = field(default="", name="as")  # the owner, where it is nobody else
    days_ago: float | None = None


class Traffic(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an application evaluates: for each flag how often each variation, in an hour around noon."""

    environment: str
    application: str
    version: str
    flags: dict[str, tuple[int, ...]]


class Content(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    people: tuple[Person, ...]
    steps: tuple[Step, ...]
    traffic: tuple[Traffic, ...]
    contexts: tuple[dict[str, Any], ...]


def load_content() -> Content:
    """The file of this package; raises ValidationError where somebody has mistyped it."""
    text = files(__package__).joinpath("shop.toml").read_bytes()
    return msgspec.toml.decode(text, type=Content)


def name_ids(body: Any, ids: dict[str, str]) -> Any:
    """The body with the id of a member wherever it says `@name`."""
    if isinstance(body, dict):
        return {name: name_ids(value, ids) for name, value in body.items()}
    if isinstance(body, list):
        return [name_ids(value, ids) for value in body]
    if isinstance(body, str) and body.startswith("@"):
        return ids.get(body[1:], body)
    return body
