import pytest

from flagstaff.features.flags.model import CustomProperty
from flagstaff.features.projects.model import ClientSideAvailability
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_flag
from tests.support.instructions import run_on_flag

ISSUES = {"custom_properties": {"issues": CustomProperty(name="Issues", values=("A-1", "A-2"))}}


def availability(*, mobile, browser):
    return {
        "client_side_availability": ClientSideAvailability(
            using_mobile_key=mobile, using_environment_id=browser
        )
    }


def property_change(kind, *values, **changes):
    return {"kind": kind, "key": "issues", "name": "Issues", "values": list(values)} | changes


CASES = [
    ({}, {"kind": "updateName", "value": "Pay"}, {"name": "Pay"}),
    ({"description": "x"}, {"kind": "updateDescription", "value": ""}, {}),
    ({}, {"kind": "updateDescription", "value": "x"}, {"description": "x"}),
    ({"tags": ("b",)}, {"kind": "addTags", "values": ["c", "a", "b"]}, {"tags": ("a", "b", "c")}),
    ({"tags": ("a", "b")}, {"kind": "removeTags", "values": ["b", "x"]}, {"tags": ("a",)}),
    (
        {"maintainer_team_key": "ops"},
        {"kind": "updateMaintainerMember", "value": "m1"},
        {"maintainer_id": "m1"},
    ),
    (
        {"maintainer_id": "m1"},
        {"kind": "updateMaintainerTeam", "value": "ops"},
        {"maintainer_team_key": "ops"},
    ),
    ({"maintainer_id": "m1"}, {"kind": "removeMaintainer"}, {}),
    ({}, {"kind": "removeMaintainer"}, {}),
    (
        availability(mobile=True, browser=False),
        {"kind": "turnOnClientSideAvailability", "value": "usingEnvironmentId"},
        availability(mobile=True, browser=True),
    ),
    (
        availability(mobile=True, browser=True),
        {"kind": "turnOffClientSideAvailability", "value": "usingMobileKey"},
        availability(mobile=False, browser=True),
    ),
    ({}, property_change("addCustomProperties", "A-1", "A-2", "A-1"), ISSUES),
    (ISSUES, property_change("addCustomProperties", "A-2", "A-1"), ISSUES),
    (
        ISSUES,
        property_change("addCustomProperties", "A-3", name="Tickets"),
        {"custom_properties": {"issues": CustomProperty(name="Tickets", values=("A-1", "A-2", "A-3"))}},
    ),
    (
        ISSUES,
        {"kind": "removeCustomProperties", "key": "issues", "values": ["A-1", "A-9"]},
        {"custom_properties": {"issues": CustomProperty(name="Issues", values=("A-2",))}},
    ),
    (ISSUES, property_change("removeCustomProperties", "A-1", "A-2"), {}),
    (ISSUES, {"kind": "removeCustomProperties", "key": "x", "values": ["A-1"]}, ISSUES),
    (
        ISSUES,
        property_change("replaceCustomProperties", "B-1"),
        {"custom_properties": {"issues": CustomProperty(name="Issues", values=("B-1",))}},
    ),
    (ISSUES, property_change("replaceCustomProperties"), {}),
]

REFUSALS = [
    ({"kind": "updateName", "value": " "}, "must not be empty"),
    ({"kind": "updateName", "value": "x" * 257}, "longer than 256"),
    ({"kind": "updateName", "value": 1}, r"Expected `str`, got `int` - at `\$.instructions\[0\].value`"),
    ({"kind": "updateDescription"}, "missing required field `value`"),
    ({"kind": "addTags", "values": ["a b"]}, "tag 'a b' must be"),
    ({"kind": "removeTags", "values": "a"}, "Expected `array`, got `str`"),
    ({"kind": "updateMaintainerMember", "value": ""}, "must not be empty"),
    ({"kind": "updateMaintainerTeam", "value": ""}, "must not be empty"),
    ({"kind": "removeMaintainer", "value": "m1"}, "unknown field `value`"),
    ({"kind": "turnOnClientSideAvailability", "value": "using"}, "Invalid enum value 'using'"),
    ({"kind": "turnOffClientSideAvailability"}, "missing required field `value`"),
    (property_change("addCustomProperties", "x", key=""), "need 1 to 64 characters"),
    (property_change("addCustomProperties", "x", name="n" * 65), "need 1 to 64 characters"),
    (property_change("addCustomProperties", *map(str, range(65))), "more than 64 values"),
    (property_change("replaceCustomProperties", 1), "Expected `str`, got `int`"),
    ({"kind": "removeCustomProperties", "key": "issues"}, "missing required field `values`"),
]


@pytest.mark.parametrize(("before", "instruction", "after"), CASES)
def test_a_setting_is_changed(before, instruction, after):
    assert run_on_flag(a_flag(**before), instruction) == a_flag(**after)


@pytest.mark.parametrize(("instruction", "error"), REFUSALS)
def test_a_setting_that_a_flag_cannot_have_is_refused(instruction, error):
    with pytest.raises(InvalidRequest, match=error):
        run_on_flag(a_flag(**ISSUES), instruction)


def test_a_flag_is_included_in_snippets_exactly_when_client_side_sdks_see_it():
    flag = run_on_flag(a_flag(), {"kind": "turnOnClientSideAvailability", "value": "usingEnvironmentId"})
    assert flag.include_in_snippet
    assert not a_flag().include_in_snippet
