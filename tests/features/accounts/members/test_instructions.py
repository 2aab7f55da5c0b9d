"""Instructions over a roster, as pure functions."""

from typing import Any

import pytest

from flagstaff.features.accounts.members.instructions import MEMBERS, Roster
from flagstaff.features.accounts.members.model import Person
from flagstaff.features.accounts.model import Member
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit
from tests.support.ids import counting_ids

EDIT = Edit(now=7, ids=counting_ids())


def a_roster() -> Roster:
    members = [
        Member(id="owner", email="o@example.com", role="owner", created=1),
        Member(id="me", email="me@example.com", role="admin", created=1),
        Member(id="a", email="a@example.com", role="writer", custom_roles=("r1",), created=1),
        Member(id="b", email="b@example.com", role="reader", created=1),
    ]
    people = {member.id: Person(member=member) for member in members}
    return Roster(people=people, role_ids={"ops": "r1", "r1": "r1", "qa": "r2"}, caller_id="me")


def changed(roster: Roster) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {name: (member.role, member.custom_roles) for name, member in roster.changed.items()}


@pytest.mark.parametrize(
    ("instructions", "after"),
    [
        (
            [{"kind": "replaceMembersRoles", "value": "admin", "memberIDs": ["a", "a"]}],
            {"a": ("admin", ())},
        ),
        (
            [{"kind": "replaceMemberRoles", "value": "admin", "memberIDs": ["b"]}],
            {"b": ("admin", ())},
        ),
        (
            [{"kind": "replaceAllMembersRoles", "value": "no_access", "filterRoles": "reader"}],
            {"b": ("no_access", ())},
        ),
        (
            [{"kind": "replaceMembersCustomRoles", "values": ["ops", "r1", "qa"], "memberIDs": ["b"]}],
            {"b": ("reader", ("r1", "r2"))},
        ),
        (
            [{"kind": "replaceAllMembersCustomRoles", "values": [], "ignoredMemberIDs": ["b"]}],
            {"a": ("writer", ())},
        ),
        (
            [
                {"kind": "replaceMembersCustomRoles", "values": ["qa"], "memberIDs": ["b"]},
                {"kind": "replaceMembersRoles", "value": "writer", "memberIDs": ["b"]},
            ],
            {"b": ("writer", ())},
        ),
    ],
)
def test_each_instruction_sees_what_those_before_it_did(instructions: Any, after: Any) -> None:
    assert changed(MEMBERS.apply(a_roster(), EDIT, instructions)) == after


def test_what_each_change_takes_and_why_others_are_not_changed_is_kept() -> None:
    everybody = ["owner", "me", "a", "nobody"]
    roster = MEMBERS.apply(
        a_roster(),
        EDIT,
        [
            {"kind": "replaceMembersRoles", "value": "reader", "memberIDs": everybody},
            {"kind": "replaceMembersRoleAttributes", "value": {"env": ["x"]}, "memberIDs": ["a"]},
        ],
    )

    assert roster.actions == {"a": ("updateRole", "updateMemberRoleAttributes")}
    assert roster.changed["a"].role_attributes == {"env": ("x",)}
    assert [*roster.errors] == ["owner", "me", "nobody"]


def test_an_unknown_role_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidRequest, match=r"unknown custom role 'x' - at `\$.instructions\[0\]`"):
        MEMBERS.apply(
            a_roster(), EDIT, [{"kind": "replaceMembersCustomRoles", "values": ["x"], "memberIDs": []}]
        )
