"""Members and teams together: one member into teams, and many members into many."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.features.accounts.members.calls import invite, me, one, token_of
from tests.features.accounts.teams.calls import MANY, make_team, teams_of
from tests.support.client import READER, SEMANTIC, Answer
from tests.support.server import TestServer


@pytest.fixture
def people(server: TestServer) -> list[Any]:
    """Two members and two teams, `day` and `night`."""
    make_team(server, "day")
    make_team(server)
    return [invite(server, f"{name}@example.com") for name in "ab"]


def patch_teams(server: TestServer, *instructions: Any, **how: Any) -> Answer:
    how = {"version": "beta", "content_type": SEMANTIC} | how
    return server.request("PATCH", MANY, json={"instructions": instructions}, **how)


def test_a_member_is_put_into_teams_and_again_is_no_change(server: TestServer, people: list[Any]) -> None:
    path, body = f"{one(people[0])}/teams", {"teamKeys": ["day", "night", "day"]}

    answer = server.post(path, body)

    assert (answer.status, answer.json) == (201, server.get(one(people[0])).json)
    assert teams_of(server, people[0]) == ["day", "night"]
    before = server.count("audit_log")
    assert (server.post(path, body).status, server.count("audit_log")) == (201, before)


@pytest.mark.parametrize(
    ("body", "reason"),
    [({"teamKeys": ["day", "none"]}, "'none'"), ({"teamKeys": []}, "$.teamKeys"), ({}, "teamKeys")],
)
def test_an_unknown_team_stops_all(
    server: TestServer, people: list[Any], body: dict[str, Any], reason: str
) -> None:
    answer = server.post(f"{one(people[0])}/teams", body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message
    assert teams_of(server, people[0]) == []


def test_who_may_not_change_a_team_puts_nobody_into_it(server: TestServer, people: list[Any]) -> None:
    only = server.add_token(Statement("allow", resources=("team/day",), actions=("updateTeamMembers",)))
    path = f"{one(people[0])}/teams"

    assert server.post(path, {"teamKeys": ["day", "night"]}, as_=only).status == 403
    assert teams_of(server, people[0]) == []
    assert server.post(path, {"teamKeys": ["day"]}, as_=only).status == 201


def test_many_members_are_put_into_many_teams(server: TestServer, people: list[Any]) -> None:
    ids = [member["_id"] for member in people]
    instruction = {"kind": "addMembersToTeams", "memberIDs": ids, "teamKeys": ["day", "none", "night"]}

    answer = patch_teams(server, instruction)

    assert (answer.status, answer.json["memberIDs"], answer.json["teamKeys"]) == (200, ids, ["day", "night"])
    assert [[*error] for error in answer.json["errors"]] == [["none"]]
    assert teams_of(server, people[1]) == ["day", "night"]


@pytest.mark.parametrize(
    ("filters", "added"),
    [
        ({"filterQuery": "b@"}, [1]),
        ({"filterRoles": "reader"}, [0, 1]),
        ({"filterLastSeen": {"never": True}, "filterQuery": "@example.com", "ignoredMemberIDs": [0, 2]}, [1]),
        ({"filterTeamKey": "DAY"}, [0]),
        ({"filterQuery": "nobody"}, []),
    ],
)
def test_all_whom_the_filters_name_are_put_into_teams(
    server: TestServer, people: list[Any], filters: dict[str, Any], added: list[int]
) -> None:
    server.post(f"{one(people[0])}/teams", {"teamKeys": ["day"]})
    people = [*people, me(server)]
    if "ignoredMemberIDs" in filters:
        filters = filters | {
            "ignoredMemberIDs": [people[place]["_id"] for place in filters["ignoredMemberIDs"]]
        }

    answer = patch_teams(server, {"kind": "addAllMembersToTeams", "teamKeys": ["night"], **filters})

    assert answer.json["memberIDs"] == [people[place]["_id"] for place in added]
    assert [teams_of(server, member)[-1:] == ["night"] for member in people[:2]] == [
        place in added for place in (0, 1)
    ]


@pytest.mark.parametrize(
    "instruction",
    [
        {"kind": "addMembersToTeams", "memberIDs": ["nobody"], "teamKeys": ["day"]},
        {"kind": "addMembersToTeams", "memberIDs": []},
        {"kind": "addAllMembersToTeams", "teamKeys": ["day"], "filterLastSeen": {"before": "soon"}},
        {"kind": "addMembers", "values": []},
    ],
)
def test_what_is_no_instruction_is_refused(
    server: TestServer, people: list[Any], instruction: dict[str, Any]
) -> None:
    answer = patch_teams(server, instruction)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "$.instructions[0]" in answer.message


def test_teams_that_the_caller_may_not_change_are_errors_and_if_all_are_it_is_forbidden(
    server: TestServer, people: list[Any]
) -> None:
    ids = [people[0]["_id"]]
    instruction = {"kind": "addMembersToTeams", "memberIDs": ids, "teamKeys": ["day", "night"]}
    only = server.add_token(Statement("allow", resources=("team/day",), actions=("updateTeamMembers",)))

    assert patch_teams(server, instruction, as_=READER).status == 403
    answer = patch_teams(server, instruction, as_=only)
    assert (answer.json["teamKeys"], [[*error] for error in answer.json["errors"]]) == (["day"], [["night"]])
    assert patch_teams(server, instruction, version="20240415").status == 403


def test_nobody_is_put_into_a_team_by_who_does_not_see_them(server: TestServer, people: list[Any]) -> None:
    blind = token_of(server, invite(server, "c@example.com", role="no_access"))

    assert server.post(f"{one(people[0])}/teams", {"teamKeys": ["day"]}, as_=blind).status == 404
    assert server.post(f"{one(me(server))}/teams", {"teamKeys": ["day"]}, as_=blind).status == 404
