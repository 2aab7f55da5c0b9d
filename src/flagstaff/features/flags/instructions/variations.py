"""Instructions on the variations of a flag and on which of them new environments serve."""

from typing import Any

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from flagstaff.features.flags.instructions.registry import KINDS, flag_kind
from flagstaff.features.flags.model import Defaults, Flag, FlagState, Variation
from flagstaff.features.flags.variations import replace_variations
from flagstaff.features.targeting.names import IdClaims
from flagstaff.features.targeting.values import identify
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit


@KINDS.kind("addVariation", action="updateFlagVariations")
def add_variation(
    state: FlagState, edit: Edit, *, value: Any, name: str = "", description: str = "", _id: str = ""
) -> FlagState:
    """Add a variation at the end."""
    present = state.flag.variations
    added_id = IdClaims(edit.ids, {*state.flag.indexes}).claim(_id)
    added = Variation(id=added_id, value=value, name=name, description=description)
    return replace_variations(state, (*present, added))


@KINDS.kind("removeVariation", action="updateFlagVariations")
def remove_variation(state: FlagState, _: Edit, *, variation_id: str) -> FlagState:
    """Remove a variation, and what serves nothing else with it."""
    gone = state.flag.variation(variation_id)
    return replace_variations(state, tuple(kept for kept in state.flag.variations if kept is not gone))


@KINDS.kind("updateVariation", action="updateFlagVariations")
def update_variation(
    state: FlagState,
    _: Edit,
    *,
    variation_id: str,
    value: Any | UnsetType = UNSET,
    name: str | UnsetType = UNSET,
    description: str | UnsetType = UNSET,
) -> FlagState:
    """Change the value, the name or the description of a variation."""
    before = state.flag.variation(variation_id)
    members = {"value": value, "name": name, "description": description}
    after = replace(before, **{member: given for member, given in members.items() if given is not UNSET})
    return replace_variations(
        state, tuple(after if variation is before else variation for variation in state.flag.variations)
    )


@flag_kind("updateDefaultVariation", action="updateFlagDefaultVariations")
def update_default_variation(
    flag: Flag,
    *,
    on_variation_value: Any = UNSET,
    off_variation_value: Any = UNSET,
    OnVariationValue: Any = UNSET,  # noqa: N803  the documented example has these two spellings
    OffVariationValue: Any = UNSET,  # noqa: N803
) -> Flag:
    """Change what new environments serve, by value."""
    on = OnVariationValue if on_variation_value is UNSET else on_variation_value
    off = OffVariationValue if off_variation_value is UNSET else off_variation_value
    before = flag.defaults
    defaults = Defaults(
        on_variation_id=before.on_variation_id if on is UNSET else _variation_of(flag, on),
        off_variation_id=before.off_variation_id if off is UNSET else _variation_of(flag, off),
    )
    return replace(flag, defaults=defaults)


@KINDS.kind("setVariations", action="updateFlagVariations", internal=True)
def set_variations(
    state: FlagState, _: Edit, *, variations: tuple[Variation, ...], defaults: Defaults
) -> FlagState:
    """Whatever a patch may do to the list at once, in stored form; the defaults must be among it."""
    known = {variation.id for variation in variations}
    if {defaults.on_variation_id, defaults.off_variation_id} - known:
        raise InvalidRequest("a default variation of the flag cannot be removed; change the defaults first")
    return replace_variations(replace(state, flag=replace(state.flag, defaults=defaults)), variations)


def _variation_of(flag: Flag, value: Any) -> str:
    for variation in flag.variations:
        if identify(variation.value) == identify(value):
            return variation.id
    raise InvalidRequest(f"no variation of flag {flag.key} has that value")
