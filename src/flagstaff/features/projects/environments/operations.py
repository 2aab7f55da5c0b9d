"""Environments over REST: the handlers, then one row per operation."""

from typing import Annotated, Any

import msgspec

from flagstaff.access.decision import Decision, decide
from flagstaff.features.projects.descriptions import describe_change
from flagstaff.features.projects.environments import store
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.represent import HIDDEN, represent_environment
from flagstaff.features.projects.environments.schemas import (
    EnvironmentFields,
    EnvironmentPost,
    EnvironmentRep,
    EnvironmentsRep,
)
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.projects.environments.store import KeyReset, Origin
from flagstaff.features.projects.lists import PROJECT_FILTERS, PROJECT_SORTS, ListQuery, narrow
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.scope import project_of
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.errors import InvalidRequest, StaleVersion
from flagstaff.kernel.ids import check_key, check_tags
from flagstaff.kernel.patches import JsonPatch, PatchFormat
from flagstaff.storage.credentials import MOBILE, SDK, current_secret
from flagstaff.storage.transaction import Transaction

MANY = "/api/v2/projects/{projectKey}/environments"
ONE = MANY + "/{environmentKey}"
RESERVED = {"copy", "dependent-flags"}  # path words that an environment key would shadow
ACTIONS = {
    "name": "updateName",
    "color": "updateColor",
    "defaultTtl": "updateTtl",
    "secureMode": "updateSecureMode",
    "defaultTrackEvents": "updateDefaultTrackEvents",
    "confirmChanges": "updateConfirmChanges",
    "requireComments": "updateRequireComments",
    "critical": "updateCritical",
    "tags": "updateTags",
}


class ExpiryQuery(msgspec.Struct, frozen=True):
    """When the key that is replaced stops working; without it, at once."""

    expiry: Annotated[int, msgspec.Meta(description="When, in milliseconds since 1970.")] = 0


def post_environment(call: Call) -> Environment:
    """Make an environment, empty or as a clone of another one of the project, with keys of its own."""
    project, body = project_of(call), call.body
    key, tags = check_key(body.key, "environment", 100), check_tags(body.tags)
    call.require("createEnvironment", project.resource.environment(key, tags, critical=body.critical))
    return add_environment(call, project, body)


def add_environment(call: Call, project: Project, body: EnvironmentPost) -> Environment:
    """Check and store a new environment of a project that may itself be new."""
    check_key(body.key, "environment", 100)
    if body.key in RESERVED:
        raise InvalidRequest(f"{body.key!r} is a reserved word and cannot be an environment key - at `$.key`")
    origin = Origin(project, make_environment(call.tx, project, body), _find_source(call, project, body))
    return store.create_environment(call.tx, origin, call.actor, call.installation.secret_key)


def make_environment(tx: Transaction, project: Project, body: EnvironmentPost) -> Environment:
    """A new environment, behind all others of its project, before it is stored."""
    members = {field: getattr(body, field) for field in EnvironmentFields.__struct_fields__}
    return Environment(
        **members | {"tags": check_tags(body.tags)},
        id=tx.ids.object_id(),
        key=body.key,
        project_id=project.id,
        position=store.next_position(tx, project),
        created=tx.now,
    )


def _find_source(call: Call, project: Project, body: EnvironmentPost) -> Environment | None:
    """The environment to clone, if the body names one."""
    if not body.source:
        return None
    source = store.find_environment(call.tx, project, body.source.key)
    if source is None:
        raise InvalidRequest(f"Unknown environment key {body.source.key[:100]!r} - at `$.source.key`")
    if body.source.version not in {None, source.version}:
        raise StaleVersion(f"The environment {source.key} is at version {source.version}")
    return source


def get_environment(call: Call) -> Environment:
    """Show one environment."""
    return environment_of(call)


def get_environments_by_project(call: Call) -> EnvironmentsRep:
    """List the environments of a project, in pages of 20 unless told otherwise."""
    project = project_of(call)
    found = narrow(
        call, store.list_environments(call.tx, project), PROJECT_FILTERS[1:], (*PROJECT_SORTS, "critical")
    )
    items = [represent(call, environment) for environment in found.items]
    return EnvironmentsRep(links=found.links, items=items, total_count=found.total)


