"""Webhooks: where changes are sent, which of them, and how each sending went."""

from collections.abc import Iterable

import msgspec

from flagstaff.access.policies import Policy, Statement
from flagstaff.access.rulings import find_ruling
from flagstaff.access.specifiers import Resource, parse_resource, top_resource
from flagstaff.kernel.clock import Millis

WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook. Its secret is kept apart; `is_signed` tells that there is one, `ending` its last digits.

    `notice` says why it was paused, where that was not done by a person.
    """

    id: str
    name: str = ""
    url: str
    on: bool
    statements: tuple[Statement, ...] = ()
    tags: tuple[str, ...] = ()
    is_signed: bool = False
    ending: str = ""
    notice: str = ""
    created: Millis
    version: int = 1

    @property
    def resource(self) -> Resource:
        """What policies call it."""
        return webhook_resource(self.id)

    @property
    def owner(self) -> str:
        """What its secret and its job belong to."""
        return f"webhook/{self.id}"

    def wants(self, accesses: Iterable[tuple[str, str]]) -> bool:
        """Whether a change with these accesses is sent: one of them is allowed, or nothing is asked for."""
        if not self.statements:
            return True
        policy = Policy(self.statements, "no_access", self.name)
        rulings = (find_ruling(policy, action, parse_resource(text)) for action, text in accesses)
        return any(ruling is not None and ruling.effect == "allow" for ruling in rulings)


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One change on its way to one webhook; repeated attempts keep its id. `status` 0 is no answer."""

    position: int
    id: str
    webhook_id: str
    entry_id: str
    replays: str = ""  # the delivery that it repeats
    created: Millis
    state: str = WAITING
    attempts: int = 0
    finished: Millis = 0
    status: int = 0
    error: str = ""


def webhook_resource(webhook_id: str) -> Resource:
    return top_resource("webhook", webhook_id)
