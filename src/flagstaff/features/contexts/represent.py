"""Contexts as the REST API shows them."""

from urllib.parse import quote, urlencode

import msgspec
from msgspec import UNSET

from flagstaff.features.contexts.model import SeenContext, SeenInstance, show_body
from flagstaff.features.contexts.schemas import ContextRep, InstanceRep
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.kernel.clock import show_moment
from flagstaff.kernel.links import Link, Links, site


def environment_path(project: Project, environment: Environment) -> str:
    """Where an environment is shown."""
    return f"/api/v2/projects/{project.key}/environments/{environment.key}"


def represent_context(project: Project, environment: Environment, seen: SeenContext) -> ContextRep:
    """Show a context, with links to itself in its application and to its page."""
    place = f"{seen.kind}/{quote(seen.key, safe='')}"
    return ContextRep(
        last_seen=show_moment(seen.last_seen),
        application_id=seen.application_id or UNSET,
        context=show_body(seen.body, seen.redacted),
        associated_contexts=seen.associated,
        links=_links(project, environment, "contexts", place, seen.application_id)
        | {"site": site(project.key, environment.key, "contexts", seen.kind, quote(seen.key, safe=""))},
    )


def represent_instance(project: Project, environment: Environment, seen: SeenInstance) -> InstanceRep:
    """Show an instance, with links to itself in its application and to its page."""
    return InstanceRep(
        last_seen=show_moment(seen.last_seen),
        id=seen.id,
        application_id=seen.application_id or UNSET,
        anonymous_kinds=seen.anonymous_kinds or UNSET,
        context=show_body(seen.body, ()),
        links=_links(project, environment, "context-instances", seen.id, seen.application_id)
        | {"site": site(project.key, environment.key, "context-instances", seen.id)},
    )


def _links(
    project: Project, environment: Environment, collection: str, place: str, application_id: str
) -> Links:
    parent = environment_path(project, environment)
    path = f"{parent}/{collection}/{place}"
    if application_id:
        quoted = msgspec.json.encode(application_id).decode()
        path += "?" + urlencode({"filter": f"applicationId:{quoted}"})
    return {"parent": Link(parent), "self": Link(path)}
