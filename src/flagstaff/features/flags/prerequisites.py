"""Prerequisites: the list of one flag, and how it fits the other flags of its environment."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from flagstaff.features.flags.model import MAX_PREREQUISITES, Flag, Prerequisite, Targeting
from flagstaff.kernel.errors import InvalidRequest

FlagLookup = Callable[[str], tuple[Flag, Targeting] | None]  # another flag in the same environment, by key


def check_prerequisites(prerequisites: Iterable[Prerequisite]) -> tuple[Prerequisite, ...]:
    """Return them, or raise InvalidRequest if they are too many or name a flag twice."""
    listed = tuple(prerequisites)
    if len(listed) > MAX_PREREQUISITES:
        raise InvalidRequest(f"a flag must not have more than {MAX_PREREQUISITES} prerequisites")
    keys = [prerequisite.key for prerequisite in listed]
    if len(set(keys)) < len(keys):
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise InvalidRequest(f"prerequisites: the flag {repeated!r} is named more than once")
    return listed


def resolve_prerequisites(flag_key: str, targeting: Targeting, lookup: FlagLookup) -> Targeting:
    """Fill in the variation ids and indexes that a change left open, and bring known indexes up to date.

    What a change has set is checked: InvalidRequest for an unknown or archived flag, an unknown variation,
    the flag itself, and a cycle. What was there before is never refused.
    """
    resolved = tuple(_resolve(flag_key, entry, lookup) for entry in targeting.prerequisites)
    if any(_is_open(entry) for entry in targeting.prerequisites):
        _refuse_cycle(flag_key, resolved, lookup)
    return targeting if resolved == targeting.prerequisites else replace(targeting, prerequisites=resolved)


def _is_open(prerequisite: Prerequisite) -> bool:
    return prerequisite.variation_id is None or prerequisite.variation is None


def _resolve(flag_key: str, prerequisite: Prerequisite, lookup: FlagLookup) -> Prerequisite:
    if not _is_open(prerequisite):
        return _refresh(prerequisite, lookup)
    if prerequisite.key == flag_key:
        raise InvalidRequest("prerequisites: a flag cannot be a prerequisite of itself")
    found = lookup(prerequisite.key)
    if found is None:
        raise InvalidRequest(f"prerequisites: unknown flag {prerequisite.key[:80]!r}")
    flag = found[0]
    if flag.archived:
        raise InvalidRequest(f"prerequisites: the flag {flag.key!r} is archived")
    if prerequisite.variation_id is not None:
        index = flag.indexes.get(prerequisite.variation_id)
    else:
        index = prerequisite.variation
    if index is None or not 0 <= index < len(flag.variations):
        wanted = prerequisite.variation_id or prerequisite.variation
        raise InvalidRequest(f"prerequisites: the flag {flag.key!r} has no variation {wanted!r}")
    return Prerequisite(key=flag.key, variation_id=flag.variations[index].id, variation=index)


def _refresh(prerequisite: Prerequisite, lookup: FlagLookup) -> Prerequisite:
    found = lookup(prerequisite.key)
    index = found[0].indexes.get(prerequisite.variation_id or "") if found else None
    return prerequisite if index is None else replace(prerequisite, variation=index)


def _refuse_cycle(flag_key: str, prerequisites: Iterable[Prerequisite], lookup: FlagLookup) -> None:
    """Walk along the prerequisites of prerequisites; each flag is visited once."""
    ways: list[tuple[str, ...]] = [(flag_key, prerequisite.key) for prerequisite in prerequisites]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == flag_key:
            raise InvalidRequest(f"prerequisites: they would form a cycle, {' -> '.join(way)}")
        if way[-1] in seen:
            continue
        seen.add(way[-1])
        found = lookup(way[-1])
        if found:
            ways.extend((*way, further.key) for further in found[1].prerequisites)
