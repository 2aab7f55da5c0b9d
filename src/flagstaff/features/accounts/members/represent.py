"""Members from model to wire."""

from collections.abc import Mapping

from msgspec import UNSET

from flagstaff.features.accounts.members.model import Person
from flagstaff.features.accounts.members.schemas import (
    LastSeenRep,
    MemberGrantRep,
    MemberRep,
    MemberTeamRep,
)
from flagstaff.features.accounts.teams.model import Grant, Team
from flagstaff.kernel.links import Link

MANY = "/api/v2/members"
TEAMS = "/api/v2/teams"


def represent_member(
    person: Person, role_keys: Mapping[str, str], *, second_factor: bool = False
) -> MemberRep:
    """A member in full; `role_keys` are the keys of custom roles by their ids."""
    member = person.member
    grants = tuple(_grant(team, grant) for team in person.teams for grant in team.grants_to(member.id))
    return MemberRep(
        links={"self": Link(f"{MANY}/{member.id}")},
        id=member.id,
        first_name=member.first_name or UNSET,
        last_name=member.last_name or UNSET,
        role=member.role,
        email=member.email,
        pending_invite=member.invited,
        verified=member.verified,
        custom_roles=member.custom_roles,
        role_attributes=member.role_attributes or UNSET,
        mfa="enabled" if second_factor else "disabled",
        last_seen=person.sighting.at,
        last_seen_metadata=LastSeenRep(person.sighting.token_id) if person.sighting.token_id else UNSET,
        teams=tuple(_team(team, role_keys) for team in person.own_teams) or UNSET,
        permission_grants=grants or UNSET,
        creation_date=member.created,
    )


def _team(team: Team, role_keys: Mapping[str, str]) -> MemberTeamRep:
    keys = (role_keys.get(one.role_id) for one in team.roles)
    return MemberTeamRep(
        links={"self": Link(f"{TEAMS}/{team.key}")},
        custom_role_keys=tuple(key for key in keys if key is not None),
        key=team.key,
        name=team.name,
    )


def _grant(team: Team, grant: Grant) -> MemberGrantRep:
    return MemberGrantRep(
        action_set=grant.action_set or UNSET,
        actions=grant.actions or UNSET,
        resource=team.resource.text,
    )
