"""What members may do by their roles: for a filter of the list, and lest somebody locks themself out."""

from collections.abc import Callable

from flagstaff.access.decision import Decision, decide
from flagstaff.access.specifiers import InvalidSpecifier, Resource, parse_resource
from flagstaff.features.accounts.grants import caller_of_member
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.store import find_member
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.storage.transaction import Transaction

Check = tuple[str, Resource]
# Filled by hooks.py: a resource with the tags that it has today, on which policies depend.
find_tagged: list[Callable[[Transaction, Resource], Resource]] = []


def may(tx: Transaction, member: Member, check: Check) -> bool:
    """Whether a member may do that."""
    return decide(caller_of_member(tx, member), *check) is Decision.ALLOWED


def may_by_now(tx: Transaction, member_id: str, action: str, resource: Resource) -> bool:
    """The same of whoever has that id, after everything that this very unit has changed."""
    member = find_member(tx, member_id)
    return member is not None and may(tx, member, (action, resource))


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
