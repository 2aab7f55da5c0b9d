import pytest

from flagstaff.features.flags.described_settings import describe_settings
from flagstaff.features.flags.model import CustomProperty, Defaults, Variation
from flagstaff.features.projects.model import ClientSideAvailability
from tests.support.flags import a_flag, a_state, variations

A, B, C = a_flag().variations
JIRA = {"jira": CustomProperty(name="Jira", values=("A-1", "A-2"))}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"description": "d"}, ["Changed the description to `d`"]),
        ({"description": "d"}, {}, ["Changed the description from ~~`d`~~ to none"]),
        ({}, {"temporary": False}, ["Made the flag permanent"]),
        ({"temporary": False}, {}, ["Made the flag temporary"]),
        ({"tags": ("a",)}, {"tags": ("b",)}, ["Removed tag ~~`a`~~", "Added tag `b`"]),
        (
            {},
            {
                "client_side_availability": ClientSideAvailability(
                    using_mobile_key=False, using_environment_id=True
                )
            },
            [
                "Made the flag unavailable to SDKs that use a mobile key",
                "Made the flag available to SDKs that use a client-side ID",
            ],
        ),
        ({}, {"custom_properties": JIRA}, ["Changed the custom property `jira` to `Jira`: `A-1`, `A-2`"]),
        (
            {"custom_properties": JIRA},
            {},
            ["Changed the custom property `jira` from ~~`Jira`: `A-1`, `A-2`~~ to none"],
        ),
        (
            {"maintainer_id": "m1"},
            {"maintainer_team_key": "ops"},
            ["Changed the maintainer from ~~the member `m1`~~ to the team `ops`"],
        ),
        ({"maintainer_id": "m1"}, {}, ["Changed the maintainer from ~~the member `m1`~~ to none"]),
        (
            {},
            {"variations": (A, C, Variation(id="d", value={"x": 1}, name="New", description="n"))},
            ["Removed the variation ~~`green`~~", 'Added the variation `New`: `{"x":1}` (`n`)'],
        ),
        (
            {},
            {"variations": (A, Variation(id="b", value="lime", name="Lime", description="l"), C)},
            [
                "Changed the value of the variation `green` from ~~`green`~~ to `lime`",
                "Changed the name of the variation `green` to `Lime`",
                "Changed the description of the variation `green` to `l`",
            ],
        ),
        (
            {},
            {"variations": (C, A, B)},
            [
                (
                    "Changed the order of the variations from ~~`red`, `green`, `blue`~~ "
                    "to `blue`, `red`, `green`"
                )
            ],
        ),
        (
            {"variations": variations(1, 2, 3)},
            {"variations": variations(True, 2, 3)},
            ["Changed the value of the variation `1` from ~~`1`~~ to `true`"],
        ),
        (
            {},
            {"defaults": Defaults(on_variation_id="b", off_variation_id="a")},
            [
                "Changed what new environments serve while the flag is on from ~~`red`~~ to `green`",
                "Changed what new environments serve while the flag is off from ~~`blue`~~ to `red`",
            ],
        ),
        ({}, {"archived": True, "deprecated": True}, ["Archived the flag", "Deprecated the flag"]),
        ({}, {"version": 2}, []),
    ],
)
def test_each_setting_is_told_with_what_it_was(before, after, said):
    assert list(describe_settings(a_state(a_flag(**before)), a_state(a_flag(**after)), {})) == said


def test_a_maintainer_is_called_by_name_where_that_is_known():
    before, after = (a_state(a_flag(maintainer_id=member)) for member in ("m1", "m2"))

    said = list(describe_settings(before, after, {"m2": "Lise Meitner"}))

    assert said == ["Changed the maintainer from ~~the member `m1`~~ to the member `Lise Meitner`"]
