"""How much a caller may give away: no token is made with more than whoever makes it has."""

from collections.abc import Iterable

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy
from flagstaff.access.roles import BUILT_IN
from flagstaff.features.accounts.model import Token

RANKS = ("no_access", "reader", "writer", "admin", "owner")
SERVES_EVERYTHING = RANKS.index("admin")


def exceeds(caller: Caller, token: Token) -> bool:
    """Whether a token would let its holder do more than the caller may.

    A personal token never can in use, for its member's permissions bound it, so only a built-in role above
    the caller's is refused. A service token is bound by nothing but itself: whoever has less than an admin's
    permissions may give it a built-in role up to the own one, and no policy of its own.
    """
    rank = rank_of(caller)
    if token.role:
        has_custom_roles = not any(policy in caller.grants for policy in BUILT_IN.values())
        return RANKS.index(token.role) > rank and (token.service or not has_custom_roles)
    return token.service and rank < SERVES_EVERYTHING


def rank_of(caller: Caller) -> int:
    """The highest built-in role whose permissions the caller has whole, as a place in RANKS."""
    granted = _highest(caller.grants)
    return granted if caller.cap is None else min(granted, _highest(caller.cap))


def _highest(policies: Iterable[Policy]) -> int:
    return max((RANKS.index(name) for name in RANKS if BUILT_IN[name] in policies), default=0)
