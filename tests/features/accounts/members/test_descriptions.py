"""What the audit log says of a changed member."""

from typing import Any

import pytest
from msgspec.structs import replace

from flagstaff.features.accounts.members.descriptions import describe_change
from flagstaff.features.accounts.model import Member

ADA = Member(id="m", email="ada@example.com", role="reader", custom_roles=("r1",), created=1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"role": "writer"}, "- Changed the role from ~~`reader`~~ to `writer`"),
        ({"custom_roles": ("r1", "r2")}, "- Added the role `Two`"),
        ({"custom_roles": ()}, "- Removed the role ~~`One`~~"),
        ({"custom_roles": ("r9",)}, "- Added the role `r9`\n\n- Removed the role ~~`One`~~"),
        ({"role_attributes": {"env": ("test",)}}, "- Changed the role attributes"),
        ({"first_name": "Ada"}, "- Changed the name"),
        ({"email": "new@example.com"}, "- Changed the e-mail address"),
    ],
)
def test_roles_are_named_and_of_personal_data_only_that_they_changed(
    changes: dict[str, Any], said: str
) -> None:
    assert describe_change(ADA, replace(ADA, **changes), {"r1": "One", "r2": "Two"}) == said
