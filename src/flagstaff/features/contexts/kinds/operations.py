"""Context kinds over REST: the handlers, then one row per operation."""

from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from flagstaff.features.contexts.kinds import store
from flagstaff.features.contexts.kinds.model import (
    USER,
    ContextKind,
    check_context_kind,
    check_kind_description,
    default_kind,
    kind_resource,
    seen_kind,
)
from flagstaff.features.contexts.kinds.represent import kind_links, kinds_path, represent_kind
from flagstaff.features.contexts.kinds.schemas import (
    ContextKindPut,
    ContextKindsRep,
    PutContextKindRep,
)
from flagstaff.features.projects.descriptions import describe_change
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.scope import project_of
from flagstaff.features.projects.store import PROJECTS
from flagstaff.http.call import Call
from flagstaff.http.operations import BY_CHANGE, Edge, Operation
from flagstaff.http.requests import Received
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest, StaleVersion
from flagstaff.kernel.ids import check_name
from flagstaff.kernel.links import Link
from flagstaff.storage.audit import Entry
from flagstaff.storage.transaction import Transaction

MANY = "/api/v2/projects/{projectKey}/context-kinds"
CREATE, UPDATE = "createContextKind", "updateContextKind"


def get_context_kinds_by_project_key(call: Call) -> ContextKindsRep:
    """List the context kinds of a project: `user`, those that were made, those that SDKs have sent."""
    project = project_of(call)
    items = [represent_kind(project, kind, seen) for kind, seen in store.list_kinds(call.tx, project)]
    return ContextKindsRep(items=items, links={"self": Link(kinds_path(project))})


def put_context_kind(call: Call) -> PutContextKindRep:
    """Make a context kind, or change what is said about it: the members that are given, the others stay."""
    project, key = project_of(call), check_context_kind(call.path["key"])
    stored = store.find_stored_kind(call.tx, project, key)
    before = stored or _find_unstored(project, key, call.prepared)
    action = CREATE if before is None else UPDATE
    call.require(action, kind_resource(project, key))
    after = _create(call, project, key) if before is None else _change(call.body, before)
    if after is not before:
        after = replace(after, id=after.id or call.tx.ids.object_id(), last_modified=call.tx.now)
        store.save_kind(call.tx, stored, after, _entry(call, project, before, after, action))
    return PutContextKindRep(status="success", links=kind_links(project, key))


async def prepare_first_seen(edge: Edge, received: Received) -> Millis | None:
    """When SDKs first sent the kind in the path, or None."""

    def find(tx: Transaction) -> Millis | None:
        project = PROJECTS.find(tx, "key = :key", key=received.path["projectKey"])
        seen = {} if project is None else store.list_seen(tx, project)
        return seen.get(received.path["key"], (None, None))[0]

    return await edge.database.read(find)


def _find_unstored(project: Project, key: str, first_seen: Millis | None) -> ContextKind | None:
    """A kind that exists although nobody has said anything about it."""
    if key == USER:
        return default_kind(project)
    return None if first_seen is None else seen_kind(project, key, first_seen)


def _create(call: Call, project: Project, key: str) -> ContextKind:
    version = 1 if call.body.version is UNSET else _check_version(call.body.version)
    now = call.tx.now
    said = _read_body(call.body)
    return ContextKind(
        id="", project_id=project.id, key=key, creation_date=now, last_modified=now, version=version, **said
    )


def _change(body: ContextKindPut, before: ContextKind) -> ContextKind:
    """The kind as the body wants it; the very same object if it is so already."""
    after = replace(before, **_read_body(body))
    if body.version is UNSET:
        return before if after == before else replace(after, version=before.version + 1)
    if body.version <= before.version:
        raise StaleVersion(f"The context kind has version {before.version}, and the new one must be greater")
    return replace(after, version=_check_version(body.version))


def _read_body(body: ContextKindPut) -> dict[str, Any]:
    said: dict[str, Any] = {"name": check_name(body.name, "context kind")}
    if body.description is not UNSET:
        said["description"] = check_kind_description(body.description)
    archived = _read_archived(body)
    if archived is not UNSET:
        said["archived"] = archived
    return said


def _read_archived(body: ContextKindPut) -> Any:
    """Two names for one setting: whoever gives both must mean the same."""
    if UNSET not in {body.archived, body.hide_in_targeting} and body.archived != body.hide_in_targeting:
        raise InvalidRequest("archived and hideInTargeting are one setting - at `$.hideInTargeting`")
    return body.hide_in_targeting if body.archived is UNSET else body.archived


def _check_version(version: int) -> int:
    if not 1 <= version < 2**31:
        raise InvalidRequest("a version must be from 1 to 2147483647 - at `$.version`")
    return version


def _entry(
    call: Call, project: Project, before: ContextKind | None, after: ContextKind, action: str
) -> Entry:
    verb = "created the context kind" if before is None else "updated the context kind"
    said = "" if before is None else describe_change(_said(before), _said(after))
    resource = kind_resource(project, after.key)
    return call.describe("context-kind", after.name, verb, resource, action, description=said)


def _said(kind: ContextKind) -> dict[str, Any]:
    return {"name": kind.name, "description": kind.description, "archived": kind.archived}


GROUP = "contexts"
OPERATIONS = (
    Operation(
        get_context_kinds_by_project_key,
        "GET",
        MANY,
        (GROUP, "list_context_kinds_by_project"),
        answer=ContextKindsRep,
    ),
    Operation(
        put_context_kind,
        "PUT",
        MANY + "/{key}",
        (GROUP, "create_or_update_kind"),
        BY_CHANGE,
        body=ContextKindPut,
        answer=PutContextKindRep,
        prepare=prepare_first_seen,
    ),
)
