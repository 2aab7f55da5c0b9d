"""Applications over REST: the handlers, then one row per operation."""

from typing import Any

from msgspec.structs import replace

from flagstaff.features.flags.store import list_flag_names
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.lists import ListQuery
from flagstaff.features.projects.store import list_projects
from flagstaff.features.usage.applications import listing, store
from flagstaff.features.usage.applications.model import (
    MOBILE,
    Application,
    Seen,
    application_resource,
    check_description,
    unsaid,
    unsaid_version,
)
from flagstaff.features.usage.applications.represent import (
    MANY,
    represent_application,
    represent_flag,
    represent_flags,
    represent_version,
)
from flagstaff.features.usage.applications.schemas import (
    ApplicationFields,
    ApplicationRep,
    ApplicationsQuery,
    ApplicationsRep,
    ApplicationVersionFields,
    ApplicationVersionRep,
    ApplicationVersionsRep,
    EvaluatedFlagsRep,
    ExpandQuery,
)
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, VIEW, Edge, Operation
from flagstaff.http.requests import Received
from flagstaff.kernel.descriptions import Wording, describe_change
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.kernel.patches import PatchFormat
from flagstaff.storage.audit import Entry
from flagstaff.storage.conditions import one_of
from flagstaff.storage.transaction import Transaction

ONE = MANY + "/{applicationKey}"
VERSIONS = ONE + "/versions"
VERSION = VERSIONS + "/{versionKey}"
PAGE, VERSIONS_PAGE = 10, 50
ACTIONS = {"description": "updateApplicationDescription", "kind": "updateApplicationKind"}
SUPPORT = "updateApplicationVersionSupport"
Found = tuple[dict[str, Seen], dict[str, Seen]]  # applications, and versions of the one in the path

WORDING = Wording(
    texts={"description": "description", "kind": "kind"},
    switches={"supported": ("Marked as supported", "Marked as not supported")},
)


def get_applications(call: Call) -> ApplicationsRep:
    """List the applications that SDKs have told of, by name, in pages of 10."""
    call.decided.add(VIEW)  # by `sees`, one by one
    seen, said = store.list_seen(call.tx), store.list_said(call.tx)
    known = {**{key: unsaid(one) for key, one in seen.items()}, **said}
    every = [
        represent_application(application, seen[key].name if key in seen else "")
        for key, application in known.items()
        if call.sees(application_resource(key))
    ]
    shown, total, links = listing.narrow(call, every, listing.APPLICATIONS, PAGE)
    if _expands(call):
        shown = [replace(rep, flags=_flags(call, rep.key)) for rep in shown]
    shown = [call.with_access(rep, application_resource(rep.key)) for rep in shown]
    return ApplicationsRep(items=shown, total_count=total, links=links)


def get_application(call: Call) -> ApplicationRep:
    """Show an application."""
    application, name = _application(call, (store.list_seen(call.tx), {}))
    flags = _flags(call, application.key) if _expands(call) else None
    shown = represent_application(application, name, flags)
    return call.with_access(shown, application_resource(application.key))


def patch_application(call: Call) -> ApplicationRep:
    """Change the description or the kind of an application."""
    before, name = _application(call, call.prepared)
    shown = represent_application(before, name)
    edited = edit_fields(shown, call.body, ApplicationFields)
    resource = application_resource(before.key)
    actions = [ACTIONS[member] for member in changed_fields(shown, edited)]
    for action in actions:
        call.require(action, resource)
    if not actions:
        return call.with_access(shown, resource)
    after = replace(
        before,
        id=before.id or call.tx.ids.object_id(),
        description=check_description(edited.description),
        kind=edited.kind,
        version=before.version + 1,
    )
    said = describe_change(before, after, WORDING)
    entry = _entry(call, "application", name or before.key, "updated the application", *actions, said=said)
    store.save_application(call.tx, before if before.id else None, after, entry)
    return call.with_access(represent_application(after, name), resource)


def delete_application(call: Call) -> None:
    """Delete an application with its versions. It comes back when an SDK tells of it again."""
    application, name = _application(call, call.prepared)
    call.require("deleteApplication", application_resource(application.key))
    name = name or application.key
    entry = _entry(call, "application", name, "deleted the application", "deleteApplication")
    store.delete_application(call.tx, application.key, entry)


def get_application_versions(call: Call) -> ApplicationVersionsRep:
    """List the versions of an application, by name, in pages of 50."""
    application, _ = _application(call, (store.list_seen(call.tx), {}))
    seen = store.list_seen_versions(call.tx, application.key)
    said = store.list_said_versions(call.tx, application.key)
    known = {**{key: unsaid_version(application.key, one) for key, one in seen.items()}, **said}
    every = [
        represent_version(version, seen[key].name if key in seen else "", application.kind)
        for key, version in known.items()
    ]
    shown, total, links = listing.narrow(call, every, listing.VERSIONS, VERSIONS_PAGE)
    shown = [call.with_access(rep, application_resource(application.key)) for rep in shown]
    return ApplicationVersionsRep(items=shown, total_count=total, links=links)


