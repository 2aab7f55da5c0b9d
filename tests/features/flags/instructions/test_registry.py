import pytest

from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_state, a_targeting
from tests.support.instructions import run


def test_a_change_of_one_environment_leaves_the_others_alone():
    before = a_state(test=a_targeting(), production=a_targeting())
    after = run(before, {"kind": "turnFlagOn"}, environment="production")
    assert after.environments["production"].on
    assert after.environments["test"] is before.environments["test"]
    assert after.flag is before.flag


def test_an_instruction_for_an_environment_needs_its_key():
    with pytest.raises(InvalidRequest, match="environmentKey is required"):
        run(a_state(), {"kind": "turnFlagOn"}, environment="")


def test_an_unknown_environment_is_named():
    with pytest.raises(InvalidRequest, match="unknown environment 'nowhere'"):
        run(a_state(), {"kind": "turnFlagOn"}, environment="nowhere")


def test_the_environment_is_ignored_by_what_concerns_the_whole_flag():
    assert run(a_state(), {"kind": "makeFlagPermanent"}, environment="nowhere").flag.temporary is False


def test_each_instruction_sees_the_result_of_those_before_it():
    state = run(
        a_state(),
        {"kind": "addVariation", "value": "pink", "_id": "aaaaaaaa-0000-4000-8000-000000000000"},
        {"kind": "updateOffVariation", "variationId": "aaaaaaaa-0000-4000-8000-000000000000"},
    )
    assert state.environments["test"].off_variation_id == state.flag.variations[3].id


def test_one_refused_instruction_refuses_them_all():
    before = a_state()
    with pytest.raises(InvalidRequest, match=r"\$.instructions\[1\]"):
        run(before, {"kind": "turnFlagOn"}, {"kind": "updateTrackEvents", "trackEvents": 1})
    assert not before.environments["test"].on
