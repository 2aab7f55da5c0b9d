"""The filter `accessCheck` of members: who may do an action on a resource."""

from flagstaff.access.decision import Decision, decide
from flagstaff.access.specifiers import InvalidSpecifier, Resource, parse_resource
from flagstaff.features.accounts.grants import caller_of_member
from flagstaff.features.accounts.model import Member
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.storage.transaction import Transaction


def may(tx: Transaction, member: Member, check: str) -> bool:
    """Whether a member may do that; raises InvalidRequest for what is not `<action>:<resource>`."""
    action, resource = _read(check)
    return decide(caller_of_member(tx, member), action, resource) is Decision.ALLOWED


def _read(check: str) -> tuple[str, Resource]:
    action, colon, text = check.partition(":")
    if not (action and colon):
        raise InvalidRequest("filter: accessCheck takes <action>:<resource>")
    try:
        return action, parse_resource(text)
    except InvalidSpecifier as error:
        raise InvalidRequest(f"filter: accessCheck: {error}") from None
