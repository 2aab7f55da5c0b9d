"""Teams over REST: the handlers, then one row per operation."""

from typing import Any

from flagstaff.features.accounts.lockouts import refuse_lockout
from flagstaff.features.accounts.store import list_members
from flagstaff.features.accounts.teams import store
from flagstaff.features.accounts.teams.changes import describe, draft_of, require_granted, save_changed
from flagstaff.features.accounts.teams.expansions import represent, show_maintainers, show_roles
from flagstaff.features.accounts.teams.imports import TOO_LARGE, judge_lines, prepare_lines
from flagstaff.features.accounts.teams.instructions import TEAM, UPDATE_MEMBERS, TeamDraft
from flagstaff.features.accounts.teams.membership import add_members
from flagstaff.features.accounts.teams.model import Team, team_resource
from flagstaff.features.accounts.teams.represent import MANY
from flagstaff.features.accounts.teams.schemas import (
    CsvForm,
    ExpandQuery,
    PageQuery,
    TeamImportRep,
    TeamListQuery,
    TeamMaintainersRep,
    TeamPost,
    TeamRep,
    TeamRolesRep,
    TeamsRep,
)
from flagstaff.http.call import Call
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.errors import NotFound
from flagstaff.kernel.filters.expression import Term
from flagstaff.kernel.filters.fields import Field
from flagstaff.kernel.filters.pairs import parse_pairs
from flagstaff.kernel.ids import check_key
from flagstaff.kernel.paging import Page, page_links, read_page
from flagstaff.kernel.patches import PatchFormat
from flagstaff.kernel.versions import V20240415

ONE = MANY + "/{teamKey}"
PAGE, LONGEST_PAGE = 20, 100
LONGEST_OLD_PAGE = 1_000  # before 20240415
FILTERS = (Field("query"), Field("nomembers", kind="boolean"))


def get_teams(call: Call) -> TeamsRep:
    """List the teams that the caller may see, oldest first, in pages of 20 unless told otherwise."""
    terms = parse_pairs(call.query.filter, FILTERS)
    seen = call.list_seen(store.list_teams(call.tx), lambda team: call.sees(team.resource))
    found = [team for team in seen if all(_meets(team, term) for term in terms)]
    page = _page(call)
    items = [represent(call, team) for team in found[page.offset : page.end]]
    links = page_links(MANY, call.query_pairs, len(found), page)
    return TeamsRep(links=links, total_count=len(found), items=items)


def get_team(call: Call) -> Team:
    """Show one team."""
    return team_of(call)


def post_team(call: Call) -> Team:
    """Make a team."""
    body: TeamPost = call.body
    call.require("createTeam", team_resource(body.key))
    new = Team(
        id=call.tx.ids.object_id(),
        key=check_key(body.key, "team"),
        name=body.name,
        description=body.description,
        role_attributes=body.role_attributes,
        created=call.tx.now,
        modified=call.tx.now,
    )
    team = _filled(call, draft_of(call, new), body).team
    require_granted(call, None, team)
    store.save_team(call.tx, None, team, describe(call, team, "created", "createTeam"))
    return team


def patch_team(call: Call) -> Team:
    """Change a team with instructions."""
    TEAM.check(call.body.instructions)
    before = team_of(call)
    after = TEAM.apply(draft_of(call, before), call.edit(), call.body.instructions)
    return save_changed(call, before, after.team)


def delete_team(call: Call) -> None:
    """Delete a team: its members keep their accounts and their own roles."""
    team = team_of(call)
    call.require("deleteTeam", team.resource)
    store.delete_team(call.tx, team, describe(call, team, "deleted", "deleteTeam"))
    refuse_lockout(call, team.resource, ["createTeam"])


def get_team_roles(call: Call) -> TeamRolesRep:
    """List the custom roles that a team has."""
    return show_roles(call, team_of(call), _page(call))


def get_team_maintainers(call: Call) -> TeamMaintainersRep:
    """List the members who look after a team."""
    return show_maintainers(call, team_of(call), _page(call))


