import pytest
from msgspec.structs import replace

from flagstaff.features.flags.model import CustomProperty, Defaults, Variation
from flagstaff.features.projects.model import ClientSideAvailability
from tests.support.flags import NOW, a_flag, a_state, a_targeting
from tests.support.ids import nth_uuid
from tests.support.patches import op, patch

A, B, C = a_flag().variations

FLAG_CASES = [
    ([op("replace", "/name", "Pay")], {"name": "Pay"}),
    ([op("replace", "/description", "new")], {"description": "new"}),
    ([op("replace", "/description", None)], {"description": ""}),
    ([op("remove", "/description")], {"description": ""}),
    ([op("replace", "/temporary", False)], {"temporary": False}),
    ([op("replace", "/archived", True)], {"archived": True, "archived_date": NOW}),
    ([op("replace", "/deprecated", True)], {"deprecated": True, "deprecated_date": NOW}),
    ([op("add", "/tags/0", "c")], {"tags": ("a", "b", "c")}),
    ([op("add", "/tags/-", "c"), op("remove", "/tags/0")], {"tags": ("b", "c")}),
    (
        [op("replace", "/includeInSnippet", True)],
        {"client_side_availability": ClientSideAvailability(using_environment_id=True)},
    ),
    (
        [op("replace", "/clientSideAvailability/usingMobileKey", False)],
        {"client_side_availability": ClientSideAvailability(using_mobile_key=False)},
    ),
    (
        [
            op("replace", "/clientSideAvailability", {"usingEnvironmentId": True}),
            op("replace", "/includeInSnippet", False),
        ],
        {"client_side_availability": ClientSideAvailability(using_environment_id=True)},
    ),
    (
        [op("replace", "/customProperties/jira", {"name": "Jira", "value": ["A-1"]})],
        {"custom_properties": {"jira": CustomProperty(name="Jira", values=("A-1",))}},
    ),
    ([op("add", "/maintainerTeamKey", "ops")], {"maintainer_id": None, "maintainer_team_key": "ops"}),
    ([op("replace", "/maintainerId", "m2")], {"maintainer_id": "m2"}),
    ([op("remove", "/maintainerId")], {"maintainer_id": None}),
    ([op("replace", "/maintainerId", "")], {"maintainer_id": None}),
    (
        [op("replace", "/defaults", {"onVariation": 1, "offVariation": 0})],
        {"defaults": Defaults(on_variation_id="b", off_variation_id="a")},
    ),
    (
        [op("replace", "/defaults/onVariation", 2)],
        {"defaults": Defaults(on_variation_id="c", off_variation_id="c")},
    ),
    ([op("replace", "/variations/1/value", "lime")], {"variations": (A, replace(B, value="lime"), C)}),
    ([op("replace", "/variations/1/name", "Green")], {"variations": (A, replace(B, name="Green"), C)}),
    ([op("replace", "/variations/1", {"value": "lime"})], {"variations": (A, replace(B, value="lime"), C)}),
    (
        [op("add", "/variations/-", {"value": "pink"})],
        {"variations": (A, B, C, Variation(id=nth_uuid(1), value="pink"))},
    ),
    (
        [
            op(
                "replace",
                "/variations",
                [{"value": "blue"}, {"value": "lime"}, {"value": "red", "name": "Red"}],
            )
        ],
        {"variations": (C, replace(B, value="lime"), replace(A, name="Red"))},
    ),
    ([], {}),
]


@pytest.mark.parametrize(("operations", "changes"), FLAG_CASES)
def test_a_json_patch_changes_what_all_environments_share(operations, changes):
    given = {"description": "d", "tags": ("a", "b"), "maintainer_id": "m1", "version": 3}
    before = a_state(a_flag(**given), test=a_targeting(fallthrough="a", off_variation_id="a"))
    assert patch(before, *operations) == replace(before, flag=a_flag(**(given | changes)))
