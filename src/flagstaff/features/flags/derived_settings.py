"""The instructions that make the settings of one flag into those of another."""

from collections.abc import Iterable

from flagstaff.features.flags.model import Flag
from flagstaff.kernel.instructions import Wire


def derive_settings(before: Flag, after: Flag) -> Iterable[Wire]:
    """Derive everything that all environments share, but for the variations and defaults."""
    if after.name != before.name:
        yield {"kind": "updateName", "value": after.name}
    if after.description != before.description:
        yield {"kind": "updateDescription", "value": after.description}
    if after.temporary != before.temporary:
        yield {"kind": "makeFlagTemporary" if after.temporary else "makeFlagPermanent"}
    yield from _tags(before, after)
    yield from _availability(before, after)
    yield from _properties(before, after)
    yield from _maintainer(before, after)
    if after.archived != before.archived:
        yield {"kind": "archiveFlag" if after.archived else "restoreFlag"}
    if after.deprecated != before.deprecated:
        yield {"kind": "deprecateFlag" if after.deprecated else "restoreDeprecatedFlag"}


def _tags(before: Flag, after: Flag) -> Iterable[Wire]:
    removed = [tag for tag in before.tags if tag not in after.tags]
    added = [tag for tag in after.tags if tag not in before.tags]
    if removed:
        yield {"kind": "removeTags", "values": removed}
    if added:
        yield {"kind": "addTags", "values": added}


def _availability(before: Flag, after: Flag) -> Iterable[Wire]:
    was, is_now = before.client_side_availability, after.client_side_availability
    changes = {
        "usingMobileKey": (was.using_mobile_key, is_now.using_mobile_key),
        "usingEnvironmentId": (was.using_environment_id, is_now.using_environment_id),
    }
    for sdk, (old, new) in changes.items():
        if old != new:
            yield {"kind": f"turn{'On' if new else 'Off'}ClientSideAvailability", "value": sdk}


def _properties(before: Flag, after: Flag) -> Iterable[Wire]:
    for key, held in before.custom_properties.items():
        if key not in after.custom_properties:
            yield {"kind": "removeCustomProperties", "key": key, "values": list(held.values)}
    for key, held in after.custom_properties.items():
        if before.custom_properties.get(key) != held:
            yield {
                "kind": "replaceCustomProperties",
                "key": key,
                "name": held.name,
                "values": list(held.values),
            }


def _maintainer(before: Flag, after: Flag) -> Iterable[Wire]:
    member, team = after.maintainer_id, after.maintainer_team_key
    if (member, team) == (before.maintainer_id, before.maintainer_team_key):
        return
    if member:
        yield {"kind": "updateMaintainerMember", "value": member}
    elif team:
        yield {"kind": "updateMaintainerTeam", "value": team}
    else:
        yield {"kind": "removeMaintainer"}
