"""Environments from model to wire."""

from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.schemas import EnvironmentRep
from flagstaff.features.projects.model import Project
from flagstaff.kernel.links import Link

HIDDEN = "****"


def environment_path(project: Project, environment: Environment) -> str:
    return f"/api/v2/projects/{project.key}/environments/{environment.key}"


def represent_environment(
    project: Project, environment: Environment, api_key: str, mobile_key: str
) -> EnvironmentRep:
    """The detailed form; the keys are given by whoever may read them."""
    return EnvironmentRep(
        links={"self": Link(environment_path(project, environment))},
        id=environment.id,
        key=environment.key,
        name=environment.name,
        api_key=api_key,
        mobile_key=mobile_key,
        color=environment.color,
        default_ttl=environment.default_ttl,
        secure_mode=environment.secure_mode,
        default_track_events=environment.default_track_events,
        require_comments=environment.require_comments,
        confirm_changes=environment.confirm_changes,
        tags=environment.tags,
        critical=environment.critical,
        version=environment.version,
    )
