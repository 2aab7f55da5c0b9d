"""The instructions that make the variations and defaults of one flag into those of another."""

from collections.abc import Iterable
from typing import Any

from flagstaff.features.flags.model import Flag, FlagState, Variation
from flagstaff.features.flags.trials import as_wire, fits
from flagstaff.features.targeting.values import same
from flagstaff.kernel.instructions import Wire


def derive_variations(before: FlagState, after: FlagState) -> list[Wire]:
    """Derive additions, changes and removals one by one if that says it all, else the whole list at once."""
    old, new = before.flag, after.flag
    if _same(old, new):
        return []
    steps = [*_additions(old, new), *_changes(old, new), *_defaults(old, new), *_removals(old, new)]
    if fits(before, "", steps, lambda state: _same(state.flag, new)):
        return steps
    return [
        {"kind": "setVariations", "variations": as_wire(new.variations), "defaults": as_wire(new.defaults)}
    ]


def _same(one: Flag, other: Flag) -> bool:
    return same((one.variations, one.defaults), (other.variations, other.defaults))


def _additions(old: Flag, new: Flag) -> Iterable[Wire]:
    for variation in new.variations:
        if variation.id not in old.indexes:
            yield {
                "kind": "addVariation",
                "_id": variation.id,
                "value": variation.value,
                "name": variation.name,
                "description": variation.description,
            }


def _changes(old: Flag, new: Flag) -> Iterable[Wire]:
    for variation in new.variations:
        if variation.id in old.indexes:
            changed = _changed_members(old.variation(variation.id), variation)
            if changed:
                yield {"kind": "updateVariation", "variationId": variation.id, **changed}


def _changed_members(old: Variation, new: Variation) -> dict[str, Any]:
    members = ("value", "name", "description")
    return {name: getattr(new, name) for name in members if not same(getattr(old, name), getattr(new, name))}


def _defaults(old: Flag, new: Flag) -> Iterable[Wire]:
    changed = {}
    if new.defaults.on_variation_id != old.defaults.on_variation_id:
        changed["onVariationValue"] = new.variation(new.defaults.on_variation_id).value
    if new.defaults.off_variation_id != old.defaults.off_variation_id:
        changed["offVariationValue"] = new.variation(new.defaults.off_variation_id).value
    if changed:
        yield {"kind": "updateDefaultVariation", **changed}


def _removals(old: Flag, new: Flag) -> Iterable[Wire]:
    for variation in old.variations:
        if variation.id not in new.indexes:
            yield {"kind": "removeVariation", "variationId": variation.id}
