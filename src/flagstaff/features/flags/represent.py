"""Flags as the REST API shows them: variations by index, links, and the targeting in numbers."""

from msgspec import UNSET, Struct, UnsetType

from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.features.accounts.teams.model import Team
from flagstaff.features.accounts.teams.represent import team_links
from flagstaff.features.flags.element_schemas import (
    AvailabilityRep,
    CheckRatioRep,
    CustomPropertyRep,
    DefaultsRep,
    MigrationSettingsRep,
    VariationRep,
)
from flagstaff.features.flags.model import Flag, FlagState, Targeting
from flagstaff.features.flags.represent_targeting import (
    represent_prerequisites,
    represent_rules,
    represent_serve,
    represent_targets,
)
from flagstaff.features.flags.schemas import FlagRep, MaintainerTeamRep, TargetingRep
from flagstaff.features.flags.summary import summarise
from flagstaff.kernel.links import Link, Links, site


class EnvironmentView(Struct, frozen=True):
    """An environment in which a flag is shown."""

    key: str
    name: str


class FlagView(Struct, frozen=True):
    """How a flag is to be shown, and what it cannot know of itself."""

    project_key: str
    environments: tuple[EnvironmentView, ...] = ()
    summary: bool = False  # leave out what `_summary` counts
    migration_settings: bool = False  # expanded, of the flag and of its environments
    maintainer: MemberSummaryRep | None = None
    maintainer_team: Team | None = None


def represent_flag(state: FlagState, view: FlagView) -> FlagRep:
    """Show a flag with its targeting in those environments of the view that the state has."""
    flag = state.flag
    return FlagRep(
        name=flag.name,
        kind=flag.kind,
        description=flag.description,
        key=flag.key,
        version=flag.version,
        creation_date=flag.creation_date,
        include_in_snippet=flag.include_in_snippet,
        client_side_availability=_availability(flag),
        variations=_variations(flag),
        temporary=flag.temporary,
        tags=flag.tags,
        links=_links(view.project_key, flag.key),
        maintainer_id=flag.maintainer_id or UNSET,
        maintainer=view.maintainer or UNSET,
        maintainer_team_key=flag.maintainer_team_key or UNSET,
        maintainer_team=UNSET if view.maintainer_team is None else _team(view.maintainer_team),
        custom_properties=_properties(flag),
        archived=flag.archived,
        archived_date=UNSET if flag.archived_date is None else flag.archived_date,
        deprecated=flag.deprecated,
        deprecated_date=UNSET if flag.deprecated_date is None else flag.deprecated_date,
        defaults=_defaults(flag),
        purpose=flag.purpose or UNSET,
        migration_settings=_migration(flag) if view.migration_settings else UNSET,
        environments={
            environment.key: _targeting(flag, state.environments[environment.key], environment, view)
            for environment in view.environments
            if environment.key in state.environments
        },
    )


def _targeting(
    flag: Flag, targeting: Targeting, environment: EnvironmentView, view: FlagView
) -> TargetingRep:
    detailed = not view.summary
    indexes = flag.indexes
    off = targeting.off_variation_id
    users, targets = represent_targets(targeting, indexes) if detailed else (UNSET, UNSET)
    return TargetingRep(
        on=targeting.on,
        archived=flag.archived,
        salt=targeting.salt,
        sel=targeting.sel,
        last_modified=targeting.last_modified,
        version=targeting.version,
        targets=users,
        context_targets=targets,
        rules=represent_rules(targeting.rules, indexes) if detailed else UNSET,
        fallthrough=represent_serve(targeting.fallthrough, indexes) if detailed else UNSET,
        off_variation=indexes[off] if detailed and off is not None else UNSET,
        prerequisites=represent_prerequisites(targeting) if detailed else UNSET,
        site=site(view.project_key, environment.key, "features", flag.key),
        environment_name=environment.name,
        track_events=targeting.track_events,
        track_events_fallthrough=targeting.track_events_fallthrough,
        summary=summarise(flag, targeting),
        migration_settings=_check_ratio(targeting)
        if flag.is_migration and view.migration_settings
        else UNSET,
    )


def _team(team: Team) -> MaintainerTeamRep:
    return MaintainerTeamRep(key=team.key, name=team.name, links=team_links(team.key))


def _links(project_key: str, flag_key: str) -> Links:
    parent = f"/api/v2/flags/{project_key}"
    return {"parent": Link(parent), "self": Link(f"{parent}/{flag_key}")}


def _availability(flag: Flag) -> AvailabilityRep:
    held = flag.client_side_availability
    return AvailabilityRep(
        using_mobile_key=held.using_mobile_key, using_environment_id=held.using_environment_id
    )


def _variations(flag: Flag) -> tuple[VariationRep, ...]:
    return tuple(
        [
            VariationRep(
                id=variation.id,
                value=variation.value,
                name=variation.name or UNSET,
                description=variation.description or UNSET,
            )
            for variation in flag.variations
        ]
    )


def _properties(flag: Flag) -> dict[str, CustomPropertyRep]:
    return {
        key: CustomPropertyRep(name=held.name, value=held.values)
        for key, held in flag.custom_properties.items()
    }


def _defaults(flag: Flag) -> DefaultsRep:
    return DefaultsRep(
        on_variation=flag.indexes[flag.defaults.on_variation_id],
        off_variation=flag.indexes[flag.defaults.off_variation_id],
    )


def _migration(flag: Flag) -> MigrationSettingsRep | UnsetType:
    held = flag.migration_settings
    if held is None:
        return UNSET
    return MigrationSettingsRep(stage_count=held.stage_count, context_kind=held.context_kind or UNSET)


def _check_ratio(targeting: Targeting) -> CheckRatioRep:
    return CheckRatioRep(check_ratio=UNSET if targeting.check_ratio is None else targeting.check_ratio)
