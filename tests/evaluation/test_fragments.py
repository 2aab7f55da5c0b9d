import json

from flagstaff.evaluation.fragments import replace_reason, write_reason
from flagstaff.evaluation.preparation.outcomes import OutcomeMaker
from tests.support.sdk_data import a_flag


def test_a_reason_is_written_behind_other_members() -> None:
    assert write_reason(b'"a":{"version":1', {"kind": "OFF"}) == b'"a":{"version":1,"reason":{"kind":"OFF"}'


def test_only_the_reason_is_replaced() -> None:
    outcome = OutcomeMaker("flag", a_flag()).serve(0, {"kind": "FALLTHROUGH"})
    replaced = replace_reason(outcome, {"kind": "OFF"})
    assert (replaced.reason, replaced.value, replaced.index) == ({"kind": "OFF"}, "fall", 0)
    assert (replaced.head, replaced.tail) == (outcome.head, outcome.tail)
    member = json.loads(b"{" + (replaced.head_with_reason + replaced.tail)[1:] + b"}")
    assert member["reason"] == {"kind": "OFF"}
    assert outcome.reason == {"kind": "FALLTHROUGH"}
