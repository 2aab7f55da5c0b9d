"""Who belongs to a team: shared by the operations of teams and those of members."""

from collections.abc import Iterable

import msgspec

from flagstaff.features.accounts.teams import store
from flagstaff.features.accounts.teams.model import Team
from flagstaff.http.call import Call
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.storage.audit import Entry

UPDATE = "updateTeamMembers"


def team_to_change(call: Call, key: str) -> Team:
    """A team that the caller may put members into; raises InvalidRequest for an unknown key, Forbidden."""
    team = store.find_team(call.tx, key)
    if team is None or not call.sees(team.resource):
        raise InvalidRequest(f"Unknown team {key[:100]!r} - at `teamKeys`")
    call.require(UPDATE, team.resource)
    return team


def add_members(call: Call, key: str, member_ids: Iterable[str]) -> Team:
    """Put members into a team, as it is now; nothing is written where all of them belong to it already."""
    before = store.get_team(call.tx, key)
    members = tuple(dict.fromkeys((*before.member_ids, *member_ids)))
    if members == before.member_ids:
        return before
    after = msgspec.structs.replace(
        before, member_ids=members, modified=call.tx.now, version=before.version + 1
    )
    description = describe_members(before, after)
    store.save_team(call.tx, before, after, describe(call, after, "updated", UPDATE, description=description))
    return after


def describe(call: Call, team: Team, verb: str, *actions: str, description: str = "") -> Entry:
    """What the audit log says of a change of a team."""
    verb = f"{verb} the team"
    return call.describe("team", team.name, verb, team.resource, *actions, description=description)


def describe_members(before: Team, after: Team) -> str:
    """How many came and went; who they are, the log says by reference only."""
    added = len(set(after.member_ids) - set(before.member_ids))
    removed = len(set(before.member_ids) - set(after.member_ids))
    told = [f"- Added {_count(added)}"] if added else []
    return "\n\n".join([*told, *([f"- Removed {_count(removed)}"] if removed else [])])


def _count(members: int) -> str:
    return "1 member" if members == 1 else f"{members} members"
