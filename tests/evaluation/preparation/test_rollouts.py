from typing import Any

import pytest

from flagstaff.evaluation.bucketing import find_ends
from flagstaff.evaluation.model import Outcome, Serve
from flagstaff.evaluation.preparation.outcomes import OutcomeMaker
from flagstaff.evaluation.preparation.reading import MalformedData
from flagstaff.evaluation.preparation.rollouts import prepare_serve
from tests.support.sdk_data import a_flag, a_rollout

OUTCOMES = OutcomeMaker("flag", a_flag())
MALFORMED = OUTCOMES.fail("MALFORMED_FLAG")


def make(variation: int, in_experiment: bool) -> Outcome:
    return OUTCOMES.serve(variation, {"inExperiment": in_experiment})


def prepare(data: dict[str, Any]) -> Serve:
    return prepare_serve(data, "flag", "salt", make, MALFORMED)


def test_a_variation_is_served_without_rollout() -> None:
    serve = prepare({"variation": 2} | a_rollout((0, 1)))
    assert (serve.outcome.index, serve.rollout) == (2, None)


@pytest.mark.parametrize("data", [{}, a_rollout(), {"rollout": {}}, a_rollout((0, 1), bucketBy="/")])
def test_what_cannot_serve_is_malformed(data: dict[str, Any]) -> None:
    serve = prepare(data)
    assert (serve.outcome, serve.rollout) == (MALFORMED, None)


def test_shares_follow_each_other() -> None:
    rollout = prepare(a_rollout((2, 30_000), (0, 70_000))).rollout
    assert rollout is not None
    assert [share.outcome.index for share in rollout.shares] == [2, 0]
    assert [share.end for share in rollout.shares] == find_ends([30_000, 70_000])
    assert rollout.without_context.index == 2


def test_only_tracked_shares_of_experiments_are_in_them() -> None:
    shares = [{"variation": 0, "weight": 1, "untracked": True}, {"variation": 1, "weight": 1}]
    for kind, expected in (("experiment", [False, True]), ("rollout", [False, False])):
        rollout = prepare({"rollout": {"kind": kind, "variations": shares}}).rollout
        assert rollout is not None
        assert [share.outcome.reason["inExperiment"] for share in rollout.shares] == expected
        assert rollout.without_context.reason == {"inExperiment": False}


@pytest.mark.parametrize(
    "data", [{"rollout": []}, {"variation": 1, "rollout": "x"}, a_rollout((0, 1), seed="x")]
)
def test_wrong_types_are_malformed_even_beside_a_variation(data: dict[str, Any]) -> None:
    with pytest.raises(MalformedData):
        prepare(data)
