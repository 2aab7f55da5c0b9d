"""What members may do by their roles: for a filter of the list, and lest somebody locks themself out."""

from collections.abc import Callable

from flagstaff.access.decision import Decision, decide
from flagstaff.access.specifiers import InvalidSpecifier, Resource, parse_resource
from flagstaff.features.accounts.grants import caller_of_member
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.roles.model import Role
from flagstaff.features.accounts.store import find_member
from flagstaff.http.call import Call
from flagstaff.kernel.errors import Forbidden, InvalidRequest
from flagstaff.storage.transaction import Transaction

Check = tuple[str, Resource]
# Filled by hooks.py: a resource with the tags that it has today, on which policies depend.
find_tagged: list[Callable[[Transaction, Resource], Resource]] = []


def may(tx: Transaction, member: Member, check: Check) -> bool:
    """Whether a member may do that."""
    return decide(caller_of_member(tx, member), *check) is Decision.ALLOWED


def refuse_lockout(call: Call, role: Role, action: str) -> None:
    """Raise Forbidden if who has signed in may no longer do `action` to the role, by this very change."""
    caller = call.identity.caller
    member = find_member(call.tx, caller.member_id or "") if caller.kind == "member" else None
    if member is None or decide(caller, action, role.resource) is not Decision.ALLOWED:
        return
    if decide(caller_of_member(call.tx, member), action, role.resource) is not Decision.ALLOWED:
        reason = "This would lock you out: you could not take it back. Somebody else has to do it"
        raise Forbidden(reason, accesses=((action, role.resource.text),))


def read_check(tx: Transaction, check: str) -> Check:
    """An action and a resource; raises InvalidRequest for what is not `<action>:<resource>`."""
    action, colon, text = check.partition(":")
    if not (action and colon):
        raise InvalidRequest("filter: accessCheck takes <action>:<resource>")
    try:
        named = parse_resource(text)
    except InvalidSpecifier as error:
        raise InvalidRequest(f"filter: accessCheck: {error}") from None
    for find in find_tagged:
        named = find(tx, named)
    return action, named
