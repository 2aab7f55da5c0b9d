"""The order of a list: `sort=name,-creationDate`."""

from collections.abc import Collection

import msgspec

from flagstaff.kernel.errors import InvalidRequest


class SortField(msgspec.Struct, frozen=True):
    name: str
    descending: bool = False


def parse_sort(text: str, allowed: Collection[str]) -> tuple[SortField, ...]:
    """Return the fields to sort by, most important first; raise InvalidRequest for one not allowed."""
    fields: dict[str, SortField] = {}
    for part in text.split(",") if text.strip() else ():
        name = part.strip().removeprefix("-")
        if name not in allowed:
            known = ", ".join(sorted(allowed))
            raise InvalidRequest(f"sort: unknown field {name[:80]!r}; allowed fields: {known}")
        fields.setdefault(name, SortField(name, part.strip().startswith("-")))
    return tuple(fields.values())
