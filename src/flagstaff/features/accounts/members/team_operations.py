"""Members and teams together over REST: the handlers, then one row per operation."""

from collections.abc import Iterable

import msgspec

from flagstaff.features.accounts.members import store
from flagstaff.features.accounts.members.model import Filters, Person
from flagstaff.features.accounts.members.operations import ONE, person_of
from flagstaff.features.accounts.members.operations import represent as represent_person
from flagstaff.features.accounts.members.schemas import MemberRep, MemberTeamsPost
from flagstaff.features.accounts.members.visible import list_visible
from flagstaff.features.accounts.teams.membership import add_members, team_to_change
from flagstaff.features.accounts.teams.represent import MANY
from flagstaff.features.accounts.teams.schemas import MemberIds, TeamsPatchRep
from flagstaff.http.call import Call
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.errors import Forbidden, InvalidRequest
from flagstaff.kernel.instructions import Edit, Vocabulary
from flagstaff.kernel.patches import PatchFormat

UPDATE = "updateTeamMembers"
TeamKeys = tuple[str, ...]


class Joining(msgspec.Struct, frozen=True, kw_only=True):
    """Those whom the caller may see, and who shall join which teams."""

    people: tuple[Person, ...]
    wanted: tuple[tuple[str, tuple[str, ...]], ...] = ()  # the key of a team, the ids of members

    def add(self, keys: Iterable[str], member_ids: Iterable[str]) -> "Joining":
        ids = tuple(dict.fromkeys(member_ids))
        more = tuple((key, ids) for key in dict.fromkeys(keys))
        return msgspec.structs.replace(self, wanted=(*self.wanted, *more))


TEAMS: Vocabulary[Joining] = Vocabulary("teams", {"member_ids": "memberIDs"}, has_environments=False)


@TEAMS.kind("addMembersToTeams", action=UPDATE)
def add_members_to_teams(joining: Joining, _: Edit, *, member_ids: MemberIds, team_keys: TeamKeys) -> Joining:
    known = {person.member.id for person in joining.people}
    for member_id in member_ids:
        if member_id not in known:
            raise InvalidRequest(f"unknown member {member_id[:80]!r}")
    return joining.add(team_keys, member_ids)


@TEAMS.kind("addAllMembersToTeams", action=UPDATE)
def add_all_members_to_teams(joining: Joining, _: Edit, *, team_keys: TeamKeys, filters: Filters) -> Joining:
    return joining.add(team_keys, (person.member.id for person in filters.select(joining.people)))


def post_member_teams(call: Call) -> Person:
    """Put a member into teams."""
    member = person_of(call).member
    body: MemberTeamsPost = call.body
    for key in dict.fromkeys(body.team_keys):
        team_to_change(call, key)
    for key in dict.fromkeys(body.team_keys):
        add_members(call, key, [member.id])
    return store.get_person(call.tx, member.id)


def patch_teams(call: Call) -> TeamsPatchRep:
    """Put many members into teams with instructions: each team succeeds or fails alone."""
    TEAMS.check(call.body.instructions)
    seen = list_visible(call)
    joining = TEAMS.apply(Joining(people=tuple(seen)), call.edit(), call.body.instructions)
    errors: dict[str, str] = {}
    refused: list[Forbidden] = []
    done: dict[str, tuple[str, ...]] = {}
    for key, member_ids in joining.wanted:
        try:
            team_to_change(call, key)
        except InvalidRequest as error:
            errors[key] = error.message
        except Forbidden as error:
            errors[key] = error.message
            refused.append(error)
        else:
            add_members(call, key, member_ids)
            done[key] = (*done.get(key, ()), *member_ids)
    if refused and not done:
        raise refused[0]
    return TeamsPatchRep(
        member_ids=list(dict.fromkeys(one for ids in done.values() for one in ids)),
        team_keys=list(done),
        errors=[{key: message} for key, message in errors.items()],
    )


OPERATIONS = (
    Operation(
        post_member_teams,
        "POST",
        ONE + "/teams",
        ("account_members", "add_to_teams"),
        UPDATE,
        body=MemberTeamsPost,
        status=201,
        represent=represent_person,
        answer=MemberRep,
    ),
    Operation(
        patch_teams,
        "PATCH",
        MANY,
        ("teams_beta", "update_multiple_teams_semantic_patch"),
        BY_CHANGE,
        patch=frozenset({PatchFormat.SEMANTIC}),
        vocabulary=TEAMS,
        answer=TeamsPatchRep,
        beta=True,
    ),
)
