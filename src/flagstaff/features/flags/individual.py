"""The individual target of one context: which variation it is given, and how it comes to another one."""

from typing import Any

from flagstaff.features.flags.model import Flag, Targeting
from flagstaff.features.targeting.values import identify
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Wire


def list_steps(targeting: Targeting, context_kind: str, key: str, wanted: str | None) -> list[Wire]:
    """The instructions that leave the key under the wanted variation's targets only, or under none."""
    held = find_individual(targeting, context_kind, key)
    if held == wanted:
        return []
    about = {"contextKind": context_kind, "values": [key]}
    steps = [("removeTargets", held), ("addTargets", wanted)]
    return [{"kind": kind, "variationId": variation, **about} for kind, variation in steps if variation]


def find_individual(targeting: Targeting, context_kind: str, key: str) -> str | None:
    """The id of the variation that the context of that key is individually given, or None."""
    for target in targeting.targets:
        if target.context_kind == context_kind and key in target.values:
            return target.variation_id
    return None


def find_variation(flag: Flag, value: Any) -> str | None:
    """The id of the variation of that value, None for null; raises InvalidRequest if there is none."""
    if value is None:
        return None
    sought = identify(value)
    for variation in flag.variations:
        if identify(variation.value) == sought:
            return variation.id
    raise InvalidRequest(f"no variation of {flag.key} has this value - at `$.setting`")
