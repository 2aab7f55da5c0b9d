"""Storing a changed team: what it takes to change it, and what the audit log says."""

from collections.abc import Mapping

import msgspec

from flagstaff.features.accounts.lockouts import refuse_lockout
from flagstaff.features.accounts.roles.store import list_roles
from flagstaff.features.accounts.store import list_members
from flagstaff.features.accounts.teams import store
from flagstaff.features.accounts.teams.descriptions import describe_change
from flagstaff.features.accounts.teams.instructions import (
    UPDATE_GRANTS,
    UPDATE_MEMBERS,
    UPDATE_ROLES,
    TeamDraft,
)
from flagstaff.features.accounts.teams.model import Team
from flagstaff.http.call import Call
from flagstaff.storage.audit import Entry

ACTIONS: Mapping[str, str] = {
    "name": "updateTeamName",
    "description": "updateTeamDescription",
    "member_ids": UPDATE_MEMBERS,
    "roles": UPDATE_ROLES,
    "role_attributes": UPDATE_ROLES,
    "grants": UPDATE_GRANTS,
}


def draft_of(call: Call, team: Team) -> TeamDraft:
    """The team, with all members and custom roles that it may refer to."""
    roles = list_roles(call.tx)
    return TeamDraft(
        team=team,
        role_ids={name: role.id for role in roles for name in (role.id, role.key)},
        member_ids=frozenset(member.id for member in list_members(call.tx)),
    )


def save_changed(call: Call, before: Team, after: Team) -> Team:
    """Store a changed team under its next version; raises Forbidden unless the caller may change it so.

    Who gives others an action on a team must have it: a maintainer makes maintainers, and nothing more.
    """
    actions = dict.fromkeys(
        action for name, action in ACTIONS.items() if getattr(before, name) != getattr(after, name)
    )
    for action in (*actions, *_newly_granted(before, after)):
        call.require(action, before.resource)
    if not actions:
        return before
    after = msgspec.structs.replace(after, modified=call.tx.now, version=before.version + 1)
    names = {role.id: role.name for role in list_roles(call.tx)}
    description = describe_change(before, after, names)
    store.save_team(call.tx, before, after, describe(call, after, "updated", *actions, said=description))
    refuse_lockout(call, after.resource, actions)
    return after


def describe(call: Call, team: Team, verb: str, *actions: str, said: str = "") -> Entry:
    """What the audit log says of a change of a team."""
    return call.describe("team", team.name, f"{verb} the team", team.resource, *actions, description=said)


def require_granted(call: Call, before: Team | None, after: Team) -> None:
    """Raise Forbidden unless the caller may do what the team newly lets others do."""
    for action in _newly_granted(before, after):
        call.require(action, after.resource)


def _newly_granted(before: Team | None, after: Team) -> set[str]:
    held = () if before is None else before.grants
    return {action for grant in after.grants if grant not in held for action in grant.granted}
