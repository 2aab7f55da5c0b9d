"""Projects and their flag defaults from model to wire."""

from msgspec import UNSET, UnsetType

from flagstaff.features.projects.environments.schemas import EnvironmentRep, EnvironmentsRep
from flagstaff.features.projects.model import BooleanDefaults, ClientSideAvailability, FlagDefaults, Project
from flagstaff.features.projects.schemas import (
    BooleanDefaultsRep,
    DefaultAvailabilityRep,
    FlagDefaultsFields,
    FlagDefaultsRep,
    ProjectRep,
)
from flagstaff.kernel.links import Link


def project_path(project: Project) -> str:
    return f"/api/v2/projects/{project.key}"


def represent_project(
    project: Project, environments: EnvironmentsRep | list[EnvironmentRep] | UnsetType = UNSET
) -> ProjectRep:
    """A project, with its environments where the caller is given them."""
    availability = project.flag_defaults.client_side_availability
    path = project_path(project)
    return ProjectRep(
        links={"self": Link(path), "environments": Link(f"{path}/environments")},
        id=project.id,
        key=project.key,
        name=project.name,
        tags=project.tags,
        include_in_snippet_by_default=availability.using_environment_id,
        default_client_side_availability=represent_availability(availability),
        environments=environments,
    )


def represent_availability(availability: ClientSideAvailability) -> DefaultAvailabilityRep:
    return DefaultAvailabilityRep(
        using_environment_id=availability.using_environment_id, using_mobile_key=availability.using_mobile_key
    )


def represent_flag_defaults(project: Project) -> FlagDefaultsRep:
    """The flag defaults of a project."""
    defaults = project.flag_defaults
    boolean = defaults.boolean_defaults
    return FlagDefaultsRep(
        links={"self": Link(f"{project_path(project)}/flag-defaults"), "parent": Link(project_path(project))},
        tags=defaults.tags,
        temporary=defaults.temporary,
        boolean_defaults=BooleanDefaultsRep(
            **{name: getattr(boolean, name) for name in boolean.__struct_fields__}
        ),
        default_client_side_availability=represent_availability(defaults.client_side_availability),
    )


def read_availability(rep: DefaultAvailabilityRep) -> ClientSideAvailability:
    """From wire to model."""
    return ClientSideAvailability(
        using_mobile_key=rep.using_mobile_key, using_environment_id=rep.using_environment_id
    )


def read_boolean_defaults(rep: BooleanDefaultsRep) -> BooleanDefaults:
    """From wire to model."""
    return BooleanDefaults(**{name: getattr(rep, name) for name in rep.__struct_fields__})


def read_flag_defaults(rep: FlagDefaultsFields, tags: tuple[str, ...]) -> FlagDefaults:
    """From wire to model; `tags` are the checked ones."""
    return FlagDefaults(
        tags=tags,
        temporary=rep.temporary,
        boolean_defaults=read_boolean_defaults(rep.boolean_defaults),
        client_side_availability=read_availability(rep.default_client_side_availability),
    )
