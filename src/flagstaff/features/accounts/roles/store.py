"""Custom roles in the database."""

from collections.abc import Callable, Iterable, Sequence

from flagstaff.features.accounts.roles.model import Role
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.transaction import Transaction

ROLES = Documents(
    "custom_roles",
    Role,
    lambda role: {"id": role.id, "key": role.key, "name": role.name, "created": role.created},
    remembered=512,
)

# Who holds a role gives it up when the role is deleted: each says which documents change.
on_role_deleted: list[Callable[[Transaction, Role], Iterable[Write]]] = []


def get_role(tx: Transaction, name: str) -> Role:
    """The role with that key or id; raises NotFound."""
    role = find_role(tx, name)
    if role is None:
        raise NotFound(f"Unknown custom role {name[:100]!r}")
    return role


def find_role(tx: Transaction, name: str) -> Role | None:
    """The role with that key or, where no role has such a key, with that id."""
    return ROLES.find(tx, "key = :key", key=name) or ROLES.find(tx, "id = :id", id=name)


def list_roles(tx: Transaction) -> list[Role]:
    """Every custom role, oldest first."""
    return ROLES.list(tx, "TRUE ORDER BY created, key")


def list_roles_with(tx: Transaction, ids: Sequence[str]) -> list[Role]:
    """Those of the roles that there are, in the order of their ids."""
    found = (ROLES.find(tx, "id = :id", id=role_id) for role_id in ids)
    return [role for role in found if role is not None]


def save_role(tx: Transaction, before: Role | None, after: Role, entry: Entry) -> None:
    """Create or change a role; raises Conflict for a key or a name that another role has."""
    for column, value in (("key", after.key), ("name", after.name)):
        other = ROLES.find(tx, f"{column} = :value AND id <> :id", value=value, id=after.id)
        if other is not None:
            raise Conflict(f"A custom role with the {column} {value!r} already exists")
    save_change(tx, entry, [Write(ROLES, before, after)])


def delete_role(tx: Transaction, role: Role, entry: Entry) -> None:
    """Delete a role; whoever has it loses it in the same change."""
    given_up = [write for list_writes in on_role_deleted for write in list_writes(tx, role)]
    save_change(tx, entry, [Write(ROLES, role, None), *given_up])
