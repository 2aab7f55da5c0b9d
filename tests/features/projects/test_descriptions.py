from typing import Any

import pytest

from flagstaff.features.contexts.kinds.schemas import ContextKindPut
from flagstaff.features.projects.descriptions import LABELS, SWITCHES, describe_change
from flagstaff.features.projects.environments.schemas import EnvironmentFields
from flagstaff.features.projects.schemas import BooleanDefaultsRep, FlagDefaultsFields, ProjectFields


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"name": "a"}, {"name": "a"}, ""),
        ({"name": "a"}, {"name": "b"}, "- Changed the name from ~~`a`~~ to `b`"),
        ({"name": "a"}, {"name": "`b`"}, "- Changed the name from ~~`a`~~ to `` `b` ``"),
        ({"tags": ["a", "b"]}, {"tags": ["b", "c"]}, "- Added tag `c`\n\n- Removed tag ~~`a`~~"),
        ({"critical": False}, {"critical": True}, "- Marked as critical"),
        ({"critical": True}, {"critical": False}, "- Marked as not critical"),
        (
            {"booleanDefaults": {"onVariation": 0, "offVariation": 1}},
            {"booleanDefaults": {"onVariation": 1, "offVariation": 1}},
            "- Changed the variation that new flags serve when on from ~~`0`~~ to `1`",
        ),
        (
            {
                "includeInSnippetByDefault": False,
                "defaultClientSideAvailability": {"usingEnvironmentId": False},
            },
            {
                "includeInSnippetByDefault": True,
                "defaultClientSideAvailability": {"usingEnvironmentId": True},
            },
            "- Made new flags available to client-side SDKs",
        ),
    ],
)
def test_every_difference_is_one_item(before: dict[str, Any], after: dict[str, Any], said: str) -> None:
    assert describe_change(before, after) == said


def test_every_member_that_can_be_changed_can_be_described() -> None:
    shapes = (ProjectFields, EnvironmentFields, FlagDefaultsFields, ContextKindPut)
    plain = {name for shape in shapes for name in shape.__struct_encode_fields__}
    plain -= {"tags", "booleanDefaults", "defaultClientSideAvailability", "includeInSnippetByDefault"}
    plain -= {"version", "hideInTargeting"}  # a precondition, and another name
    nested = {f"booleanDefaults.{name}" for name in BooleanDefaultsRep.__struct_encode_fields__}
    availability = {
        f"defaultClientSideAvailability.{name}" for name in ("usingEnvironmentId", "usingMobileKey")
    }

    assert plain | nested | availability <= LABELS.keys() | SWITCHES.keys()
