"""Instructions for one team, as pure functions."""

from typing import Any

import pytest
from msgspec.structs import replace

from flagstaff.features.accounts.teams.instructions import TEAM, TeamDraft
from flagstaff.features.accounts.teams.model import Grant, Team, TeamRole
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit
from tests.support.ids import counting_ids

EDIT = Edit(now=7, ids=counting_ids())
NIGHT = Team(
    id="t",
    key="night",
    name="Night",
    member_ids=("a", "b"),
    roles=(TeamRole("r1", 1),),
    grants=(Grant(action_set="maintainTeam", member_ids=("a",)),),
    role_attributes={"env": ("test",)},
    created=1,
    modified=1,
)
MAINTAIN = {"actionSet": "maintainTeam"}


def apply(*instructions: Any) -> Team:
    draft = TeamDraft(team=NIGHT, role_ids={"r1": "r1", "ops": "r1", "qa": "r2"}, member_ids=frozenset("abc"))
    return TEAM.apply(draft, EDIT, instructions).team


@pytest.mark.parametrize(
    ("instruction", "changes"),
    [
        ({"kind": "updateName", "value": "Late"}, {"name": "Late"}),
        ({"kind": "updateDescription", "value": ""}, {}),
        ({"kind": "updateDescription", "value": "New"}, {"description": "New"}),
        ({"kind": "addMembers", "values": ["a", "c", "c"]}, {"member_ids": ("a", "b", "c")}),
        ({"kind": "addMembers", "values": []}, {}),
        ({"kind": "removeMembers", "values": ["a", "nobody"]}, {"member_ids": ("b",)}),
        ({"kind": "replaceMembers", "values": ["c"]}, {"member_ids": ("c",)}),
        ({"kind": "replaceMembers", "values": ["b", "a"]}, {}),
        ({"kind": "addCustomRoles", "values": ["ops"]}, {}),
        (
            {"kind": "addCustomRoles", "values": ["qa", "r1"]},
            {"roles": (TeamRole("r1", 1), TeamRole("r2", 7))},
        ),
        ({"kind": "removeCustomRoles", "values": ["ops", "qa"]}, {"roles": ()}),
        (
            {"kind": "addPermissionGrants", **MAINTAIN, "memberIDs": ["b", "a"]},
            {"grants": (Grant(action_set="maintainTeam", member_ids=("a", "b")),)},
        ),
        ({"kind": "addPermissionGrants", **MAINTAIN, "memberIDs": ["a"]}, {}),
        (
            {"kind": "addPermissionGrants", "actions": ["deleteTeam", "deleteTeam"], "memberIDs": ["c"]},
            {"grants": (*NIGHT.grants, Grant(actions=("deleteTeam",), member_ids=("c",)))},
        ),
        ({"kind": "removePermissionGrants", **MAINTAIN, "memberIDs": ["a"]}, {"grants": ()}),
        ({"kind": "removePermissionGrants", **MAINTAIN, "memberIDs": ["c"]}, {}),
        (
            {"kind": "addRoleAttribute", "key": "tag", "values": ["x"]},
            {"role_attributes": {"env": ("test",), "tag": ("x",)}},
        ),
        ({"kind": "updateRoleAttribute", "key": "env", "values": []}, {"role_attributes": {"env": ()}}),
        ({"kind": "removeRoleAttribute", "key": "env"}, {"role_attributes": {}}),
        ({"kind": "removeRoleAttribute", "key": "none"}, {}),
        ({"kind": "replaceRoleAttributes", "value": {}}, {"role_attributes": {}}),
    ],
)
def test_an_instruction_changes_what_it_says(instruction: Any, changes: dict[str, Any]) -> None:
    assert apply(instruction) == replace(NIGHT, **changes)


@pytest.mark.parametrize(
    ("instruction", "reason"),
    [
        ({"kind": "updateName", "value": ""}, "length >= 1"),
        ({"kind": "addMembers", "values": ["x"]}, "unknown member 'x'"),
        ({"kind": "replaceMembers", "values": ["x"]}, "unknown member 'x'"),
        ({"kind": "addCustomRoles", "values": ["x"]}, "unknown custom role 'x'"),
        ({"kind": "removeCustomRoles", "values": ["x"]}, "unknown custom role 'x'"),
        ({"kind": "addPermissionGrants", "memberIDs": ["a"]}, "either an actionSet or actions"),
        (
            {"kind": "addPermissionGrants", **MAINTAIN, "actions": ["deleteTeam"], "memberIDs": ["a"]},
            "either an actionSet or actions",
        ),
        ({"kind": "addPermissionGrants", "actions": ["updateOn"], "memberIDs": ["a"]}, "'updateOn'"),
        ({"kind": "addPermissionGrants", **MAINTAIN, "memberIDs": ["x"]}, "unknown member 'x'"),
        ({"kind": "addPermissionGrants", **MAINTAIN}, "memberIDs"),
        (
            {"kind": "removePermissionGrants", "actions": ["deleteTeam"], "memberIDs": ["a"]},
            "no permission grant of just these",
        ),
        ({"kind": "addRoleAttribute", "key": "env", "values": []}, "already"),
        ({"kind": "updateRoleAttribute", "key": "tag", "values": []}, "no role attribute 'tag'"),
        ({"kind": "removeRoleAttribute", "key": ""}, "length >= 1"),
        ({"kind": "replaceRoleAttributes", "value": {"a": "x"}}, "array"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(instruction: Any, reason: str) -> None:
    with pytest.raises(InvalidRequest, match=r"at `\$\.instructions\[1\]") as caught:
        apply({"kind": "updateName", "value": "Late"}, instruction)
    assert reason in caught.value.message
