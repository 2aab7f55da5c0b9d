"""Teams: members who share custom roles, and who may look after the team itself."""

from collections.abc import Iterable

import msgspec

from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import Resource, top_resource
from flagstaff.kernel.clock import Millis

MAINTAIN = "maintainTeam"
ACTION_SETS = {MAINTAIN: ("updateTeamMembers", "updateTeamPermissionGrants")}


class TeamRole(msgspec.Struct, frozen=True):
    """A custom role that a team has, and since when."""

    role_id: str
    applied: Millis


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What some members, who need not belong to it, may do with a team: a set of actions, or single ones."""

    action_set: str = ""
    actions: tuple[str, ...] = ()
    member_ids: tuple[str, ...]

    @property
    def granted(self) -> tuple[str, ...]:
        """The actions, those of a set by name."""
        return ACTION_SETS[self.action_set] if self.action_set else self.actions

    def gives_the_same(self, other: "Grant") -> bool:
        """Whether both are of the same set or the same actions, whoever has them."""
        return (self.action_set, self.actions) == (other.action_set, other.actions)


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """A team. The values of its role attributes hold for its own roles only."""

    id: str
    key: str
    name: str
    description: str = ""
    member_ids: tuple[str, ...] = ()
    roles: tuple[TeamRole, ...] = ()
    grants: tuple[Grant, ...] = ()
    role_attributes: dict[str, tuple[str, ...]] = {}
    created: Millis
    modified: Millis
    version: int = 1

    @property
    def resource(self) -> Resource:
        """What policies call it."""
        return team_resource(self.key)

    @property
    def concerned(self) -> tuple[str, ...]:
        """Everybody who belongs to it or may look after it."""
        granted = (member_id for grant in self.grants for member_id in grant.member_ids)
        return tuple(dict.fromkeys((*self.member_ids, *granted)))

    @property
    def maintainer_ids(self) -> tuple[str, ...]:
        kept = (grant.member_ids for grant in self.grants if grant.action_set == MAINTAIN)
        return next(kept, ())

    def grants_to(self, member_id: str) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if member_id in grant.member_ids)


def team_resource(key: str) -> Resource:
    return top_resource("team", key)


def policy_of_grants(team: Team, member_id: str) -> tuple[Policy, ...]:
    """What a member's grants allow, beside everything that other roles do; none without a grant."""
    granted = [action for grant in team.grants_to(member_id) for action in grant.granted]
    if not granted:
        return ()
    actions = tuple(sorted({*granted, "viewTeam"}))
    allowed = Statement("allow", resources=(team.resource.text,), actions=actions)
    return (Policy((allowed,), "no_access", f"Permission grant of the team {team.name}"),)


def bind_attributes(policies: Iterable[Policy], attributes: dict[str, tuple[str, ...]]) -> tuple[Policy, ...]:
    """The policies of a team's roles, in which placeholders stand for the values that the team has."""
    bound = tuple(sorted(attributes.items()))
    return tuple(msgspec.structs.replace(policy, attributes=bound) for policy in policies)


def without_members(team: Team, gone: Iterable[str]) -> Team:
    """The team after these members have left the account."""
    left = set(gone)
    grants = (
        msgspec.structs.replace(grant, member_ids=tuple(one for one in grant.member_ids if one not in left))
        for grant in team.grants
    )
    return msgspec.structs.replace(
        team,
        member_ids=tuple(one for one in team.member_ids if one not in left),
        grants=tuple(grant for grant in grants if grant.member_ids),
    )
