"""The names that targeting is written in: attribute references, context keys, element ids."""

import re
from collections.abc import Container, Iterable

import msgspec

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import Ids

_COMPONENT = re.compile(r"(?:[^/~]|~[01])+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def check_attribute(reference: str) -> str:
    """Return `reference`, or raise InvalidRequest unless it names an attribute or is a path to one."""
    components = reference[1:].split("/") if reference.startswith("/") else None
    valid = all(map(_COMPONENT.fullmatch, components)) if components else bool(reference)
    if not valid:
        raise InvalidRequest(f"{reference[:80]!r} is not a valid attribute reference")
    return reference


def check_context_keys(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys, each once and in order, or raise InvalidRequest for an empty one."""
    unique = tuple(dict.fromkeys(keys))
    if "" in unique:
        raise InvalidRequest("a context key must not be empty")
    return unique


class IdClaims(msgspec.Struct, frozen=True):
    """Gives the elements of a list their ids: the one sent with it if it is free, else a new one.

    Free is what is `known`, or any UUID, and not `taken` by another element.
    """

    ids: Ids
    taken: set[str] = msgspec.field(default_factory=set)
    known: Container[str] = ()

    def claim(self, sent: str) -> str:
        """Return the id of one element; from then on it is taken."""
        free = sent not in self.taken and (sent in self.known or _UUID.fullmatch(sent))
        claimed = sent if free else self.ids.uuid()
        self.taken.add(claimed)
        return claimed
