"""Members who come to a team with an invitation."""

import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.teams.store import get_team
from tests.features.accounts.members.calls import MANY, invite, one
from tests.features.accounts.test_grants import add_team
from tests.support.server import TestServer


def test_who_is_invited_into_teams_belongs_to_them(server: TestServer) -> None:
    for key in ("day", "night"):
        add_team(server, key)

    people = [{"email": f"{name}@example.com", "teamKeys": ["day", "night"]} for name in "ab"]
    invited = server.post(MANY, people).json["items"]

    assert [team["key"] for team in invited[0]["teams"]] == ["day", "night"]
    night = server.read(lambda tx: get_team(tx, "night"))
    assert night.member_ids == tuple(member["_id"] for member in invited)
    newest = server.get("/api/v2/auditlog", query={"spec": "team/night"}).json["items"][0]
    assert (newest["titleVerb"], newest["description"]) == ("updated the team", "- Added 2 members")


@pytest.mark.parametrize("actions", [("createMember",), ("createMember", "viewTeam")])
def test_it_takes_the_right_to_change_who_belongs_to_a_team(
    server: TestServer, actions: tuple[str, ...]
) -> None:
    add_team(server, "night")
    inviter = server.add_token(Statement("allow", resources=("member/*", "team/*"), actions=actions))
    before = server.count("members")

    answer = server.post(MANY, [{"email": "a@example.com", "teamKeys": ["night"]}], as_=inviter)

    assert (answer.status, server.count("members")) == (403, before)


def test_a_team_that_may_not_be_seen_is_unknown(server: TestServer) -> None:
    add_team(server, "night")
    blind = server.add_token(
        Statement("allow", resources=("member/*",), actions=("createMember",)),
        Statement("deny", resources=("team/*",), actions=("viewTeam",)),
    )

    answer = server.post(MANY, [{"email": "a@example.com", "teamKeys": ["night"]}], as_=blind)

    assert (answer.status, answer.code) == (400, "invalid_request")


def test_the_teams_of_a_member_are_filters_of_lists(server: TestServer) -> None:
    add_team(server, "night")
    ada = invite(server, teamKeys=["night"])

    def found(filter_: str) -> list[str]:
        return [member["_id"] for member in server.get(MANY, query={"filter": filter_}).json["items"]]

    assert found("team:NIGHT") == found("noteam:false") == [ada["_id"]]
    assert ada["_id"] not in found("noteam:true")
    assert server.get(one(ada)).json["teams"][0]["key"] == "night"
