import pytest

from flagstaff.features.flags.derived_settings import derive_settings
from flagstaff.features.flags.model import CustomProperty
from flagstaff.features.projects.model import ClientSideAvailability
from tests.support.flags import a_flag

ONE, TWO = CustomProperty(name="N", values=("1",)), CustomProperty(name="N", values=("1", "2"))


@pytest.mark.parametrize(
    ("before", "after", "derived"),
    [
        ({}, {"name": "Pay"}, [{"kind": "updateName", "value": "Pay"}]),
        ({"description": "d"}, {}, [{"kind": "updateDescription", "value": ""}]),
        ({}, {"temporary": False}, [{"kind": "makeFlagPermanent"}]),
        ({"temporary": False}, {}, [{"kind": "makeFlagTemporary"}]),
        (
            {"tags": ("a", "b")},
            {"tags": ("b", "c")},
            [{"kind": "removeTags", "values": ["a"]}, {"kind": "addTags", "values": ["c"]}],
        ),
        (
            {},
            {
                "client_side_availability": ClientSideAvailability(
                    using_mobile_key=False, using_environment_id=True
                )
            },
            [
                {"kind": "turnOffClientSideAvailability", "value": "usingMobileKey"},
                {"kind": "turnOnClientSideAvailability", "value": "usingEnvironmentId"},
            ],
        ),
        (
            {"custom_properties": {"a": ONE, "b": ONE}},
            {"custom_properties": {"b": TWO, "c": ONE}},
            [
                {"kind": "removeCustomProperties", "key": "a", "values": ["1"]},
                {"kind": "replaceCustomProperties", "key": "b", "name": "N", "values": ["1", "2"]},
                {"kind": "replaceCustomProperties", "key": "c", "name": "N", "values": ["1"]},
            ],
        ),
        ({}, {"maintainer_id": "m"}, [{"kind": "updateMaintainerMember", "value": "m"}]),
        (
            {"maintainer_id": "m"},
            {"maintainer_team_key": "ops"},
            [{"kind": "updateMaintainerTeam", "value": "ops"}],
        ),
        ({"maintainer_team_key": "ops"}, {}, [{"kind": "removeMaintainer"}]),
        ({}, {"archived": True, "deprecated": True}, [{"kind": "archiveFlag"}, {"kind": "deprecateFlag"}]),
        (
            {"archived": True, "deprecated": True},
            {},
            [{"kind": "restoreFlag"}, {"kind": "restoreDeprecatedFlag"}],
        ),
        ({}, {"version": 2}, []),
    ],
)
def test_a_setting_that_differs_is_derived(before, after, derived):
    assert list(derive_settings(a_flag(**before), a_flag(**after))) == derived
