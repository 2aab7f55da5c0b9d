import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from flagstaff.features.flags.descriptions import describe_change
from flagstaff.features.targeting.values import same
from tests.support.flag_states import flag_states
from tests.support.flags import a_flag, a_rule, a_state, a_targeting


@pytest.mark.parametrize(
    ("before", "after", "verb"),
    [
        (a_state(), a_state(a_flag(archived=True)), "archived the flag"),
        (a_state(a_flag(archived=True)), a_state(), "restored the flag"),
        (a_state(), a_state(a_flag(deprecated=True)), "deprecated the flag"),
        (a_state(a_flag(deprecated=True)), a_state(), "restored the deprecated flag"),
        (a_state(), a_state(test=a_targeting(on=True)), "turned on the flag"),
        (a_state(test=a_targeting(on=True)), a_state(), "turned off the flag"),
        (a_state(), replace(a_state(), deleted=True), "deleted the flag"),
    ],
)
def test_a_title_says_in_full_what_is_only_switched(before, after, verb):
    assert describe_change(before, after) == (verb, "")


def test_what_is_switched_beside_other_changes_is_listed_with_them():
    after = a_state(a_flag(archived=True, tags=("a",)))
    assert describe_change(a_state(), after) == ("updated the flag", "* Added tag `a`\n\n* Archived the flag")


def test_a_change_in_one_environment_needs_no_heading():
    after = a_state(test=a_targeting(on=True, track_events=True))
    assert describe_change(a_state(), after)[1] == (
        "* Turned on the flag\n\n* Turned on detailed events of all evaluations"
    )


def test_changes_in_several_environments_stand_under_their_names():
    before = a_state(test=a_targeting(), production=a_targeting())
    after = a_state(a_flag(name="Pay"), test=a_targeting(on=True), production=a_targeting(on=True))
    assert describe_change(before, after, {"production": "Production"})[1] == (
        "* Changed the name from ~~`Checkout`~~ to `Pay`\n\n"
        "## test ##\n\n* Turned on the flag\n\n"
        "## Production ##\n\n* Turned on the flag"
    )


def test_what_has_not_changed_is_not_mentioned():
    state = a_state(test=a_targeting(rules=(a_rule(),)))
    assert describe_change(state, state) == ("updated the flag", "")


@settings(max_examples=200, deadline=None)
@given(flag_states, flag_states)
def test_no_change_goes_without_a_word(before, after):
    verb, description = describe_change(before, after)
    said = bool(description) or verb != "updated the flag"
    assert said is not same(before, after)


@settings(max_examples=200, deadline=None)
@given(flag_states, flag_states)
def test_every_environment_that_changes_is_told_of(before, after):
    changed = {
        key for key, targeting in after.environments.items() if not same(targeting, before.environments[key])
    }
    mixed = (
        replace(after, flag=before.flag) if before.flag.indexes.keys() == after.flag.indexes.keys() else after
    )
    _, description = describe_change(before, mixed)
    if len(changed) == 2:
        assert "## test ##" in description
        assert "## production ##" in description
