from flagstaff.evaluation.context import parse_context
from flagstaff.features.console.explanations.material import Material, list_flags, list_segments
from tests.support.flags import a_state, a_targeting
from tests.support.sdk_data import USER, a_dataset, a_flag, a_rule, a_segment, in_segment


def test_every_flag_and_segment_of_a_tree_is_named_also_what_was_not_needed() -> None:
    needing = [{"key": key, "variation": 2} for key in ("other", "later")]
    inner = a_segment("inner")
    outer = a_segment("outer", rules=[{"clauses": [in_segment("inner")]}])
    flags = (
        a_flag("flag", prerequisites=needing),
        a_flag("other", rules=[a_rule(in_segment("outer", "absent"))]),
        a_flag("later"),
    )
    trace = a_dataset(*flags, segments=(inner, outer)).explain("flag", parse_context(USER))

    assert set(list_flags(trace)) == {"flag", "other", "later"}
    assert set(list_segments(trace)) == {"outer", "inner", "absent"}


def test_a_flag_is_found_with_its_targeting_in_the_environment() -> None:
    state = a_state(test=a_targeting(on=True))
    material = Material("test", {"checkout": state, "gone": None}, {})

    assert material.find_flag("checkout") == (state.flag, state.environments["test"])
    assert material.find_flag("gone") is None
    assert Material("live", {"checkout": state}, {}).find_flag("checkout") is None
