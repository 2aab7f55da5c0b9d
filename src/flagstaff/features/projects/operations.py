"""Projects and their flag defaults over REST: the handlers, then one row per operation."""

from typing import Any

import msgspec
from msgspec import UNSET

from flagstaff.features.projects import flag_defaults, represent, store
from flagstaff.features.projects.changes import save_changed
from flagstaff.features.projects.descriptions import describe_change
from flagstaff.features.projects.environments import operations as environments
from flagstaff.features.projects.environments.schemas import (
    EnvironmentPost,
    EnvironmentRep,
    EnvironmentsRep,
)
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.lists import (
    PAGE,
    PROJECT_FILTERS,
    PROJECT_SORTS,
    ExpandQuery,
    ProjectListQuery,
    narrow,
)
from flagstaff.features.projects.model import ClientSideAvailability, FlagDefaults, Project
from flagstaff.features.projects.schemas import (
    ProjectFields,
    ProjectPost,
    ProjectRep,
    ProjectsRep,
    WholeProjectRep,
)
from flagstaff.features.projects.scope import project_of
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import check_key, check_tags
from flagstaff.kernel.paging import Page, page_links
from flagstaff.kernel.patches import PatchFormat
from flagstaff.kernel.versions import V20220603

MANY = "/api/v2/projects"
ONE = MANY + "/{projectKey}"
FIRST_ENVIRONMENTS = [
    EnvironmentPost(key="production", name="Production", color="417505"),
    EnvironmentPost(key="test", name="Test", color="F5A623"),
]
ACTIONS = {
    "name": "updateProjectName",
    "tags": "updateTags",
    "includeInSnippetByDefault": "updateIncludeInSnippetByDefault",
    "defaultClientSideAvailability": "updateDefaultClientSideAvailability",
}


def get_projects(call: Call) -> ProjectsRep:
    """List the projects that the caller may see, in pages of 20 unless told otherwise.

    Before version 20220603 all of them are answered when nothing else is said.
    """
    every = call.list_seen(store.list_projects(call.tx), lambda project: call.sees(project.resource))
    default = None if call.version < V20220603 else PAGE
    found = narrow(call, every, PROJECT_FILTERS, PROJECT_SORTS, default)
    items = [show(call, project) for project in found.items]
    return ProjectsRep(links=found.links, items=items, total_count=found.total)


def get_project(call: Call) -> Project:
    """Show one project."""
    return project_of(call)


def post_project(call: Call) -> Project:
    """Make a project, with the given environments or else `production` and `test`."""
    body: ProjectPost = call.body
    project = Project(
        id=call.tx.ids.object_id(),
        key=check_key(body.key, "project", 100),
        name=body.name,
        tags=check_tags(body.tags),
        flag_defaults=FlagDefaults(client_side_availability=_availability(body)),
        created=call.tx.now,
    )
    call.require("createProject", project.resource)
    posts = body.environments or FIRST_ENVIRONMENTS
    if len({post.key for post in posts}) < len(posts):
        raise InvalidRequest("Two environments have the same key - at `$.environments`")
    store.create_project(call.tx, project, call.actor)
    for post in posts:
        environments.add_environment(call, project, post)
    return project


def patch_project(call: Call) -> Project:
    """Change a project's name, tags, or what its new flags are available to."""
    before = project_of(call)
    shown = represent.represent_project(before)
    edited = edit_fields(shown, call.body, ProjectFields)
    edited = msgspec.structs.replace(edited, tags=check_tags(edited.tags))
    actions = tuple(ACTIONS[name] for name in changed_fields(shown, edited))
    for action in actions:
        call.require(action, before.resource)
    availability = _edited_availability(before, edited)
    defaults = msgspec.structs.replace(before.flag_defaults, client_side_availability=availability)
    after = msgspec.structs.replace(before, name=edited.name, tags=edited.tags, flag_defaults=defaults)
    return save_changed(call, before, after, actions, describe_change(_wire(before), _wire(after)))


def delete_project(call: Call) -> None:
    """Delete a project with its environments, flags and segments. The account's last one stays."""
    project = project_of(call)
    call.require("deleteProject", project.resource)
    store.delete_project(call.tx, project, call.actor)


def show(call: Call, project: Project) -> ProjectRep:
    """A project; since 20220603 its environments are shown only when they are expanded."""
    if call.version < V20220603:
        return show_whole(call, project)
    if "environments" not in [word.strip() for word in call.query.expand.split(",")]:
        return call.with_access(represent.represent_project(project), project.resource)
    every = list_environments(call.tx, project)
    page = Page(PAGE, 0)
    links = page_links(f"{represent.project_path(project)}/environments", (), len(every), page)
    items = [environments.represent(call, environment, project) for environment in every[: page.end]]
    shown = represent.represent_project(
        project, EnvironmentsRep(links=links, items=items, total_count=len(every))
    )
    return call.with_access(shown, project.resource)


def show_whole(call: Call, project: Project) -> ProjectRep:
    """A project with all its environments, as it is answered where one is made or changed."""
    shown = represent.represent_project(project, _every_environment(call, project))
    return call.with_access(shown, project.resource)


def _wire(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(represent.represent_project(project))
    return found


def _every_environment(call: Call, project: Project) -> list[EnvironmentRep]:
    return [
        environments.represent(call, environment, project)
        for environment in list_environments(call.tx, project)
    ]


def _availability(body: ProjectPost) -> ClientSideAvailability:
    if body.default_client_side_availability is not UNSET:
        return represent.read_availability(body.default_client_side_availability)
    return ClientSideAvailability(using_environment_id=body.include_in_snippet_by_default is True)


def _edited_availability(before: Project, edited: ProjectFields) -> ClientSideAvailability:
    """Two members show one setting: where a patch changes both, the newer one goes first."""
    availability = represent.read_availability(edited.default_client_side_availability)
    held = before.flag_defaults.client_side_availability
    if availability.using_environment_id != held.using_environment_id:
        return availability
    return msgspec.structs.replace(availability, using_environment_id=edited.include_in_snippet_by_default)


GROUP = "projects"
WHOLE: Any = {"represent": show_whole, "answer": WholeProjectRep}
JSON_PATCH = frozenset({PatchFormat.JSON})
OPERATIONS = (
    Operation(
        get_projects,
        "GET",
        MANY,
        (GROUP, "list_projects_default"),
        query=ProjectListQuery,
        answer=ProjectsRep,
    ),
    Operation(
        post_project,
        "POST",
        MANY,
        (GROUP, "create_new_project"),
        "createProject",
        body=ProjectPost,
        status=201,
        **WHOLE,
    ),
    Operation(
        get_project,
        "GET",
        ONE,
        (GROUP, "single_by_project_key"),
        query=ExpandQuery,
        represent=show,
        answer=ProjectRep,
    ),
    Operation(
        patch_project, "PATCH", ONE, (GROUP, "update_project_patch"), BY_CHANGE, patch=JSON_PATCH, **WHOLE
    ),
    Operation(delete_project, "DELETE", ONE, (GROUP, "delete_by_project_key"), "deleteProject", status=204),
    *flag_defaults.OPERATIONS,
)
