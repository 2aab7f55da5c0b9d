"""Putting members into teams: shared by the operations of teams and those of members."""

from collections.abc import Iterable

import msgspec

from flagstaff.features.accounts.teams import store
from flagstaff.features.accounts.teams.changes import save_changed
from flagstaff.features.accounts.teams.instructions import UPDATE_MEMBERS
from flagstaff.features.accounts.teams.model import Team
from flagstaff.http.call import Call
from flagstaff.kernel.errors import InvalidRequest


def team_to_change(call: Call, key: str) -> Team:
    """A team that the caller may put members into; raises InvalidRequest for an unknown key, Forbidden."""
    team = store.find_team(call.tx, key)
    if team is None or not call.sees(team.resource):
        raise InvalidRequest(f"Unknown team {key[:100]!r} - at `teamKeys`")
    call.require(UPDATE_MEMBERS, team.resource)
    return team


def add_members(call: Call, key: str, member_ids: Iterable[str]) -> Team:
    """Put members into a team, as it is now; nothing is written where all of them belong to it already."""
    before = store.get_team(call.tx, key)
    members = tuple(dict.fromkeys((*before.member_ids, *member_ids)))
    return save_changed(call, before, msgspec.structs.replace(before, member_ids=members))
