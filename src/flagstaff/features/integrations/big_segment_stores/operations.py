"""Persistent store integrations over REST: the handlers, then one row per operation."""

from ipaddress import ip_address

from msgspec import UNSET
from msgspec.structs import replace

from flagstaff.features.integrations.big_segment_stores import store as stores
from flagstaff.features.integrations.big_segment_stores.model import (
    FRESH,
    REDIS,
    BigSegmentStore,
    RedisConfig,
    check_integration,
    read_config,
)
from flagstaff.features.integrations.big_segment_stores.represent import EVERY, represent_store
from flagstaff.features.integrations.big_segment_stores.schemas import (
    BigSegmentStoreFields,
    BigSegmentStorePost,
    BigSegmentStoreRep,
    BigSegmentStoresRep,
    StoreErrorRep,
    StoreStatusRep,
)
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.projects.environments.store import ENVIRONMENTS
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.scope import project_of
from flagstaff.features.projects.store import list_projects
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, VIEW, Operation
from flagstaff.http.outgoing import SETTING
from flagstaff.kernel.descriptions import TAGS, Wording, describe_change
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.kernel.ids import check_tags
from flagstaff.kernel.links import Link
from flagstaff.kernel.patches import PatchFormat
from flagstaff.storage.audit import Entry

MANY = EVERY + "/{projectKey}/{environmentKey}/{integrationKey}"
ONE = MANY + "/{integrationId}"
ACTIONS = {
    "name": "updateName",
    "on": "updateOn",
    "tags": "updateConfiguration",
    "config": "updateConfiguration",
}
LONGEST_NAME = 256

WORDING = Wording(
    texts={
        "name": "name",
        "config.host": "host",
        "config.port": "port",
        "config.username": "user name",
        "config.prefix": "prefix",
    },
    switches={"on": ("Turned on", "Turned off"), "config.tls": ("Turned on TLS", "Turned off TLS")},
    lists=TAGS,
    unshown={"config.password_mask": "password"},
)


def get_big_segment_store_integrations(call: Call) -> BigSegmentStoresRep:
    """List the persistent stores of every environment that the caller may see."""
    call.decided.add(VIEW)  # by `sees`, project for project
    projects = {one.id: one for one in list_projects(call.tx) if call.sees(one.resource)}
    items = []
    for found in stores.list_stores(call.tx):
        project = projects.get(found.project_id)
        environment = ENVIRONMENTS.find(call.tx, "id = :id", id=found.environment_id)
        if project is not None and environment is not None and call.sees(found.resource):
            items.append(_represent(call, project, environment, found))
    return BigSegmentStoresRep({"self": Link(EVERY)}, items)


def create_big_segment_store_integration(call: Call) -> BigSegmentStoreRep:
    """Have the big segments of an environment written to a Redis of yours, where server-side SDKs read them.

    SDKs must be told the `prefix`: the client-side ID of the environment unless another one is given.
    """
    project, environment, body = project_of(call), environment_of(call), call.body
    check_integration(call.path["integrationKey"])
    config, password = read_config(body.config, environment.id)
    _refuse_private(call, config)
    made = BigSegmentStore(
        id=call.tx.ids.object_id(),
        project_id=project.id,
        environment_id=environment.id,
        name=_check_name(body.name or f"{environment.name} {REDIS}"),
        on=body.on,
        tags=check_tags(body.tags),
        config=config,
        created=call.tx.now,
    )
    call.require("createIntegration", made.resource)
    entry = _describe(call, made, "created", "createIntegration")
    stores.save_store(call.tx, None, made, password, call.installation.secret_key, entry=entry)
    return _represent(call, project, environment, made)


def get_big_segment_store_integration(call: Call) -> BigSegmentStoreRep:
    """Show one persistent store, and how it fares."""
    return _represent(call, project_of(call), environment_of(call), _find(call))


