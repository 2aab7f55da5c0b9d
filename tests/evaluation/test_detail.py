from flagstaff.evaluation.detail import EvaluationDetail, make_detail, make_error
from flagstaff.evaluation.preparation.outcomes import OutcomeMaker
from tests.support.sdk_data import a_flag


def test_a_detail_shares_nothing_with_its_outcome() -> None:
    outcome = OutcomeMaker("flag", a_flag(variations=[{"a": []}])).serve(0, {"kind": "FALLTHROUGH"})
    detail = make_detail(outcome, None)
    detail.value["a"].append(1)
    detail.reason["kind"] = "changed"
    again = make_detail(outcome, None)
    assert (again.value, again.variation_index, again.reason) == ({"a": []}, 0, {"kind": "FALLTHROUGH"})


def test_an_outcome_without_value_gives_the_default_itself() -> None:
    default: list[int] = []
    detail = make_detail(OutcomeMaker("flag", a_flag()).fail("MALFORMED_FLAG"), default)
    assert detail.value is default
    assert detail.variation_index is None


def test_a_value_of_null_is_no_default() -> None:
    detail = make_detail(OutcomeMaker("flag", a_flag(variations=[None])).serve(0, {}), "default")
    assert (detail.value, detail.variation_index) == (None, 0)


def test_an_error_gives_the_default_and_its_kind() -> None:
    detail = make_error("FLAG_NOT_FOUND", 5)
    assert (detail.value, detail.variation_index) == (5, None)
    assert detail.reason == {"kind": "ERROR", "errorKind": "FLAG_NOT_FOUND"}


def test_a_detail_shows_itself() -> None:
    assert repr(EvaluationDetail(True, 1, {"kind": "OFF"})) == "EvaluationDetail(True, 1, {'kind': 'OFF'})"