def patch_environment(call: Call) -> Environment:
    """Change the members of an environment. Its keys are reset by operations of their own."""
    project, before = project_of(call), environment_of(call)
    _refuse_approvals(call.body)
    shown = represent(call, before)
    edited = edit_fields(shown, call.body, EnvironmentFields)
    edited = msgspec.structs.replace(edited, tags=check_tags(edited.tags))
    changed = changed_fields(shown, edited)
    if not changed:
        return before
    resource = before.resource(project)
    for name in changed:
        call.require(ACTIONS[name], resource)
    members = {field: getattr(edited, field) for field in EnvironmentFields.__struct_fields__}
    after = msgspec.structs.replace(before, **members, version=before.version + 1)
    said = describe_change(msgspec.to_builtins(shown), msgspec.to_builtins(edited))
    actions = [ACTIONS[name] for name in changed]
    verb = "updated the environment"
    entry = call.describe("environment", after.name, verb, resource, *actions, description=said)
    store.save_environment(call.tx, before, after, entry)
    return after


def _refuse_approvals(patch: JsonPatch) -> None:
    """Approvals are not part of this version; whoever asks for them must not believe they are on."""
    for index, operation in enumerate(patch.operations):
        if operation.path.split("/")[1:2] == ["approvalSettings"]:
            raise InvalidRequest(f"approvalSettings: approvals cannot be set up yet - at `[{index}].path`")


def delete_environment(call: Call) -> None:
    """Delete an environment: its flags' settings, its segments and its keys go with it."""
    project, environment = project_of(call), environment_of(call)
    call.require("deleteEnvironment", environment.resource(project))
    store.delete_environment(call.tx, project, environment, call.actor)


def reset_environment_sdk_key(call: Call) -> Environment:
    """Give the environment a new SDK key; the old one works until `expiry`, or stops at once."""
    project, environment = project_of(call), environment_of(call)
    call.require("updateApiKey", environment.resource(project))
    reset = KeyReset(SDK, call.actor, call.query.expiry)
    return store.reset_key(call.tx, project, environment, reset, call.installation.secret_key)


def reset_environment_mobile_key(call: Call) -> Environment:
    """Give the environment a new mobile key; the old one stops at once."""
    project, environment = project_of(call), environment_of(call)
    call.require("updateMobileKey", environment.resource(project))
    reset = KeyReset(MOBILE, call.actor)
    return store.reset_key(call.tx, project, environment, reset, call.installation.secret_key)


def represent(call: Call, environment: Environment, project: Project | None = None) -> EnvironmentRep:
    """The detailed form, with the keys if the caller may see them."""
    project = project or project_of(call)
    secret_key = call.installation.secret_key
    sees = decide(call.identity.caller, "viewSdkKey", environment.resource(project)) is Decision.ALLOWED

    def key(kind: str, ending: str) -> str:
        return current_secret(call.tx, environment.id, kind, secret_key) if sees else HIDDEN + ending

    return represent_environment(
        project,
        environment,
        key(SDK, environment.sdk_key_ending),
        key(MOBILE, environment.mobile_key_ending),
    )


JSON_PATCH = frozenset({PatchFormat.JSON})
GROUP = "environments"
SHOWN: Any = {"represent": represent, "answer": EnvironmentRep}
OPERATIONS = (
    Operation(
        get_environments_by_project,
        "GET",
        MANY,
        (GROUP, "list_environments"),
        query=ListQuery,
        answer=EnvironmentsRep,
    ),
    Operation(
        post_environment,
        "POST",
        MANY,
        (GROUP, "create_new_environment"),
        "createEnvironment",
        body=EnvironmentPost,
        status=201,
        **SHOWN,
    ),
    Operation(get_environment, "GET", ONE, (GROUP, "get_by_project_and_key"), **SHOWN),
    Operation(
        patch_environment,
        "PATCH",
        ONE,
        (GROUP, "update_environment_patch"),
        BY_CHANGE,
        patch=JSON_PATCH,
        **SHOWN,
    ),
    Operation(
        delete_environment,
        "DELETE",
        ONE,
        (GROUP, "remove_by_environment_key"),
        "deleteEnvironment",
        status=204,
    ),
    Operation(
        reset_environment_sdk_key,
        "POST",
        ONE + "/apiKey",
        (GROUP, "reset_sdk_key"),
        "updateApiKey",
        query=ExpiryQuery,
        **SHOWN,
    ),
    Operation(
        reset_environment_mobile_key,
        "POST",
        ONE + "/mobileKey",
        (GROUP, "reset_mobile_sdk_key"),
        "updateMobileKey",
        **SHOWN,
    ),
)