def patch_big_segment_store_integration(call: Call) -> BigSegmentStoreRep:
    """Change a persistent store by JSON patch."""
    project, environment, before = project_of(call), environment_of(call), _find(call)
    shown = _represent(call, project, environment, before)
    fields = edit_fields(shown, call.body, BigSegmentStoreFields)
    changed = changed_fields(shown, fields)
    actions = tuple(dict.fromkeys(ACTIONS[name] for name in changed))
    for action in actions:
        call.require(action, before.resource)
    config, password = read_config(fields.config, environment.id)
    _refuse_private(call, config)
    after = replace(
        before,
        name=_check_name(fields.name),
        on=fields.on,
        tags=check_tags(fields.tags),
        config=config,
        version=before.version + 1,
    )
    if changed:
        said = describe_change(before, after, WORDING) or "- Changed the password"
        entry = _describe(call, after, "updated", *actions, said=said)
        stores.save_store(call.tx, before, after, password, call.installation.secret_key, entry=entry)
    return _represent(call, project, environment, after if changed else before)


def delete_big_segment_store_integration(call: Call) -> None:
    """Write to a persistent store no more; what it holds stays there."""
    project_of(call)
    found = _find(call)
    call.require("deleteIntegration", found.resource)
    entry = _describe(call, found, "deleted", "deleteIntegration")
    stores.delete_store(call.tx, found, entry)


def _find(call: Call) -> BigSegmentStore:
    if call.path["integrationKey"] != REDIS:
        raise NotFound("Unknown integration")
    found = stores.get_store(call.tx, environment_of(call), call.path["integrationId"])
    if not call.sees(found.resource):
        raise NotFound(f"Unknown persistent store {found.id!r}")
    return found


def _refuse_private(call: Call, config: RedisConfig) -> None:
    """An address can be judged at once; a name is looked up when it is called."""
    try:
        ip_address(config.host)
    except ValueError:
        return
    if not call.installation.allowed_networks.permits(config.host, config.port, config.host):
        raise InvalidRequest(
            f"{config.host} is not a public address; {SETTING} can allow it - at `$.config.host`"
        )


def _check_name(name: str) -> str:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InvalidRequest(f"the name must have 1 to {LONGEST_NAME} characters - at `$.name`")
    return name


def _represent(
    call: Call, project: Project, environment: Environment, found: BigSegmentStore
) -> BigSegmentStoreRep:
    shown = represent_store(project, environment, found, _represent_status(call, found))
    return call.with_access(shown, found.resource)


def _represent_status(call: Call, found: BigSegmentStore) -> StoreStatusRep:
    status = stores.find_status(call.tx, found.id)
    if not status.last_sync and not status.errors:
        return StoreStatusRep()
    fresh = found.on and status.last_sync > 0 and call.tx.now - status.last_sync <= FRESH
    return StoreStatusRep(
        available=fresh and status.last_error <= status.last_sync,
        potentially_stale=not fresh,
        last_sync=status.last_sync or UNSET,
        last_error=status.last_error or UNSET,
        errors=[StoreErrorRep(one.message, one.timestamp) for one in status.errors],
    )


def _describe(call: Call, found: BigSegmentStore, verb: str, *actions: str, said: str = "") -> Entry:
    verb = f"{verb} the persistent store"
    return call.describe("integration", found.name, verb, found.resource, *actions, description=said)


GROUP = "integrations_beta"
OPERATIONS = (
    Operation(
        get_big_segment_store_integrations,
        "GET",
        EVERY,
        (GROUP, "list_big_segment_store_integrations"),
        errors=(404,),
        answer=BigSegmentStoresRep,
        beta=True,
    ),
    Operation(
        create_big_segment_store_integration,
        "POST",
        MANY,
        (GROUP, "create_persistent_store_integration"),
        "createIntegration",
        body=BigSegmentStorePost,
        answer=BigSegmentStoreRep,
        status=201,
        beta=True,
    ),
    Operation(
        get_big_segment_store_integration,
        "GET",
        ONE,
        (GROUP, "get_big_segment_store_integration_by_id"),
        answer=BigSegmentStoreRep,
        beta=True,
    ),
    Operation(
        patch_big_segment_store_integration,
        "PATCH",
        ONE,
        (GROUP, "update_big_segment_store"),
        BY_CHANGE,
        patch=frozenset({PatchFormat.JSON}),
        unlogged=frozenset({"config"}),
        answer=BigSegmentStoreRep,
        beta=True,
    ),
    Operation(
        delete_big_segment_store_integration,
        "DELETE",
        ONE,
        (GROUP, "delete_big_segment_store_integration"),
        "deleteIntegration",
        status=204,
        beta=True,
    ),
)
