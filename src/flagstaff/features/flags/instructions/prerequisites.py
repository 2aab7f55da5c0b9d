"""Instructions on prerequisites. Whether the other flags exist and form no cycle is checked afterwards."""

from msgspec import Struct
from msgspec.structs import replace

from flagstaff.features.flags.instructions.registry import targeting_kind
from flagstaff.features.flags.model import Prerequisite, Targeting
from flagstaff.features.flags.prerequisites import check_prerequisites
from flagstaff.kernel.errors import InvalidRequest


class PrerequisiteBody(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """One element of `replacePrerequisites`."""

    key: str
    variation_id: str


@targeting_kind("addPrerequisite", action="updatePrerequisites")
def add_prerequisite(targeting: Targeting, *, key: str, variation_id: str) -> Targeting:
    """Ask for another flag to be on and to serve one variation; one that is there gets this variation."""
    if _holds(targeting, key):
        return update_prerequisite(targeting, key=key, variation_id=variation_id)
    added = Prerequisite(key=key, variation_id=variation_id)
    return replace(targeting, prerequisites=check_prerequisites((*targeting.prerequisites, added)))


@targeting_kind("updatePrerequisite", action="updatePrerequisites")
def update_prerequisite(targeting: Targeting, *, key: str, variation_id: str) -> Targeting:
    """Ask for another variation of a prerequisite."""
    if not _holds(targeting, key):
        raise InvalidRequest(f"prerequisites: the flag {key[:80]!r} is not among them")
    changed = _known_or_new(targeting, key, variation_id)
    return replace(
        targeting,
        prerequisites=tuple(changed if held.key == key else held for held in targeting.prerequisites),
    )


@targeting_kind("removePrerequisite", action="updatePrerequisites")
def remove_prerequisite(targeting: Targeting, *, key: str) -> Targeting:
    """Remove a prerequisite; one that is not there is no error."""
    return replace(
        targeting, prerequisites=tuple(held for held in targeting.prerequisites if held.key != key)
    )


@targeting_kind("replacePrerequisites", action="updatePrerequisites")
def replace_prerequisites(targeting: Targeting, *, prerequisites: list[PrerequisiteBody]) -> Targeting:
    """Have exactly these prerequisites."""
    wanted = (_known_or_new(targeting, sent.key, sent.variation_id) for sent in prerequisites)
    return replace(targeting, prerequisites=check_prerequisites(wanted))


@targeting_kind("setPrerequisites", action="updatePrerequisites", internal=True)
def set_prerequisites(targeting: Targeting, *, prerequisites: tuple[Prerequisite, ...]) -> Targeting:
    """With what the documented kind cannot say: a variation by its index, its id yet to be found."""
    return replace(targeting, prerequisites=check_prerequisites(prerequisites))


def _holds(targeting: Targeting, key: str) -> bool:
    return any(held.key == key for held in targeting.prerequisites)


def _known_or_new(targeting: Targeting, key: str, variation_id: str) -> Prerequisite:
    """An entry that is there already keeps its index, so that it is no change."""
    for held in targeting.prerequisites:
        if (held.key, held.variation_id) == (key, variation_id):
            return held
    return Prerequisite(key=key, variation_id=variation_id)
