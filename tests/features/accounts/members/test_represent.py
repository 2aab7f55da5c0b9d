"""Members on the wire."""

from typing import Any

import msgspec

from flagstaff.features.accounts.members.model import Person, Sighting
from flagstaff.features.accounts.members.represent import represent_member
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.teams.model import Grant, Team, TeamRole

MEMBER = Member(id="m", email="ada@example.com", role="writer", custom_roles=("r1",), created=7)
TEAM = Team(
    id="t",
    key="night",
    name="Night",
    member_ids=("m",),
    roles=(TeamRole("r1", 1), TeamRole("gone", 1)),
    grants=(
        Grant(action_set="maintainTeam", member_ids=("x", "m")),
        Grant(actions=("updateTeamName",), member_ids=("m",)),
        Grant(actions=("deleteTeam",), member_ids=("x",)),
    ),
    created=1,
    modified=1,
)


def as_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def test_a_member_is_shown_with_teams_and_what_they_may_do_there() -> None:
    person = Person(member=MEMBER, sighting=Sighting(9, "t1"), teams=(TEAM,))

    shown = as_json(represent_member(person, {"r1": "ops"}, second_factor=True))

    assert (shown["_lastSeen"], shown["_lastSeenMetadata"]) == (9, {"tokenId": "t1"})
    assert (shown["mfa"], shown["customRoles"]) == ("enabled", ["r1"])
    assert shown["teams"] == [
        {
            "_links": {"self": {"href": "/api/v2/teams/night", "type": "application/json"}},
            "customRoleKeys": ["ops"],
            "key": "night",
            "name": "Night",
        }
    ]
    assert shown["permissionGrants"] == [
        {"actionSet": "maintainTeam", "resource": "team/night"},
        {"actions": ["updateTeamName"], "resource": "team/night"},
    ]


def test_who_only_looks_after_a_team_does_not_belong_to_it() -> None:
    kept = msgspec.structs.replace(TEAM, member_ids=())

    shown = as_json(represent_member(Person(member=MEMBER, teams=(kept,)), {}))

    assert ("teams" in shown, len(shown["permissionGrants"])) == (False, 2)
    assert ("_lastSeenMetadata" in shown, shown["_lastSeen"]) == (False, 0)
