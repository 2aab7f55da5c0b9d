"""Members in the database: with what is known of each, changed, and removed with all that is theirs."""

from collections.abc import Callable, Iterable

import msgspec

from flagstaff.features.accounts.members.model import NEVER, Person
from flagstaff.features.accounts.members.sightings import (
    find_sighting,
    forget_sighting,
    list_sightings,
)
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.roles.model import Role
from flagstaff.features.accounts.roles.store import list_roles
from flagstaff.features.accounts.store import (
    MEMBERS,
    find_member,
    find_member_by_email,
    forget_password,
    list_members,
)
from flagstaff.features.accounts.teams.model import Team
from flagstaff.features.accounts.teams.store import list_teams, list_teams_of
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Write
from flagstaff.storage.transaction import Transaction

# Filled by hooks.py: what ends with a member who is removed; each may say which documents change.
on_member_removed: list[Callable[[Transaction, Member], Iterable[Write] | None]] = []
# Filled by hooks.py: whether a member signs in with a second factor.
has_second_factor: list[Callable[[Transaction, str], bool]] = []


def get_member(tx: Transaction, member_id: str) -> Member:
    """The member with that id; raises NotFound."""
    member = find_member(tx, member_id)
    if member is None:
        raise NotFound(f"There is no member {member_id[:100]!r}")
    return member


def get_person(tx: Transaction, member_id: str) -> Person:
    """The member with that id, in context; raises NotFound."""
    member = get_member(tx, member_id)
    return Person(
        member=member,
        sighting=find_sighting(tx, member_id),
        teams=tuple(list_teams_of(tx, member_id)),
        role_keys=_keys(member, role_keys(tx)),
    )


def list_people(tx: Transaction) -> list[Person]:
    """Every member in context, in the order in which they were invited."""
    sightings, keys, teams = list_sightings(tx), role_keys(tx), _teams_by_member(tx)
    return [
        Person(
            member=member,
            sighting=sightings.get(member.id, NEVER),
            teams=tuple(teams.get(member.id, ())),
            role_keys=_keys(member, keys),
        )
        for member in list_members(tx)
    ]


def role_keys(tx: Transaction) -> dict[str, str]:
    """The keys of all custom roles, by their ids."""
    return {role.id: role.key for role in list_roles(tx)}


def role_names(tx: Transaction) -> dict[str, str]:
    """The names of all custom roles, by their ids."""
    return {role.id: role.name for role in list_roles(tx)}


def save_member(tx: Transaction, before: Member | None, after: Member, entry: Entry) -> None:
    """Create or change a member; raises Conflict for an address that another has."""
    other = find_member_by_email(tx, after.email)
    if other is not None and other.id != after.id:
        raise Conflict("Another member has this e-mail address")
    save_change(tx, entry, [Write(MEMBERS, before, after)])


def remove_member(tx: Transaction, member: Member, entry: Entry) -> None:
    """Remove a member with tokens, password and places in teams; what refers to them then names nobody."""
    ended = [write for end in on_member_removed for write in end(tx, member) or ()]
    forget_password(tx, member)
    forget_sighting(tx, member.id)
    save_change(tx, entry, [Write(MEMBERS, member, None), *ended])


def give_up_role(tx: Transaction, role: Role) -> list[Write]:
    """The writes by which every member loses a role that is being deleted."""
    return [
        Write(MEMBERS, member, _without(member, role))
        for member in list_members(tx)
        if role.id in member.custom_roles
    ]


def uses_second_factor(tx: Transaction, member_id: str) -> bool:
    return any(ask(tx, member_id) for ask in has_second_factor)


def _teams_by_member(tx: Transaction) -> dict[str, list[Team]]:
    found: dict[str, list[Team]] = {}
    for team in list_teams(tx):
        for member_id in team.concerned:
            found.setdefault(member_id, []).append(team)
    return found


def _keys(member: Member, keys: dict[str, str]) -> tuple[str, ...]:
    return tuple(keys[role_id] for role_id in member.custom_roles if role_id in keys)


def _without(member: Member, role: Role) -> Member:
    left = tuple(held for held in member.custom_roles if held != role.id)
    return msgspec.structs.replace(member, custom_roles=left, version=member.version + 1)
