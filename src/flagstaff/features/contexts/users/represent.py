"""Users as the REST API shows them."""

from urllib.parse import quote

import msgspec

from flagstaff.features.contexts.users.model import SeenUser, show_user
from flagstaff.features.contexts.users.schemas import UserJson, UserRecordRep
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.kernel.clock import show_moment
from flagstaff.kernel.links import Link, Links, site


def represent_user(
    project: Project, environment: Environment, owner_id: str, seen: SeenUser, sort_value: str | int | None
) -> UserRecordRep:
    """Show a user; in a list with the value that it is sorted by."""
    return UserRecordRep(
        last_ping=show_moment(seen.last_seen),
        environment_id=environment.id,
        owner_id=owner_id,
        user=msgspec.convert(show_user(seen.body, seen.redacted), UserJson),
        sort_value=msgspec.UNSET if sort_value is None else sort_value,
        links=_links(project, environment, quote(seen.key, safe="")),
    )


def _links(project: Project, environment: Environment, key: str) -> Links:
    parent = f"/api/v2/users/{project.key}/{environment.key}"
    return {
        "parent": Link(parent),
        "self": Link(f"{parent}/{key}"),
        "settings": Link(f"{parent}/{key}/flags", "text/html"),
        "site": site(project.key, environment.key, "users", key),
    }
