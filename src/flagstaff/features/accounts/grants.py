"""What a member may do: by own custom roles and those of teams, or else the built-in role; and by grants."""

from collections.abc import Iterable

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy
from flagstaff.access.roles import BUILT_IN
from flagstaff.features.accounts.model import OWNER, Member, policies_of, session_caller
from flagstaff.features.accounts.roles.store import list_roles_with
from flagstaff.features.accounts.teams.model import Team, bind_attributes, policy_of_grants
from flagstaff.features.accounts.teams.store import list_teams_of
from flagstaff.storage.transaction import Transaction


def grants_of(tx: Transaction, member: Member) -> tuple[Policy, ...]:
    """Every policy of a member; the built-in role is among them only where there is no custom one.

    The owner keeps it whatever anybody adds: otherwise a team would be enough to lock the owner out.
    """
    teams = list_teams_of(tx, member.id)
    shared = (policies_of_team(tx, team) for team in teams if member.id in team.member_ids)
    roles = (*policies_with(tx, member.custom_roles), *(policy for policies in shared for policy in policies))
    granted = (policy for team in teams for policy in policy_of_grants(team, member.id))
    kept = (BUILT_IN[OWNER], *roles) if member.role == OWNER else policies_of(member, roles)
    return (*kept, *granted)


def policies_of_team(tx: Transaction, team: Team) -> tuple[Policy, ...]:
    """What a team's roles let its members do."""
    return bind_attributes(policies_with(tx, (one.role_id for one in team.roles)), team.role_attributes)


def policies_with(tx: Transaction, role_ids: Iterable[str]) -> tuple[Policy, ...]:
    """The policies of those of the custom roles that there are."""
    return tuple(role.policy for role in list_roles_with(tx, tuple(role_ids)))


def caller_of_member(tx: Transaction, member: Member) -> Caller:
    """The member in person, with everything that they are given."""
    return session_caller(member, grants_of(tx, member))
