"""The result of one evaluation, as a caller gets it."""

import json
from typing import Any

from flagstaff.evaluation import reasons
from flagstaff.evaluation.model import Outcome


class EvaluationDetail:
    """Value, variation index (None if the value is the default) and reason, all of them the caller's own."""

    __slots__ = ("reason", "value", "variation_index")

    def __init__(self, value: Any, variation_index: int | None, reason: dict[str, Any]) -> None:
        self.value = value
        self.variation_index = variation_index
        self.reason = reason

    def __repr__(self) -> str:
        return f"EvaluationDetail({self.value!r}, {self.variation_index!r}, {self.reason!r})"


def make_detail(outcome: Outcome, default: Any) -> EvaluationDetail:
    """Make a detail that shares nothing with the outcome."""
    if outcome.index is None:
        return EvaluationDetail(default, None, outcome.reason.copy())
    value = json.loads(outcome.value_json) if outcome.is_mutable else outcome.value
    return EvaluationDetail(value, outcome.index, outcome.reason.copy())


def make_error(error_kind: str, default: Any) -> EvaluationDetail:
    return EvaluationDetail(default, None, reasons.error(error_kind))
