"""Custom roles: policies with a name, which members, teams and tokens are given."""

from typing import Literal

import msgspec

from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import Resource, top_resource
from flagstaff.kernel.clock import Millis

Base = Literal["reader", "no_access"]


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A custom role. `base` is what its holders may do where no statement speaks."""

    id: str
    key: str
    name: str
    description: str = ""
    statements: tuple[Statement, ...]
    base: Base = "reader"
    created: Millis
    version: int = 1

    @property
    def resource(self) -> Resource:
        """What policies call it."""
        return role_resource(self.key)

    @property
    def policy(self) -> Policy:
        """What it lets its holders do."""
        return Policy(self.statements, self.base, self.name)


def role_resource(key: str) -> Resource:
    return top_resource("role", key)
