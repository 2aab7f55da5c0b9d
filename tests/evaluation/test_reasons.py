from typing import Any

import pytest

from flagstaff.evaluation import reasons


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (reasons.off(), {"kind": "OFF"}),
        (reasons.match_target(), {"kind": "TARGET_MATCH"}),
        (reasons.fall_through(in_experiment=False), {"kind": "FALLTHROUGH"}),
        (reasons.fall_through(in_experiment=True), {"kind": "FALLTHROUGH", "inExperiment": True}),
        (
            reasons.match_rule(1, "id", in_experiment=True),
            {"kind": "RULE_MATCH", "ruleIndex": 1, "ruleId": "id", "inExperiment": True},
        ),
        (reasons.match_rule(0, "", in_experiment=False), {"kind": "RULE_MATCH", "ruleIndex": 0}),
        (reasons.fail_prerequisite("a"), {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": "a"}),
        (reasons.error(reasons.EXCEPTION), {"kind": "ERROR", "errorKind": "EXCEPTION"}),
    ],
)
def test_reasons_look_as_sdks_show_them(reason: dict[str, Any], expected: dict[str, Any]) -> None:
    assert reason == expected


def test_every_reason_is_a_new_one() -> None:
    assert reasons.off() is not reasons.off()