def patch_application_version(call: Call) -> ApplicationVersionRep:
    """Say whether a version of a mobile application is supported."""
    application, _ = _application(call, call.prepared)
    key = call.path["versionKey"]
    seen = call.prepared[1].get(key)
    stored = store.find_version(call.tx, application.key, key)
    before = stored or (unsaid_version(application.key, seen) if seen else None)
    if before is None:
        raise NotFound(f"Unknown version {key[:100]} of the application {application.key}")
    name = seen.name if seen else ""
    shown = represent_version(before, name, MOBILE)
    supported = edit_fields(shown, call.body, ApplicationVersionFields).supported in {True, "true"}
    if supported == before.supported:
        shown = represent_version(before, name, application.kind)
        return call.with_access(shown, application_resource(application.key))
    call.require(SUPPORT, application_resource(application.key))
    if application.kind != MOBILE:
        raise InvalidRequest("Only versions of mobile applications are supported or not - at `/supported`")
    identity = before.id or call.tx.ids.object_id()
    after = replace(before, id=identity, supported=supported, version=before.version + 1)
    verb, said = "updated the application version", describe_change(before, after, WORDING)
    entry = _entry(call, "application-version", name or key, verb, SUPPORT, said=said)
    store.save_version(call.tx, stored, after, entry)
    shown = represent_version(after, name, application.kind)
    return call.with_access(shown, application_resource(application.key))


def delete_application_version(call: Call) -> None:
    """Delete a version of an application. It comes back when an SDK tells of it again."""
    application, _ = _application(call, call.prepared)
    key, action = call.path["versionKey"], "deleteApplicationVersion"
    seen = call.prepared[1].get(key)
    if seen is None and store.find_version(call.tx, application.key, key) is None:
        raise NotFound(f"Unknown version {key[:100]} of the application {application.key}")
    call.require(action, application_resource(application.key))
    entry = _entry(call, "application-version", key, "deleted the application version", action)
    store.delete_version(call.tx, application.key, key, entry)


async def prepare_seen(edge: Edge, received: Received) -> Found:
    """What SDKs have told of the application in the path, which a write unit cannot ask for."""

    def find(tx: Transaction) -> Found:
        return store.list_seen(tx), store.list_seen_versions(tx, received.path["applicationKey"])

    return await edge.database.read(find)


def _application(call: Call, found: Found) -> tuple[Application, str]:
    """The application in the path, and the name that SDKs gave it; raises NotFound."""
    key = call.path["applicationKey"]
    seen = found[0].get(key)
    application = store.find_application(call.tx, key) or (unsaid(seen) if seen else None)
    call.decided.add(VIEW)
    if application is None or not call.sees(application_resource(key)):
        raise NotFound(f"Unknown application key {key[:100]}")
    return application, seen.name if seen else ""


def _expands(call: Call) -> bool:
    return "flags" in [word.strip() for word in call.query.expand.split(",")]


def _flags(call: Call, application_key: str) -> EvaluatedFlagsRep:
    """The flags that an application has evaluated, in the projects that the caller sees."""
    evaluated: dict[str, list[str]] = {}
    for environment_id, flag_key in store.list_flags_of(call.tx, application_key):
        evaluated.setdefault(environment_id, []).append(flag_key)
    shown: dict[tuple[str, str], Any] = {}
    for project in list_projects(call.tx):
        for environment in list_environments(call.tx, project):
            keys = evaluated.get(environment.id, [])
            if not keys or not call.sees(project.resource):
                continue
            for key, name in list_flag_names(call.tx, project, one_of("key", keys, "keys"), "key"):
                flag = represent_flag(project.key, environment.key, key, name)
                shown.setdefault((project.key, key), flag)
    return represent_flags(application_key, list(shown.values()))


def _entry(call: Call, kind: str, name: str, verb: str, *actions: str, said: str = "") -> Entry:
    resource = application_resource(call.path["applicationKey"]).text
    return Entry(
        kind=kind,
        name=name,
        title_verb=verb,
        description=said,
        accesses=tuple((action, resource) for action in actions),
        actor=call.actor,
    )


GROUP = "applications_beta"
PATCH: Any = {"patch": frozenset({PatchFormat.JSON}), "prepare": prepare_seen, "beta": True}
DELETE: Any = {"status": 204, "prepare": prepare_seen, "beta": True}
OPERATIONS = (
    Operation(
        get_applications,
        "GET",
        MANY,
        (GROUP, "list_applications"),
        query=ApplicationsQuery,
        answer=ApplicationsRep,
        beta=True,
    ),
    Operation(
        get_application,
        "GET",
        ONE,
        (GROUP, "get_application_by_key"),
        query=ExpandQuery,
        answer=ApplicationRep,
        beta=True,
    ),
    Operation(
        patch_application,
        "PATCH",
        ONE,
        (GROUP, "update_application_patch"),
        BY_CHANGE,
        answer=ApplicationRep,
        **PATCH,
    ),
    Operation(
        delete_application, "DELETE", ONE, (GROUP, "remove_application"), "deleteApplication", **DELETE
    ),
    Operation(
        get_application_versions,
        "GET",
        VERSIONS,
        (GROUP, "get_application_versions"),
        query=ListQuery,
        answer=ApplicationVersionsRep,
        beta=True,
    ),
    Operation(
        patch_application_version,
        "PATCH",
        VERSION,
        (GROUP, "update_version_patch"),
        BY_CHANGE,
        answer=ApplicationVersionRep,
        **PATCH,
    ),
    Operation(
        delete_application_version,
        "DELETE",
        VERSION,
        (GROUP, "remove_version"),
        "deleteApplicationVersion",
        **DELETE,
    ),
)