def post_team_members(call: Call) -> TeamImportRep:
    """Put the members into a team whose addresses stand in the first column of a CSV file.

    If one of them cannot be added, nobody is, and the answer (207) says why. A header is passed over.
    """
    team = team_of(call)
    call.require(UPDATE_MEMBERS, team.resource)
    member_ids = {member.email: member.id for member in list_members(call.tx)}
    items = judge_lines(call.prepared, member_ids, team.member_ids)
    answer = TeamImportRep(items)
    if not has_errors(answer):
        add_members(call, team.key, (member_ids[item.value.lower()] for item in items))
    return answer


def team_of(call: Call) -> Team:
    """The team in the path; raises NotFound when there is none or the caller may not see it."""
    team = store.get_team(call.tx, call.path["teamKey"])
    if not call.sees(team.resource):
        raise NotFound(f"Unknown team {team.key!r}")
    return team


def has_errors(answer: TeamImportRep) -> bool:
    return any(item.status == "error" for item in answer.items)


def _filled(call: Call, draft: TeamDraft, body: TeamPost) -> TeamDraft:
    """The new team with its members, roles and grants, which come to it as by instructions."""
    wire: dict[str, dict[str, Any]] = {
        "memberIDs": {"kind": "addMembers", "values": body.member_ids},
        "customRoleKeys": {"kind": "addCustomRoles", "values": body.custom_role_keys},
    }
    for number, grant in enumerate(body.permission_grants):
        given: dict[str, Any] = {"actionSet": grant.action_set} if grant.action_set else {}
        given |= {"actions": grant.actions} if grant.actions else {}
        place = f"permissionGrants[{number}]"
        wire[place] = {"kind": "addPermissionGrants", "memberIDs": grant.member_ids, **given}
    for place, instruction in wire.items():
        draft = TEAM[instruction["kind"]].apply(draft, call.edit(), instruction, f"$.{place}")
    return draft


def _meets(team: Team, term: Term) -> bool:
    if term.field == "nomembers":
        return (not team.member_ids) is term.value
    return str(term.value).casefold() in f"{team.name}\n{team.key}".casefold()


def _page(call: Call) -> Page:
    longest = LONGEST_PAGE if call.version >= V20240415 else LONGEST_OLD_PAGE
    return read_page(call.query.limit, call.query.offset, PAGE, longest)


GROUP = "teams"
SHOWN: Any = {"query": ExpandQuery, "represent": represent, "answer": TeamRep}
OPERATIONS = (
    Operation(get_teams, "GET", MANY, (GROUP, "list_teams"), query=TeamListQuery, answer=TeamsRep),
    Operation(
        post_team, "POST", MANY, (GROUP, "create_team"), "createTeam", body=TeamPost, status=201, **SHOWN
    ),
    Operation(get_team, "GET", ONE, (GROUP, "get_by_team_key"), **SHOWN),
    Operation(
        patch_team,
        "PATCH",
        ONE,
        (GROUP, "update_semantic_patch"),
        BY_CHANGE,
        patch=frozenset({PatchFormat.SEMANTIC}),
        vocabulary=TEAM,
        **SHOWN,
    ),
    Operation(delete_team, "DELETE", ONE, (GROUP, "remove_by_team_key"), "deleteTeam", status=204),
    Operation(
        post_team_members,
        "POST",
        ONE + "/members",
        (GROUP, "add_multiple_members_to_team"),
        UPDATE_MEMBERS,
        prepare=prepare_lines,
        form=CsvForm,
        largest_file=TOO_LARGE,
        answer=TeamImportRep,
        is_partial=has_errors,
        status=201,
    ),
    Operation(
        get_team_maintainers,
        "GET",
        ONE + "/maintainers",
        (GROUP, "get_maintainers"),
        query=PageQuery,
        answer=TeamMaintainersRep,
    ),
    Operation(
        get_team_roles,
        "GET",
        ONE + "/roles",
        (GROUP, "get_custom_roles"),
        query=PageQuery,
        answer=TeamRolesRep,
    ),
)
