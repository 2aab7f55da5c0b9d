"""What changed of a flag in one environment, in words."""

from collections.abc import Iterable, Mapping

from flagstaff.features.flags.described_rules import describe_rules
from flagstaff.features.flags.model import Flag, FlagState, Prerequisite, Target, Targeting
from flagstaff.features.flags.wording import name_variation, word_serve
from flagstaff.features.targeting.values import same
from flagstaff.features.targeting.wording import change, listing
from flagstaff.kernel.markdown import quote, strike

Places = dict[tuple[str, str], tuple[str, ...]]  # keys by context kind and variation


def describe_targeting(
    before: FlagState, after: FlagState, environment: str, variations: Mapping[str, str]
) -> Iterable[str]:
    """Say each change of the targeting in an environment that both states have.

    `variations` are those of required flags as people know them, by id, as far as they are known.
    """
    old, new = before.environments[environment], after.environments[environment]
    if old.on != new.on:
        yield "Turned on the flag" if new.on else "Turned off the flag"
    if old.prerequisites is not new.prerequisites:
        yield from _prerequisites(old, new, variations)
    if old.targets is not new.targets:
        yield from _targets(old, new, before.flag, after.flag)
    if old.rules is not new.rules:
        yield from describe_rules(old.rules, new.rules, before.flag, after.flag)
    if not same(old.fallthrough, new.fallthrough):
        serves = change(word_serve(before.flag, old.fallthrough), word_serve(after.flag, new.fallthrough))
        yield f"Changed the default rule {serves}"
    if old.off_variation_id != new.off_variation_id:
        was = name_variation(before.flag, old.off_variation_id)
        yield f"Changed the off variation {change(was, name_variation(after.flag, new.off_variation_id))}"
    yield from _events(old, new)
    if old.check_ratio != new.check_ratio:
        yield f"Changed the check ratio {change(_ratio(old), _ratio(new))}"


def _ratio(targeting: Targeting) -> str:
    """How many reads of a migration are compared; none is another thing than not to say how many."""
    ratio = targeting.check_ratio
    if ratio is None:
        return "as the SDK does"
    return {0: "no read", 1: "every read"}.get(ratio, f"one read in {ratio}")


def _events(old: Targeting, new: Targeting) -> Iterable[str]:
    if old.track_events != new.track_events:
        yield f"{_switched(new.track_events)} detailed events of all evaluations"
    if old.track_events_fallthrough != new.track_events_fallthrough:
        yield f"{_switched(new.track_events_fallthrough)} detailed events of the default rule"


def _switched(on: bool) -> str:
    return "Turned on" if on else "Turned off"


def _prerequisites(old: Targeting, new: Targeting, variations: Mapping[str, str]) -> Iterable[str]:
    before = {held.key: held for held in old.prerequisites}
    after = {held.key: held for held in new.prerequisites}
    for key, held in before.items():
        if key not in after:
            yield f"Removed the prerequisite {strike(_needed(held, variations))}"
    for key, held in after.items():
        if key not in before:
            yield f"Added the prerequisite {_needed(held, variations)}"
        elif before[key].variation_id != held.variation_id:
            needed = change(_needed(before[key], variations), _needed(held, variations))
            yield f"Changed the prerequisite {needed}"
    if [key for key in before if key in after] != [key for key in after if key in before]:
        order = change(listing(list(before)), listing(list(after)))
        yield f"Changed the order of the prerequisites {order}"


def _needed(held: Prerequisite, variations: Mapping[str, str]) -> str:
    known = variations.get(held.variation_id or "")
    if known is not None:
        return f"{quote(held.key)} serving {known}"
    return f"{quote(held.key)} serving variation {quote(held.variation_id or str(held.variation))}"


def _targets(old: Targeting, new: Targeting, old_flag: Flag, new_flag: Flag) -> Iterable[str]:
    before, after = _by_place(old.targets), _by_place(new.targets)
    for (kind, variation_id), keys in before.items():
        gone = _missing(keys, after.get((kind, variation_id), ()))
        if gone:
            of = name_variation(old_flag, variation_id)
            yield f"Removed the {kind} targets {strike(listing(gone))} of {of}"
    for (kind, variation_id), keys in after.items():
        added = _missing(keys, before.get((kind, variation_id), ()))
        if added:
            yield f"Added the {kind} targets {listing(added)} to {name_variation(new_flag, variation_id)}"
    if old.targets != new.targets and _unordered(before) == _unordered(after):
        yield "Changed the order of the individual targets"


def _by_place(targets: Iterable[Target]) -> Places:
    return {(target.context_kind, target.variation_id): target.values for target in targets}


def _missing(keys: Iterable[str], among: Iterable[str]) -> list[str]:
    held = set(among)
    return [key for key in keys if key not in held]


def _unordered(places: Places) -> dict[tuple[str, str], frozenset[str]]:
    return {place: frozenset(keys) for place, keys in places.items()}
