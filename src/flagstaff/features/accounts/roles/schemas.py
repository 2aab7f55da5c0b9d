"""Custom roles on the wire: what a caller sends and gets."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.checks import Checked
from flagstaff.access.policies import Statement
from flagstaff.features.accounts.policies import Statements
from flagstaff.features.accounts.roles.model import Base
from flagstaff.kernel.links import Links

Name = Annotated[str, Meta(min_length=1, max_length=256)]
Description = Annotated[str, Meta(max_length=4_096)]


class RoleListQuery(Struct, frozen=True):
    """Which part of the list to answer."""

    limit: int | None = None
    offset: int | None = None


class RolePost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """A new custom role."""

    key: str
    name: Name
    description: Description = ""
    policy: Statements
    base_permissions: Base = "reader"


class RoleFields(Struct, frozen=True, rename="camel", kw_only=True):
    """The members of a custom role that a patch may change; the description may be removed."""

    name: Name
    description: Description | None = None
    policy: Statements
    base_permissions: Base


class RoleRep(Checked, frozen=True, rename="camel", kw_only=True):
    """A custom role."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    key: str
    name: str
    description: str | UnsetType = UNSET
    policy: tuple[Statement, ...]
    base_permissions: Base


class RolesRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of custom roles."""

    links: Links = field(name="_links")
    items: list[RoleRep]
