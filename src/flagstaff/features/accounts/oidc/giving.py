"""What a provider of identities gives to those who sign in: names, and by their groups roles and teams.

The mapping is the whole truth about what it names, at each sign-in; what it does not name stays as it is.
"""

import msgspec

from flagstaff.features.accounts.links.store import end_links_of
from flagstaff.features.accounts.members.store import save_member
from flagstaff.features.accounts.model import OWNER, Member
from flagstaff.features.accounts.oidc.model import (
    ROLE,
    TEAM,
    OidcSettings,
    Person,
    keys_given,
    mapped_keys,
    role_given,
)
from flagstaff.features.accounts.roles.store import find_role
from flagstaff.features.accounts.teams.model import Team
from flagstaff.features.accounts.teams.store import find_team, save_team
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.transaction import Transaction


def give(tx: Transaction, before: Member, person: Person, settings: OidcSettings) -> Member:
    """The member with what the groups give now; signing in accepts an invitation that is still open."""
    end_links_of(tx, before)
    after = msgspec.structs.replace(
        before,
        role=_role(before, person, settings),
        custom_roles=_custom_roles(tx, before, person, settings),
        first_name=before.first_name or person.first_name,
        last_name=before.last_name or person.last_name,
        invited=False,
        verified=before.verified or (person.email_verified and person.email == before.email),
    )
    if after != before:
        after = msgspec.structs.replace(after, version=before.version + 1)
        actions = _list_actions(before, after) or ["updateMember"]
        save_member(tx, before, after, describe_sign_in(after, "updated", _told_by(settings), *actions))
    for key in sorted(mapped_keys(settings, TEAM)):
        team = find_team(tx, key)
        if team is not None:
            _place(tx, team, after, settings, belongs=key in keys_given(settings, person.groups, TEAM))
    return after


def describe_sign_in(member: Member, verb: str, description: str, *actions: str) -> Entry:
    """What the audit log says of a change that came with a sign-in."""
    return Entry(
        kind="member",
        name=member.id,
        title_verb=f"{verb} the member",
        description=description,
        accesses=tuple((action, member.resource.text) for action in actions),
        actor=Actor(member_id=member.id),
    )


def _role(member: Member, person: Person, settings: OidcSettings) -> str:
    """The owner stays the owner, whatever the provider says."""
    if member.role == OWNER:
        return OWNER
    return role_given(settings, person.groups) or member.role


def _custom_roles(tx: Transaction, member: Member, person: Person, settings: OidcSettings) -> tuple[str, ...]:
    ids = {key: role.id for key in mapped_keys(settings, ROLE) if (role := find_role(tx, key)) is not None}
    given = {ids[key] for key in keys_given(settings, person.groups, ROLE) if key in ids}
    kept = [role_id for role_id in member.custom_roles if role_id not in ids.values() or role_id in given]
    return (*kept, *sorted(given - set(kept)))


def _list_actions(before: Member, after: Member) -> list[str]:
    changed = {
        "updateRole": before.role != after.role,
        "updateCustomRole": before.custom_roles != after.custom_roles,
    }
    return [action for action, is_changed in changed.items() if is_changed]


def _place(tx: Transaction, before: Team, member: Member, settings: OidcSettings, *, belongs: bool) -> None:
    """Put the member into a team, or take the member out of it."""
    if (member.id in before.member_ids) is belongs:
        return
    others = tuple(one for one in before.member_ids if one != member.id)
    member_ids = (*others, member.id) if belongs else others
    after = msgspec.structs.replace(
        before, member_ids=member_ids, modified=tx.now, version=before.version + 1
    )
    entry = Entry(
        kind="team",
        name=before.name,
        title_verb="updated the team",
        description=_told_by(settings),
        accesses=(("updateTeamMembers", before.resource.text),),
        actor=Actor(member_id=member.id),
    )
    save_team(tx, before, after, entry)


def _told_by(settings: OidcSettings) -> str:
    return f"As {settings.name} says"
