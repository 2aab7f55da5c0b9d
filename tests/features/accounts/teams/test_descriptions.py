"""What the audit log says of a changed team."""

from typing import Any

import pytest
from msgspec.structs import replace

from flagstaff.features.accounts.teams.descriptions import describe_change
from flagstaff.features.accounts.teams.model import Grant, Team, TeamRole

NIGHT = Team(
    id="t", key="night", name="Night", member_ids=("a",), roles=(TeamRole("r1", 1),), created=1, modified=1
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"name": "Late"}, "- Changed the name from ~~`Night`~~ to `Late`"),
        ({"member_ids": ("b", "c")}, "- Added 2 members\n\n- Removed 1 member"),
        (
            {"roles": (TeamRole("r2", 1), TeamRole("gone", 1))},
            "- Added the role `Two`\n\n- Added the role `gone`\n\n- Removed the role ~~`One`~~",
        ),
        ({"role_attributes": {"env": ("x",)}}, "- Changed the role attributes"),
        (
            {"grants": (Grant(actions=("deleteTeam",), member_ids=("a",)),)},
            "- Changed who may do what with the team",
        ),
    ],
)
def test_members_are_counted_and_roles_named(changes: dict[str, Any], said: str) -> None:
    assert describe_change(NIGHT, replace(NIGHT, **changes), {"r1": "One", "r2": "Two"}) == said
