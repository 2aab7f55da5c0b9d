"""Custom roles over REST: the handlers, then one row per operation."""

from typing import Any

import msgspec

from flagstaff.features.accounts.lockouts import refuse_lockout
from flagstaff.features.accounts.policies import check_statements
from flagstaff.features.accounts.roles import store
from flagstaff.features.accounts.roles.descriptions import describe_change
from flagstaff.features.accounts.roles.model import Role, role_resource
from flagstaff.features.accounts.roles.represent import MANY, represent_role
from flagstaff.features.accounts.roles.schemas import RoleFields, RoleListQuery, RolePost, RoleRep, RolesRep
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.errors import NotFound
from flagstaff.kernel.ids import check_key
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.kernel.patches import PatchFormat
from flagstaff.kernel.versions import V20240415
from flagstaff.storage.audit import Entry

ONE = MANY + "/{customRoleKey}"
ACTIONS = {
    "name": "updateName",
    "description": "updateDescription",
    "policy": "updatePolicy",
    "basePermissions": "updateBasePermissions",
}


def get_custom_roles(call: Call) -> RolesRep:
    """List the custom roles, oldest first; since 20240415 in pages of 20."""
    seen = call.list_seen(store.list_roles(call.tx), lambda role: call.sees(role.resource))
    page = read_page(call.query.limit, call.query.offset, 20 if call.version >= V20240415 else None)
    items = [_represent(call, role) for role in seen[page.offset : page.end]]
    links = page_links(MANY, call.query_pairs, len(seen), page)
    return RolesRep(links=links, items=items)


def post_custom_role(call: Call) -> Role:
    """Make a custom role."""
    body: RolePost = call.body
    call.require("createRole", role_resource(body.key))
    role = Role(
        id=call.tx.ids.object_id(),
        key=check_key(body.key, "role"),
        name=body.name,
        description=body.description,
        statements=check_statements(body.policy),
        base=body.base_permissions,
        created=call.tx.now,
    )
    store.save_role(call.tx, None, role, _describe(call, role, "created", "createRole"))
    return role


def get_custom_role(call: Call) -> Role:
    """Show a custom role, by its key or its id."""
    return _role_of(call)


def patch_custom_role(call: Call) -> Role:
    """Change the name, the description, the policy or the base permissions of a custom role."""
    before = _role_of(call)
    shown = represent_role(before)
    edited = edit_fields(shown, call.body, RoleFields)
    changed = changed_fields(shown, edited)
    for name in changed:
        call.require(ACTIONS[name], before.resource)
    after = msgspec.structs.replace(
        before,
        name=edited.name,
        description=edited.description or "",
        statements=check_statements(edited.policy),
        base=edited.base_permissions,
    )
    if after == before:
        return before
    after = msgspec.structs.replace(after, version=before.version + 1)
    actions = [ACTIONS[name] for name in changed]
    said = describe_change(before, after)
    store.save_role(call.tx, before, after, _describe(call, after, "updated", *actions, description=said))
    refuse_lockout(call, after.resource, ["updatePolicy"])
    return after


def delete_custom_role(call: Call) -> None:
    """Delete a custom role: who has it keeps the other roles, or falls back to the built-in one."""
    role = _role_of(call)
    call.require("deleteRole", role.resource)
    store.delete_role(call.tx, role, _describe(call, role, "deleted", "deleteRole"))
    refuse_lockout(call, role.resource, ["createRole"])


def _role_of(call: Call) -> Role:
    role = store.get_role(call.tx, call.path["customRoleKey"])
    if not call.sees(role.resource):
        raise NotFound(f"Unknown custom role {call.path['customRoleKey'][:100]!r}")
    return role


def _describe(call: Call, role: Role, verb: str, *actions: str, description: str = "") -> Entry:
    verb = f"{verb} the role"
    return call.describe("role", role.name, verb, role.resource, *actions, description=description)


def _represent(call: Call, role: Role) -> RoleRep:
    return call.with_access(represent_role(role), role.resource)


GROUP = "custom_roles"
SHOWN: Any = {"represent": _represent, "answer": RoleRep}
OPERATIONS = (
    Operation(
        get_custom_roles, "GET", MANY, (GROUP, "list_custom_roles"), query=RoleListQuery, answer=RolesRep
    ),
    Operation(
        post_custom_role,
        "POST",
        MANY,
        (GROUP, "create_new_role"),
        "createRole",
        body=RolePost,
        status=201,
        **SHOWN,
    ),
    Operation(get_custom_role, "GET", ONE, (GROUP, "get_by_custom_key"), **SHOWN),
    Operation(
        patch_custom_role,
        "PATCH",
        ONE,
        (GROUP, "update_single_custom_role"),
        BY_CHANGE,
        patch=frozenset({PatchFormat.JSON, PatchFormat.MERGE}),
        **SHOWN,
    ),
    Operation(
        delete_custom_role, "DELETE", ONE, (GROUP, "delete_role_by_custom_key"), "deleteRole", status=204
    ),
)
