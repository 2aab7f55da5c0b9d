"""Changes of many members at once: pure functions over a roster, in which each succeeds or fails alone."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from flagstaff.features.accounts.members.model import Filters, Person
from flagstaff.features.accounts.members.schemas import GivenRole, RoleAttributes, RoleNames
from flagstaff.features.accounts.model import OWNER, Member
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit, Vocabulary

MemberIds = tuple[str, ...]


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """Those whom the caller may see, and what instructions have made of them so far.

    `actions` are what each change takes; `errors` tell why nothing was changed.
    """

    people: Mapping[str, Person]
    role_ids: Mapping[str, str]  # of custom roles, by key and by id
    caller_id: str
    changed: Mapping[str, Member] = {}
    actions: Mapping[str, tuple[str, ...]] = {}
    errors: Mapping[str, str] = {}

    def change(self, member_ids: Iterable[str], action: str, **members: Any) -> "Roster":
        """The roster after each of these has got new roles, or an error."""
        changed, actions, errors = dict(self.changed), dict(self.actions), dict(self.errors)
        for member_id in dict.fromkeys(member_ids):
            refusal = self._refuse(member_id)
            if refusal:
                errors[member_id] = refusal
                continue
            before = changed.get(member_id) or self.people[member_id].member
            changed[member_id] = msgspec.structs.replace(before, **members)
            actions[member_id] = tuple(dict.fromkeys((*actions.get(member_id, ()), action)))
        return msgspec.structs.replace(self, changed=changed, actions=actions, errors=errors)

    def find_roles(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of custom roles; raises InvalidRequest for one that is unknown."""
        for name in names:
            if name not in self.role_ids:
                raise InvalidRequest(f"unknown custom role {name[:100]!r}")
        return tuple(dict.fromkeys(self.role_ids[name] for name in names))

    def _refuse(self, member_id: str) -> str:
        if member_id not in self.people:
            return "there is no such member"
        if member_id == self.caller_id:
            return "you cannot modify your own role"
        return "the owner's role cannot be modified" if self.people[member_id].member.role == OWNER else ""


MEMBERS: Vocabulary[Roster] = Vocabulary("member", {"member_ids": "memberIDs"}, has_environments=False)


@MEMBERS.kind("replaceMembersRoles", action="updateRole")
def replace_members_roles(roster: Roster, _: Edit, *, value: GivenRole, member_ids: MemberIds) -> Roster:
    """Give a built-in role, which takes the custom ones away."""
    return roster.change(member_ids, "updateRole", role=value, custom_roles=())


@MEMBERS.kind("replaceMemberRoles", action="updateRole")
def replace_member_roles(roster: Roster, edit: Edit, *, value: GivenRole, member_ids: MemberIds) -> Roster:
    """The same: the example of the reference spells it so."""
    return replace_members_roles(roster, edit, value=value, member_ids=member_ids)


@MEMBERS.kind("replaceAllMembersRoles", action="updateRole")
def replace_all_members_roles(roster: Roster, _: Edit, *, value: GivenRole, filters: Filters) -> Roster:
    """The same for everybody whom the filters name."""
    chosen = filters.select(roster.people.values())
    return roster.change(_ids(chosen), "updateRole", role=value, custom_roles=())


@MEMBERS.kind("replaceMembersCustomRoles", action="updateCustomRole")
def replace_members_custom_roles(
    roster: Roster, _: Edit, *, values: RoleNames, member_ids: MemberIds
) -> Roster:
    return roster.change(member_ids, "updateCustomRole", custom_roles=roster.find_roles(values))


@MEMBERS.kind("replaceAllMembersCustomRoles", action="updateCustomRole")
def replace_all_members_custom_roles(
    roster: Roster, _: Edit, *, values: RoleNames, filters: Filters
) -> Roster:
    chosen = filters.select(roster.people.values())
    return roster.change(_ids(chosen), "updateCustomRole", custom_roles=roster.find_roles(values))


@MEMBERS.kind("replaceMembersRoleAttributes", action="updateMemberRoleAttributes")
def replace_members_role_attributes(
    roster: Roster, _: Edit, *, value: RoleAttributes, member_ids: MemberIds
) -> Roster:
    return roster.change(member_ids, "updateMemberRoleAttributes", role_attributes=value)


def _ids(people: Iterable[Person]) -> list[str]:
    return [person.member.id for person in people]
