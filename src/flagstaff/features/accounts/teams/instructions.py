"""Changes of one team: a pure function for each kind of instruction."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from flagstaff.access.actions import RESOURCE_TYPES
from flagstaff.features.accounts.teams.model import Grant, Team, TeamRole
from flagstaff.features.accounts.teams.schemas import (
    Actions,
    ActionSet,
    AttributeName,
    AttributeValues,
    Description,
    MemberIds,
    Name,
    RoleAttributes,
    RoleKeys,
)
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit, Vocabulary

UPDATE_MEMBERS, UPDATE_ROLES = "updateTeamMembers", "updateTeamCustomRoles"
UPDATE_GRANTS = "updateTeamPermissionGrants"
KNOWN_ACTIONS = RESOURCE_TYPES["team"].actions


class TeamDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A team while it is changed, and whom and what it may refer to."""

    team: Team
    role_ids: Mapping[str, str]  # of custom roles, by key and by id
    member_ids: frozenset[str]  # of everybody in the account

    def change(self, **members: Any) -> "TeamDraft":
        return msgspec.structs.replace(self, team=msgspec.structs.replace(self.team, **members))

    def check_members(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids, each once; raises InvalidRequest for one that nobody has."""
        unique = tuple(dict.fromkeys(ids))
        for member_id in unique:
            if member_id not in self.member_ids:
                raise InvalidRequest(f"unknown member {member_id[:80]!r}")
        return unique

    def find_roles(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of custom roles; raises InvalidRequest for one that there is not."""
        for name in names:
            if name not in self.role_ids:
                raise InvalidRequest(f"unknown custom role {name[:80]!r}")
        return tuple(dict.fromkeys(self.role_ids[name] for name in names))


TEAM: Vocabulary[TeamDraft] = Vocabulary("team", {"member_ids": "memberIDs"}, has_environments=False)


@TEAM.kind("updateName", action="updateTeamName")
def update_name(draft: TeamDraft, _: Edit, *, value: Name) -> TeamDraft:
    return draft.change(name=value)


@TEAM.kind("updateDescription", action="updateTeamDescription")
def update_description(draft: TeamDraft, _: Edit, *, value: Description) -> TeamDraft:
    return draft.change(description=value)


@TEAM.kind("addMembers", action=UPDATE_MEMBERS)
def add_members(draft: TeamDraft, _: Edit, *, values: MemberIds) -> TeamDraft:
    added = draft.check_members(values)
    return draft.change(member_ids=tuple(dict.fromkeys((*draft.team.member_ids, *added))))


@TEAM.kind("removeMembers", action=UPDATE_MEMBERS)
def remove_members(draft: TeamDraft, _: Edit, *, values: MemberIds) -> TeamDraft:
    gone = set(values)
    return draft.change(member_ids=tuple(one for one in draft.team.member_ids if one not in gone))


@TEAM.kind("replaceMembers", action=UPDATE_MEMBERS)
def replace_members(draft: TeamDraft, _: Edit, *, values: MemberIds) -> TeamDraft:
    wanted = draft.check_members(values)
    same = set(wanted) == set(draft.team.member_ids)
    return draft if same else draft.change(member_ids=wanted)


@TEAM.kind("addCustomRoles", action=UPDATE_ROLES)
def add_custom_roles(draft: TeamDraft, edit: Edit, *, values: RoleKeys) -> TeamDraft:
    held = {role.role_id for role in draft.team.roles}
    added = (TeamRole(role_id, edit.now) for role_id in draft.find_roles(values) if role_id not in held)
    return draft.change(roles=(*draft.team.roles, *added))


@TEAM.kind("removeCustomRoles", action=UPDATE_ROLES)
def remove_custom_roles(draft: TeamDraft, _: Edit, *, values: RoleKeys) -> TeamDraft:
    gone = set(draft.find_roles(values))
    return draft.change(roles=tuple(role for role in draft.team.roles if role.role_id not in gone))


@TEAM.kind("addPermissionGrants", action=UPDATE_GRANTS)
def add_permission_grants(
    draft: TeamDraft,
    _: Edit,
    *,
    action_set: ActionSet | None = None,
    actions: Actions = (),
    member_ids: MemberIds,
) -> TeamDraft:
    given = make_grant(action_set, actions, draft.check_members(member_ids))
    held, others = _split(draft.team, given)
    both = tuple(dict.fromkeys((*(held.member_ids if held else ()), *given.member_ids)))
    joined = msgspec.structs.replace(given, member_ids=both)
    return draft.change(grants=(*others, joined)) if both and joined != held else draft


@TEAM.kind("removePermissionGrants", action=UPDATE_GRANTS)
def remove_permission_grants(
    draft: TeamDraft,
    _: Edit,
    *,
    action_set: ActionSet | None = None,
    actions: Actions = (),
    member_ids: MemberIds,
) -> TeamDraft:
    taken = make_grant(action_set, actions, tuple(member_ids))
    held, others = _split(draft.team, taken)
    if held is None:
        raise InvalidRequest("the team has no permission grant of just these actions")
    left = tuple(one for one in held.member_ids if one not in set(member_ids))
    if left == held.member_ids:
        return draft
    return draft.change(grants=(*others, msgspec.structs.replace(held, member_ids=left)) if left else others)


@TEAM.kind("addRoleAttribute", action=UPDATE_ROLES)
def add_role_attribute(
    draft: TeamDraft, _: Edit, *, key: AttributeName, values: AttributeValues
) -> TeamDraft:
    if key in draft.team.role_attributes:
        raise InvalidRequest(f"the team has the role attribute {key[:80]!r} already")
    return draft.change(role_attributes={**draft.team.role_attributes, key: values})


@TEAM.kind("updateRoleAttribute", action=UPDATE_ROLES)
def update_role_attribute(
    draft: TeamDraft, _: Edit, *, key: AttributeName, values: AttributeValues
) -> TeamDraft:
    if key not in draft.team.role_attributes:
        raise InvalidRequest(f"the team has no role attribute {key[:80]!r}")
    return draft.change(role_attributes={**draft.team.role_attributes, key: values})


@TEAM.kind("removeRoleAttribute", action=UPDATE_ROLES)
def remove_role_attribute(draft: TeamDraft, _: Edit, *, key: AttributeName) -> TeamDraft:
    left = {name: values for name, values in draft.team.role_attributes.items() if name != key}
    return draft.change(role_attributes=left)


@TEAM.kind("replaceRoleAttributes", action=UPDATE_ROLES)
def replace_role_attributes(draft: TeamDraft, _: Edit, *, value: RoleAttributes) -> TeamDraft:
    return draft.change(role_attributes=value)


def make_grant(action_set: ActionSet | None, actions: Actions, member_ids: tuple[str, ...]) -> Grant:
    """A grant of either a set or single actions; raises InvalidRequest for both, neither or unknown ones."""
    if bool(action_set) == bool(actions):
        raise InvalidRequest("a permission grant has either an actionSet or actions")
    for action in actions:
        if action not in KNOWN_ACTIONS:
            known = ", ".join(sorted(KNOWN_ACTIONS))
            raise InvalidRequest(f"teams have no action {action[:80]!r}; there are {known}")
    return Grant(action_set=action_set or "", actions=tuple(sorted(set(actions))), member_ids=member_ids)


def _split(team: Team, like: Grant) -> tuple[Grant | None, tuple[Grant, ...]]:
    """The grant of the same actions, if there is one, and the others."""
    held = next((grant for grant in team.grants if grant.gives_the_same(like)), None)
    return held, tuple(grant for grant in team.grants if grant is not held)
