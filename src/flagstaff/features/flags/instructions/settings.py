"""Instructions on what a flag is called, who maintains it, how it is tagged and who may see it."""

from typing import Literal

from msgspec.structs import replace

from flagstaff.features.flags.instructions.registry import flag_kind
from flagstaff.features.flags.model import CustomProperty, Flag
from flagstaff.features.flags.properties import set_property
from flagstaff.features.projects.model import ClientSideAvailability
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import check_name, check_tags

ClientSide = Literal["usingMobileKey", "usingEnvironmentId"]


@flag_kind("updateName", action="updateName")
def update_name(flag: Flag, *, value: str) -> Flag:
    """Give the flag another name."""
    return replace(flag, name=check_name(value, "flag"))


@flag_kind("updateDescription", action="updateDescription")
def update_description(flag: Flag, *, value: str) -> Flag:
    """Set the description; an empty one removes it."""
    return replace(flag, description=value)


@flag_kind("addTags", action="updateTags")
def add_tags(flag: Flag, *, values: list[str]) -> Flag:
    """Add tags; those it has already are no error."""
    return replace(flag, tags=check_tags([*flag.tags, *values]))


@flag_kind("removeTags", action="updateTags")
def remove_tags(flag: Flag, *, values: list[str]) -> Flag:
    """Remove tags; those it does not have are no error."""
    return replace(flag, tags=tuple(tag for tag in flag.tags if tag not in values))


@flag_kind("updateMaintainerMember", action="updateMaintainer")
def update_maintainer_member(flag: Flag, *, value: str) -> Flag:
    """Make a member the maintainer, by id."""
    if not value:
        raise InvalidRequest("the id of the maintainer must not be empty")
    return replace(flag, maintainer_id=value, maintainer_team_key=None)


@flag_kind("updateMaintainerTeam", action="updateMaintainer")
def update_maintainer_team(flag: Flag, *, value: str) -> Flag:
    """Make a team the maintainer, by key."""
    if not value:
        raise InvalidRequest("the key of the maintaining team must not be empty")
    return replace(flag, maintainer_id=None, maintainer_team_key=value)


@flag_kind("removeMaintainer", action="updateMaintainer")
def remove_maintainer(flag: Flag) -> Flag:
    """Leave the flag without a maintainer."""
    return replace(flag, maintainer_id=None, maintainer_team_key=None)


@flag_kind("turnOnClientSideAvailability", action="updateClientSideFlagAvailability")
def turn_on_client_side_availability(flag: Flag, *, value: ClientSide) -> Flag:
    """Make the flag available to one kind of client-side SDK."""
    return _with_availability(flag, value, on=True)


@flag_kind("turnOffClientSideAvailability", action="updateClientSideFlagAvailability")
def turn_off_client_side_availability(flag: Flag, *, value: ClientSide) -> Flag:
    """Make the flag unavailable to one kind of client-side SDK."""
    return _with_availability(flag, value, on=False)


@flag_kind("addCustomProperties", action="updateFlagCustomProperties")
def add_custom_properties(flag: Flag, *, key: str, name: str = "", values: tuple[str, ...]) -> Flag:
    """Add values to a custom property, which is made if it is not there."""
    present = flag.custom_properties.get(key, CustomProperty(name=key, values=()))
    return _with_property(flag, key, name or present.name, (*present.values, *values))


@flag_kind("removeCustomProperties", action="updateFlagCustomProperties")
def remove_custom_properties(flag: Flag, *, key: str, values: tuple[str, ...], name: str = "") -> Flag:
    """Remove values from a custom property, which goes with its last one."""
    present = flag.custom_properties.get(key)
    if present is None:
        return flag
    kept = tuple(value for value in present.values if value not in values)
    return _with_property(flag, key, name or present.name, kept)


@flag_kind("replaceCustomProperties", action="updateFlagCustomProperties")
def replace_custom_properties(flag: Flag, *, key: str, name: str = "", values: tuple[str, ...]) -> Flag:
    """Give a custom property exactly these values."""
    present = flag.custom_properties.get(key, CustomProperty(name=key, values=()))
    return _with_property(flag, key, name or present.name, values)


def _with_property(flag: Flag, key: str, name: str, values: tuple[str, ...]) -> Flag:
    return replace(flag, custom_properties=set_property(flag.custom_properties, key, name, values))


def _with_availability(flag: Flag, sdk: ClientSide, *, on: bool) -> Flag:
    present = flag.client_side_availability
    mobile = on if sdk == "usingMobileKey" else present.using_mobile_key
    browser = on if sdk == "usingEnvironmentId" else present.using_environment_id
    availability = ClientSideAvailability(using_mobile_key=mobile, using_environment_id=browser)
    return replace(flag, client_side_availability=availability)
