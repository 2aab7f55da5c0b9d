"""What is shown beside a team when it is asked for: members, roles, projects, maintainers."""

from collections.abc import Callable, Sequence

import msgspec

from flagstaff.access.policies import Policy
from flagstaff.features.accounts.represent import summarise_member
from flagstaff.features.accounts.roles.model import Role
from flagstaff.features.accounts.roles.store import list_roles_with
from flagstaff.features.accounts.store import find_member
from flagstaff.features.accounts.teams.model import Team, bind_attributes
from flagstaff.features.accounts.teams.represent import MANY, represent_team
from flagstaff.features.accounts.teams.schemas import (
    ProjectSummaryRep,
    TeamMaintainersRep,
    TeamMembersRep,
    TeamProjectsRep,
    TeamRep,
    TeamRoleRep,
    TeamRolesRep,
)
from flagstaff.http.call import Call
from flagstaff.kernel.paging import Page, page_links
from flagstaff.kernel.versions import V20240415

PART = 25  # of an expanded list
# Filled by hooks.py: the projects that the caller sees and in which one of the policies allows a change.
find_projects: list[Callable[[Call, Sequence[Policy]], list[ProjectSummaryRep]]] = []


def represent(call: Call, team: Team) -> TeamRep:
    """A team, with what the call's `expand` asks for; since 20240415 neither roles nor projects."""
    shown = call.with_access(represent_team(team), team.resource)
    asked = {word.strip() for word in getattr(call.query, "expand", "").split(",")}
    if call.version >= V20240415:
        asked -= {"roles", "projects"}
    if "members" in asked:
        shown = msgspec.structs.replace(shown, members=TeamMembersRep(len(team.member_ids)))
    if "roles" in asked:
        shown = msgspec.structs.replace(shown, roles=show_roles(call, team, Page(PART)))
    if "projects" in asked:
        shown = msgspec.structs.replace(shown, projects=_projects(call, team, _roles(call, team)))
    if "maintainers" in asked:
        shown = msgspec.structs.replace(shown, maintainers=show_maintainers(call, team, Page(PART)))
    return shown


def show_roles(call: Call, team: Team, page: Page) -> TeamRolesRep:
    """A page of the custom roles that a team has, each with the projects that it lets change."""
    since = {one.role_id: one.applied for one in team.roles}
    roles = _roles(call, team)
    items = [
        TeamRoleRep(
            key=role.key,
            name=role.name,
            projects=_projects(call, team, [role]),
            applied_on=since[role.id],
        )
        for role in roles[page.offset : page.end]
    ]
    links = page_links(f"{MANY}/{team.key}/roles", (), len(roles), page)
    return TeamRolesRep(links=links, total_count=len(roles), items=items)


def show_maintainers(call: Call, team: Team, page: Page) -> TeamMaintainersRep:
    """A page of those who look after a team and whom the caller may see."""
    found = (find_member(call.tx, member_id) for member_id in team.maintainer_ids)
    members = [member for member in found if member is not None and call.sees(member.resource)]
    links = page_links(f"{MANY}/{team.key}/maintainers", (), len(members), page)
    items = [summarise_member(member) for member in members[page.offset : page.end]]
    return TeamMaintainersRep(links=links, total_count=len(members), items=items)


def _roles(call: Call, team: Team) -> list[Role]:
    found = list_roles_with(call.tx, [one.role_id for one in team.roles])
    return [role for role in found if call.sees(role.resource)]


def _projects(call: Call, team: Team, roles: Sequence[Role]) -> TeamProjectsRep:
    policies = bind_attributes((role.policy for role in roles), team.role_attributes)
    items = [project for find in find_projects for project in find(call, policies)]
    return TeamProjectsRep(total_count=len(items), items=items)
