"""Relay Proxy configurations: which environments a Relay Proxy may serve, and the key that it shows."""

from collections.abc import Iterable

import msgspec

from flagstaff.access.policies import Policy, Statement
from flagstaff.access.rulings import find_ruling
from flagstaff.access.specifiers import Resource, top_resource
from flagstaff.kernel.clock import Millis

ANY_ACTION = "*"  # policies of relays say which environments, not what may be done with them


class RelayConfiguration(msgspec.Struct, frozen=True, kw_only=True):
    """A configuration. Its keys are kept apart, as digests; here are the last digits of the current one."""

    id: str
    name: str
    statements: tuple[Statement, ...]
    key_ending: str
    creator_id: str = ""
    created: Millis
    modified: Millis
    version: int = 1

    @property
    def resource(self) -> Resource:
        """What policies call it."""
        return relay_resource(self.id)

    @property
    def policy(self) -> Policy:
        """The statements as one policy, without which nothing is allowed."""
        return Policy(self.statements, "no_access", self.name)


def relay_resource(relay_id: str) -> Resource:
    return top_resource("relay-proxy-config", relay_id)


def select_allowed(policy: Policy, environments: Iterable[Resource]) -> list[bool]:
    """Which of the environments the policy allows; a deny that matches goes before every allow."""
    rulings = (find_ruling(policy, ANY_ACTION, environment) for environment in environments)
    return [ruling is not None and ruling.effect == "allow" for ruling in rulings]
