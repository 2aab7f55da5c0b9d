"""New flags: from a request and the project's defaults, or as a copy of another flag."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from flagstaff.features.flags.documents import build_availability, build_properties
from flagstaff.features.flags.initial_variations import initial_defaults, initial_variations, settings_of
from flagstaff.features.flags.model import (
    Flag,
    FlagState,
    Prerequisite,
    Targeting,
    VariationOrRollout,
)
from flagstaff.features.flags.prerequisites import check_prerequisites
from flagstaff.features.flags.schemas import FlagBody
from flagstaff.features.flags.variations import check_variations
from flagstaff.features.projects.model import ClientSideAvailability, FlagDefaults
from flagstaff.features.segments.model import RESERVED_KEYS
from flagstaff.features.targeting.model import WHOLE, Rollout, Weight
from flagstaff.features.targeting.values import identify
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import check_key, check_name, check_tags
from flagstaff.kernel.instructions import Edit

Value = TypeVar("Value")


def create_flag(
    body: FlagBody,
    defaults: FlagDefaults,
    environments: Mapping[str, bool],
    edit: Edit,
    maintainer_id: str | None = None,
) -> FlagState:
    """Build a flag. `environments` tells by key whether events are tracked there, `maintainer_id` who asks.

    Its prerequisites are yet to be resolved. Raises InvalidRequest for what a flag cannot be.
    """
    settings = settings_of(body)
    variations = initial_variations(body, defaults.boolean_defaults, edit.ids)
    member, team = _maintainer(body, maintainer_id)
    flag = Flag(
        id=edit.ids.object_id(),
        key=check_flag_key(body.key),
        name=check_name(body.name, "flag"),
        description=_given(body.description, ""),
        kind=check_variations(variations),
        variations=variations,
        defaults=initial_defaults(body, variations, defaults.boolean_defaults),
        temporary=_given(body.temporary, defaults.temporary),
        tags=check_tags(_given(body.tags, ())),
        client_side_availability=_availability(body, defaults.client_side_availability),
        custom_properties=build_properties(_given(body.custom_properties, {})),
        maintainer_id=member,
        maintainer_team_key=team,
        creation_date=edit.now,
        purpose=_given(body.purpose, None),
        migration_settings=settings,
    )
    return FlagState(
        flag=flag,
        environments={
            key: _with_initial(body, fresh_targeting(flag, tracked, edit))
            for key, tracked in environments.items()
        },
    )


def fresh_targeting(flag: Flag, default_track_events: bool, edit: Edit) -> Targeting:
    """Return what a flag starts with in an environment: off, with its defaults, and salts of its own."""
    return Targeting(
        fallthrough=_fallthrough(flag),
        off_variation_id=flag.defaults.off_variation_id,
        track_events=default_track_events,
        salt=edit.ids.salt(),
        sel=edit.ids.salt(),
        last_modified=edit.now,
    )


def clone_flag(body: FlagBody, source: FlagState, edit: Edit, maintainer_id: str | None = None) -> FlagState:
    """Copy a flag under a new key, with its targeting everywhere; what the body gives goes before.

    Versions start anew, and salts too, so that percentages take in other contexts. Raises InvalidRequest
    for variations, a purpose or migration settings other than the source has.
    """
    origin = source.flag
    _check_likeness(body, origin)
    member, team = _maintainer(body, maintainer_id)
    flag = replace(
        origin,
        id=edit.ids.object_id(),
        key=check_flag_key(body.key),
        name=check_name(body.name, "flag"),
        description=_given(body.description, origin.description),
        defaults=origin.defaults
        if body.defaults is UNSET
        else initial_defaults(body, origin.variations, FlagDefaults().boolean_defaults),
        temporary=_given(body.temporary, origin.temporary),
        tags=check_tags(_given(body.tags, origin.tags)),
        client_side_availability=_availability(body, origin.client_side_availability),
        custom_properties=origin.custom_properties
        if body.custom_properties is UNSET
        else build_properties(body.custom_properties),
        maintainer_id=member,
        maintainer_team_key=team,
        archived=False,
        archived_date=None,
        deprecated=False,
        deprecated_date=None,
        creation_date=edit.now,
        version=1,
    )
    environments = {
        key: _with_initial(body, _anew(targeting, edit)) for key, targeting in source.environments.items()
    }
    return FlagState(flag=flag, environments=environments)


def check_flag_key(key: str) -> str:
    """Return the key of a new flag, or raise InvalidRequest if it is malformed or a word of a route."""
    if key in RESERVED_KEYS:
        raise InvalidRequest(f"{key!r} is a reserved word and cannot be a flag key - at `$.key`")
    return check_key(key, "flag")


def _given(value: Value | UnsetType, default: Value) -> Value:
    return default if value is UNSET else value


def _maintainer(body: FlagBody, caller: str | None) -> tuple[str | None, str | None]:
    member, team = _given(body.maintainer_id, ""), _given(body.maintainer_team_key, "")
    if member and team:
        raise InvalidRequest("a flag is maintained by a member or by a team, not by both")
    return (member or (None if team else caller), team or None)


def _availability(body: FlagBody, default: ClientSideAvailability) -> ClientSideAvailability:
    if body.client_side_availability is not UNSET:
        return build_availability(body.client_side_availability)
    if body.include_in_snippet is not UNSET:  # the older way to say it
        return replace(default, using_environment_id=body.include_in_snippet)
    return default


def _with_initial(body: FlagBody, targeting: Targeting) -> Targeting:
    """What the body says of all environments alike."""
    on, sent = body.is_flag_on, body.initial_prerequisites
    if on is not UNSET:
        targeting = replace(targeting, on=on)
    if sent is not UNSET:
        given = [Prerequisite(key=held.key, variation_id=held.variation_id) for held in sent]
        targeting = replace(targeting, prerequisites=check_prerequisites(given))
    return targeting


def _anew(targeting: Targeting, edit: Edit) -> Targeting:
    return replace(targeting, salt=edit.ids.salt(), sel=edit.ids.salt(), version=1, last_modified=edit.now)


def _fallthrough(flag: Flag) -> VariationOrRollout:
    serving = flag.defaults.on_variation_id
    if not flag.is_migration:
        return serving
    everyone = Weight(variation_id=serving, weight=WHOLE)
    return Rollout(weights=(everyone,), context_kind=flag.rollout_context_kind)


def _check_likeness(body: FlagBody, origin: Flag) -> None:
    if body.variations is not UNSET:
        sent = [identify(variation.value) for variation in body.variations]
        if sent != [identify(variation.value) for variation in origin.variations]:
            raise InvalidRequest("a clone has the variations of its source; leave them out")
    if body.purpose is not UNSET and body.purpose != origin.purpose:
        raise InvalidRequest("a clone has the purpose of its source; leave it out")
    if body.migration_settings is not UNSET and settings_of(body) != origin.migration_settings:
        raise InvalidRequest("a clone has the migration settings of its source; leave them out")
