"""What big segments tell: they live in a store outside the data set and are asked by context key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

HEALTHY = "HEALTHY"
STALE = "STALE"
STORE_ERROR = "STORE_ERROR"
NOT_CONFIGURED = "NOT_CONFIGURED"

_BY_SEVERITY = (HEALTHY, STALE, STORE_ERROR, NOT_CONFIGURED)


@dataclass(frozen=True, slots=True)
class Membership:
    """The big segments of a context key, by reference (`key.gN`): True if included, False if excluded."""

    references: Mapping[str, bool]
    status: str = HEALTHY


# Looks up the big segments of a context key; a bare mapping or None (in no big segment) counts as healthy.
FindMembership: TypeAlias = Callable[[str], Membership | Mapping[str, bool] | None]


def ask(find_membership: FindMembership | None, context_key: str) -> Membership:
    """Ask for a membership; never raises."""
    if find_membership is None:
        return Membership({}, NOT_CONFIGURED)
    try:
        found = find_membership(context_key)
    except Exception:  # noqa: BLE001 - whatever a store raises becomes a status, and evaluation goes on
        return Membership({}, STORE_ERROR)
    return found if isinstance(found, Membership) else Membership(found or {})


def find_worse(status: str | None, other: str) -> str:
    """Give the worse of two statuses, the first of which may not be there."""
    return other if status is None else max(status, other, key=_BY_SEVERITY.index)
