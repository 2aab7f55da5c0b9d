"""Locking oneself out: whoever has signed in keeps the right to take back what they have just done.

Asked for after whatever changes what people may do (roles and teams); the owner may everything.
"""

from collections.abc import Callable, Iterable

from flagstaff.access.decision import Decision, decide
from flagstaff.access.specifiers import Resource
from flagstaff.http.call import Call
from flagstaff.kernel.errors import Forbidden
from flagstaff.storage.transaction import Transaction

# Filled by hooks.py: whether the member with that id may do something by now.
may_still: list[Callable[[Transaction, str, str, Resource], bool]] = []


def refuse_lockout(call: Call, resource: Resource, actions: Iterable[str]) -> None:
    """Raise Forbidden if the caller may no longer do one of these actions, by this very change."""
    caller = call.identity.caller
    if caller.kind != "member":
        return
    lost = [
        action
        for action in actions
        if decide(caller, action, resource) is Decision.ALLOWED
        and not all(may(call.tx, caller.member_id or "", action, resource) for may in may_still)
    ]
    if lost:
        reason = "This would lock you out: you could not take it back. Somebody else has to do it"
        raise Forbidden(reason, accesses=tuple((action, resource.text) for action in lost))
