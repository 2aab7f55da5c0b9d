"""Instructions for many members: each succeeds or fails alone."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.features.accounts.members.calls import MANY, invite, me, one, patch_all, token_of
from tests.features.accounts.roles.calls import make_role
from tests.support.client import JSON, READER
from tests.support.server import TestServer


@pytest.fixture
def crowd(server: TestServer) -> list[Any]:
    """Three members: a writer with a custom role, an admin, a reader."""
    make_role(server)
    return [
        invite(server, "a@example.com", role="writer", customRoles=["ops"]),
        invite(server, "b@example.com", role="admin"),
        invite(server, "c@example.com", role="reader"),
    ]


def roles(server: TestServer, crowd: list[Any]) -> list[tuple[str, int]]:
    shown = [server.get(one(member)).json for member in crowd]
    return [(member["role"], len(member["customRoles"])) for member in shown]


@pytest.mark.parametrize("kind", ["replaceMembersRoles", "replaceMemberRoles"])
def test_built_in_roles_are_given_and_take_custom_ones_away(
    server: TestServer, crowd: list[Any], kind: str
) -> None:
    ids = [member["_id"] for member in crowd[:2]]

    answer = patch_all(server, {"kind": kind, "value": "reader", "memberIDs": ids})

    assert (answer.status, answer.json) == (200, {"members": ids, "errors": []})
    assert roles(server, crowd) == [("reader", 0), ("reader", 0), ("reader", 0)]


def test_custom_roles_are_given_by_key_or_id(server: TestServer, crowd: list[Any]) -> None:
    ids = [member["_id"] for member in crowd]
    instruction = {"kind": "replaceMembersCustomRoles", "values": ["ops"], "memberIDs": ids}

    assert patch_all(server, instruction).json["members"] == ids
    assert roles(server, crowd) == [("writer", 1), ("admin", 1), ("reader", 1)]
    assert patch_all(server, instruction | {"values": []}).status == 200
    assert roles(server, crowd) == [("writer", 0), ("admin", 0), ("reader", 0)]


def test_role_attributes_are_replaced(server: TestServer, crowd: list[Any]) -> None:
    patch_all(
        server,
        {
            "kind": "replaceMembersRoleAttributes",
            "value": {"env": ["test"]},
            "memberIDs": [crowd[0]["_id"]],
        },
    )

    assert server.get(one(crowd[0])).json["roleAttributes"] == {"env": ["test"]}


@pytest.mark.parametrize(
    ("filters", "changed"),
    [
        ({}, [0, 1, 2]),
        ({"filterQuery": "B@EX"}, [1]),
        ({"filterRoles": "ops | reader"}, [0, 2]),
        ({"filterRoles": "ops|reader", "filterQuery": "c@"}, [2]),
        ({"filterLastSeen": {"never": True}}, [0, 1, 2]),
        ({"filterLastSeen": {"before": 1}}, [0, 1, 2]),
        ({"filterLastSeen": {"noData": False}}, []),
        ({"filterTeamKey": "none"}, []),
        ({"ignoredMemberIDs": [0, 2]}, [1]),
    ],
)
def test_instructions_for_all_reach_those_whom_the_filters_name(
    server: TestServer, crowd: list[Any], filters: dict[str, Any], changed: list[int]
) -> None:
    if "ignoredMemberIDs" in filters:
        filters = {"ignoredMemberIDs": [crowd[place]["_id"] for place in filters["ignoredMemberIDs"]]}

    answers = [
        patch_all(server, {"kind": "replaceAllMembersRoles", "value": "no_access", **filters}),
        patch_all(server, {"kind": "replaceAllMembersCustomRoles", "values": ["ops"], **filters}),
    ]

    for answer in answers[: 1 if "filterRoles" in filters else 2]:  # the first changes the roles
        assert answer.json["members"] == [crowd[place]["_id"] for place in changed]


def test_the_caller_the_owner_and_the_unknown_are_errors_of_their_own(
    server: TestServer, crowd: list[Any]
) -> None:
    owner, admin = me(server)["_id"], crowd[1]["_id"]
    ids = [owner, admin, "nobody", crowd[2]["_id"]]

    answer = patch_all(
        server,
        {"kind": "replaceMembersRoles", "value": "writer", "memberIDs": ids},
        as_=token_of(server, crowd[1]),
    )

    assert answer.json == {
        "members": [crowd[2]["_id"]],
        "errors": [
            {owner: "the owner's role cannot be modified"},
            {admin: "you cannot modify your own role"},
            {"nobody": "there is no such member"},
        ],
    }
    assert roles(server, crowd)[1:] == [("admin", 0), ("writer", 0)]


def test_members_whom_the_caller_may_not_change_are_errors_and_if_all_are_it_is_forbidden(
    server: TestServer, crowd: list[Any]
) -> None:
    first, second, _ = (member["_id"] for member in crowd)
    only = server.add_token(Statement("allow", resources=(f"member/{first}",), actions=("updateRole",)))
    instruction = {"kind": "replaceMembersRoles", "value": "reader", "memberIDs": [first, second]}

    answer = patch_all(server, instruction, as_=only)

    assert (answer.json["members"], [*answer.json["errors"][0]]) == ([first], [second])
    assert roles(server, crowd)[:2] == [("reader", 0), ("admin", 0)]
    refused = patch_all(server, instruction, as_=READER)
    assert (refused.status, refused.code) == (403, "forbidden")


@pytest.mark.parametrize(
    "instruction",
    [
        {"kind": "replaceMembersRoles", "value": "owner", "memberIDs": []},
        {"kind": "replaceMembersRoles", "value": "reader"},
        {"kind": "replaceMembersRoles", "memberIDs": []},
        {"kind": "replaceMembersRoles", "value": "reader", "memberIDs": "x"},
        {"kind": "replaceMembersRoles", "value": "reader", "memberIds": []},
        {"kind": "replaceMembersCustomRoles", "values": ["none"], "memberIDs": []},
        {"kind": "replaceAllMembersRoles", "value": "reader", "filterLastSeen": {"since": 1}},
        {"kind": "replaceAllMembersRoles", "value": "reader", "filterLastSeen": {"before": "soon"}},
        {"kind": "replaceAllMembersRoles", "value": "reader", "filterTeam": "x"},
        {"kind": "nothing"},
    ],
)
def test_an_instruction_that_cannot_be_refuses_all(
    server: TestServer, crowd: list[Any], instruction: dict[str, Any]
) -> None:
    good = {"kind": "replaceMembersRoles", "value": "reader", "memberIDs": [crowd[0]["_id"]]}

    answer = patch_all(server, good, instruction)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "$.instructions[1]" in answer.message
    assert roles(server, crowd)[0] == ("writer", 1)


def test_it_is_in_beta_and_takes_only_instructions(server: TestServer) -> None:
    body = {"kind": "replaceMembersRoles", "value": "reader", "memberIDs": []}

    assert patch_all(server, body, version="20240415").status == 403
    assert patch_all(server, body, content_type=JSON).status == 400
    assert server.patch(MANY, [], version="beta").status == 400


def test_each_changed_member_has_an_audit_entry_with_the_comment(
    server: TestServer, crowd: list[Any]
) -> None:
    before = server.count("audit_log")
    ids = [member["_id"] for member in crowd]
    body = {"kind": "replaceMembersRoles", "value": "reader", "memberIDs": ids}

    server.patch(MANY, {"instructions": [body], "comment": "spring"}, semantic=True, version="beta")

    assert server.count("audit_log") - before == 2  # the third was a reader already
    entry = server.get("/api/v2/auditlog").json["items"][0]
    assert (entry["comment"], entry["accesses"][0]["action"]) == ("spring", "updateRole")
