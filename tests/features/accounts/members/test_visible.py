"""What is told of members to those who may not see a team."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.features.accounts.members.calls import MANY, invite, one
from tests.support.client import OWNER
from tests.support.server import TestServer

MAINTAIN = {"actionSet": "maintainTeam"}


@pytest.fixture
def bob(server: TestServer) -> dict[str, Any]:
    """A member of the teams of day and night, who looks after the latter."""
    bob: dict[str, Any] = invite(server, "bob@example.com", role="reader")
    ids = [bob["_id"]]
    for key, grants in (("day", []), ("night", [{**MAINTAIN, "memberIDs": ids}])):
        team = {"key": key, "name": key, "memberIDs": ids, "permissionGrants": grants}
        assert server.post("/api/v2/teams", team).status == 201
    return bob


@pytest.fixture
def token(server: TestServer) -> str:
    """Of somebody who may not see the team of the night."""
    return server.add_token(
        Statement("allow", resources=("member/*", "team/*"), actions=("*",)),
        Statement("deny", resources=("team/night",), actions=("viewTeam",)),
    )


def test_a_hidden_team_is_not_told_with_its_members(
    server: TestServer, bob: dict[str, Any], token: str
) -> None:
    assert len(server.get(one(bob)).json["teams"]) == 2

    by_id, listed = server.get(one(bob), as_=token).json, server.get(MANY, as_=token).json["items"]
    changed = server.patch(one(bob), [{"op": "replace", "path": "/role", "value": "writer"}], as_=token).json
    for shown in (by_id, listed[-1], changed):
        assert [team["key"] for team in shown["teams"]] == ["day"]
        assert "permissionGrants" not in shown


@pytest.mark.parametrize(("as_", "found"), [(OWNER, 1), ("", 0)])
def test_nobody_is_found_by_a_hidden_team(
    server: TestServer, bob: dict[str, Any], token: str, as_: str, found: int
) -> None:
    del bob
    answer = server.get(MANY, query={"filter": "team:night"}, as_=as_ or token)

    assert answer.json["totalCount"] == found


def test_nobody_is_chosen_by_a_hidden_team(server: TestServer, bob: dict[str, Any], token: str) -> None:
    for team in ("day", "night"):
        instruction = {"kind": "replaceAllMembersRoles", "value": "writer", "filterTeamKey": team}
        answer = server.instruct(MANY, instruction, version="beta", as_=token)
        assert answer.json["members"] == ([bob["_id"]] if team == "day" else [])
