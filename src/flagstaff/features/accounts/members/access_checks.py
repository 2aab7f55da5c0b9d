"""What members may do by their roles: for a filter of the list, and lest somebody locks themself out."""

from flagstaff.access.decision import Decision, decide
from flagstaff.access.specifiers import InvalidSpecifier, Resource, parse_resource
from flagstaff.features.accounts.grants import caller_of_member
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.roles.model import Role
from flagstaff.features.accounts.store import find_member
from flagstaff.http.call import Call
from flagstaff.kernel.errors import Forbidden, InvalidRequest
from flagstaff.storage.transaction import Transaction


def may(tx: Transaction, member: Member, check: str) -> bool:
    """Whether a member may do that; raises InvalidRequest for what is not `<action>:<resource>`."""
    action, resource = _read(check)
    return decide(caller_of_member(tx, member), action, resource) is Decision.ALLOWED


def refuse_lockout(call: Call, role: Role, action: str) -> None:
    """Raise Forbidden if who has signed in may no longer do `action` to the role, by this very change."""
    caller = call.identity.caller
    member = find_member(call.tx, caller.member_id or "") if caller.kind == "member" else None
    if member is None or decide(caller, action, role.resource) is not Decision.ALLOWED:
        return
    if decide(caller_of_member(call.tx, member), action, role.resource) is not Decision.ALLOWED:
        reason = "This would lock you out: you could not take it back. Somebody else has to do it"
        raise Forbidden(reason, accesses=((action, role.resource.text),))


def _read(check: str) -> tuple[str, Resource]:
    action, colon, text = check.partition(":")
    if not (action and colon):
        raise InvalidRequest("filter: accessCheck takes <action>:<resource>")
    try:
        return action, parse_resource(text)
    except InvalidSpecifier as error:
        raise InvalidRequest(f"filter: accessCheck: {error}") from None
