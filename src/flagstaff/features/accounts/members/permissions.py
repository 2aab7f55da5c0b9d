"""What it takes to change a member's roles: an action on the member or, for custom roles, on those roles."""

from flagstaff.access.decision import Decision, decide
from flagstaff.access.specifiers import Resource
from flagstaff.features.accounts.members.store import role_keys
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.roles.model import role_resource
from flagstaff.http.call import Call

ASSIGN = "updateCustomRole"
ASSIGN_OF_ROLE = "updateMembers"  # the same, from the side of the role


def may_change(call: Call, action: str, before: Member, after: Member) -> bool:
    """Whether the caller may do `action` to the member, which turns `before` into `after`."""
    call.decided.add(action)
    if _is_allowed(call, action, before.resource):
        return True
    if action != ASSIGN or not call.sees(before.resource):
        return False
    touched, keys = set(before.custom_roles) ^ set(after.custom_roles), role_keys(call.tx)
    resources = [role_resource(keys[role_id]) for role_id in touched if role_id in keys]
    return bool(resources) and all(_is_allowed(call, ASSIGN_OF_ROLE, resource) for resource in resources)


def _is_allowed(call: Call, action: str, resource: Resource) -> bool:
    return decide(call.identity.caller, action, resource) is Decision.ALLOWED
