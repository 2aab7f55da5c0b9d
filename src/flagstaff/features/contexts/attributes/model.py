"""References of attributes, and estimates of how many contexts have each."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from flagstaff.features.contexts.model import DEEPEST, escape_name

NOT_NAMED = frozenset({"kind", "key", "anonymous"})  # what every context has


class Counts(msgspec.Struct, frozen=True):
    """How many of the sampled contexts have an attribute, and how many contexts there are, by kind."""

    having: Mapping[tuple[str, str], int]
    sampled: Mapping[str, int]
    total: Mapping[str, int]

    def weigh(self, kind: str, name: str) -> int:
        """About how many contexts of a kind have the attribute; what was seen at all is had by one."""
        seen = self.having.get((kind, name), 0)
        return max(1, round(seen * self.total.get(kind, 0) / max(1, self.sampled.get(kind, 0))))


def list_references(
    attributes: Mapping[str, Any], prefix: str = "", not_named: frozenset[str] = NOT_NAMED
) -> Iterator[str]:
    """References of what has a value; of objects, those of their members."""
    for name, value in attributes.items():
        if value is None or name in not_named:
            continue
        reference = f"{prefix}/{escape_name(name)}"
        if isinstance(value, dict) and value and reference.count("/") < DEEPEST:
            yield from list_references(value, reference, frozenset())
        else:
            yield reference
