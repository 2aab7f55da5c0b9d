"""Custom roles from model to wire."""

from msgspec import UNSET

from flagstaff.features.accounts.roles.model import Role
from flagstaff.features.accounts.roles.schemas import RoleRep
from flagstaff.kernel.links import Link

MANY = "/api/v2/roles"


def represent_role(role: Role) -> RoleRep:
    return RoleRep(
        links={"self": Link(f"{MANY}/{role.key}"), "parent": Link(MANY)},
        id=role.id,
        key=role.key,
        name=role.name,
        description=role.description or UNSET,
        policy=role.statements,
        base_permissions=role.base,
    )
