"""What changed of a flag in all environments, in words."""

from collections.abc import Iterable, Mapping

from flagstaff.features.flags.model import CustomProperty, Flag, FlagState, Variation
from flagstaff.features.flags.wording import name_variation
from flagstaff.features.targeting.values import same
from flagstaff.features.targeting.wording import change, listing
from flagstaff.kernel.markdown import quote, strike


def describe_settings(before: FlagState, after: FlagState, called: Mapping[str, str]) -> Iterable[str]:
    """Say each change of what the environments share; `called` has names of members by id."""
    old, new = before.flag, after.flag
    if old.name != new.name:
        yield f"Changed the name {change(quote(old.name), quote(new.name))}"
    if old.description != new.description:
        yield f"Changed the description {change(_text(old.description), _text(new.description))}"
    if old.temporary != new.temporary:
        yield f"Made the flag {'temporary' if new.temporary else 'permanent'}"
    yield from _tags(old, new)
    yield from _availability(old, new)
    yield from _properties(old, new)
    was, now = (_maintainer(flag, called) for flag in (old, new))
    if was != now:
        yield f"Changed the maintainer {change(was, now)}"
    yield from _variations(old, new)
    yield from _defaults(old, new)
    yield from _lifecycle(old, new)


def _lifecycle(old: Flag, new: Flag) -> Iterable[str]:
    if old.archived != new.archived:
        yield "Archived the flag" if new.archived else "Restored the flag from the archive"
    if old.deprecated != new.deprecated:
        yield "Deprecated the flag" if new.deprecated else "Restored the flag from deprecation"


def _tags(old: Flag, new: Flag) -> Iterable[str]:
    yield from (f"Removed tag {strike(quote(tag))}" for tag in old.tags if tag not in new.tags)
    yield from (f"Added tag {quote(tag)}" for tag in new.tags if tag not in old.tags)


def _availability(old: Flag, new: Flag) -> Iterable[str]:
    was, now = old.client_side_availability, new.client_side_availability
    sdks = {
        "SDKs that use a mobile key": (was.using_mobile_key, now.using_mobile_key),
        "SDKs that use a client-side ID": (was.using_environment_id, now.using_environment_id),
    }
    for sdk, (before, after) in sdks.items():
        if before != after:
            yield f"Made the flag {'available' if after else 'unavailable'} to {sdk}"


def _properties(old: Flag, new: Flag) -> Iterable[str]:
    for key in sorted({*old.custom_properties, *new.custom_properties}):
        before, after = old.custom_properties.get(key), new.custom_properties.get(key)
        if before != after:
            yield f"Changed the custom property {quote(key)} {change(_property(before), _property(after))}"


def _property(held: CustomProperty | None) -> str:
    return f"{quote(held.name)}: {listing(held.values)}" if held else ""


def _maintainer(flag: Flag, called: Mapping[str, str]) -> str:
    if flag.maintainer_team_key:
        return f"the team {quote(flag.maintainer_team_key)}"
    if flag.maintainer_id is None:
        return ""
    return f"the member {quote(called.get(flag.maintainer_id, flag.maintainer_id))}"


def _variations(old: Flag, new: Flag) -> Iterable[str]:
    for variation in old.variations:
        if variation.id not in new.indexes:
            yield f"Removed the variation {strike(name_variation(old, variation.id))}"
    for variation in new.variations:
        if variation.id not in old.indexes:
            yield f"Added the variation {_whole(variation)}"
        else:
            yield from _changed_variation(old.variation(variation.id), variation, old)
    kept = [own for own in old.indexes if own in new.indexes]
    if kept != [own for own in new.indexes if own in old.indexes]:
        yield f"Changed the order of the variations {change(_order(old), _order(new))}"


def _order(flag: Flag) -> str:
    return ", ".join(name_variation(flag, own) for own in flag.indexes)


def _whole(variation: Variation) -> str:
    name = f"{quote(variation.name)}: " if variation.name else ""
    description = f" ({quote(variation.description)})" if variation.description else ""
    return f"{name}{quote(variation.value)}{description}"


def _changed_variation(before: Variation, after: Variation, old: Flag) -> Iterable[str]:
    called = f"of the variation {name_variation(old, before.id)}"
    if not same(before.value, after.value):
        yield f"Changed the value {called} {change(quote(before.value), quote(after.value))}"
    if before.name != after.name:
        yield f"Changed the name {called} {change(_text(before.name), _text(after.name))}"
    if before.description != after.description:
        described = change(_text(before.description), _text(after.description))
        yield f"Changed the description {called} {described}"


def _defaults(old: Flag, new: Flag) -> Iterable[str]:
    was, now = old.defaults, new.defaults
    if was.on_variation_id != now.on_variation_id:
        shown = change(name_variation(old, was.on_variation_id), name_variation(new, now.on_variation_id))
        yield f"Changed what new environments serve while the flag is on {shown}"
    if was.off_variation_id != now.off_variation_id:
        shown = change(name_variation(old, was.off_variation_id), name_variation(new, now.off_variation_id))
        yield f"Changed what new environments serve while the flag is off {shown}"


def _text(text: str) -> str:
    return quote(text) if text else ""
