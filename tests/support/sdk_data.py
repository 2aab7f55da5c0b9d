"""Builders of flags, segments and data sets in the shapes that SDKs get, and short ways to evaluate them."""

import json
from typing import Any

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.big_segments import FindMembership
from flagstaff.evaluation.context import parse_context
from flagstaff.evaluation.detail import EvaluationDetail

USER = {"kind": "user", "key": "user-key"}


def a_flag(key: str = "flag", **members: Any) -> dict[str, Any]:
    """A flag that is on and serves variation 0 to everybody."""
    base: dict[str, Any] = {
        "key": key,
        "version": 1,
        "on": True,
        "salt": "salt",
        "offVariation": 1,
        "variations": ["fall", "off", "match"],
        "fallthrough": {"variation": 0},
        "targets": [],
        "contextTargets": [],
        "rules": [],
        "prerequisites": [],
        "trackEvents": False,
        "trackEventsFallthrough": False,
        "debugEventsUntilDate": None,
        "clientSide": False,
        "clientSideAvailability": {"usingMobileKey": True, "usingEnvironmentId": False},
    }
    return base | members


def a_segment(key: str = "segment", **members: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "key": key,
        "version": 1,
        "salt": "salt",
        "included": [],
        "excluded": [],
        "includedContexts": [],
        "excludedContexts": [],
        "rules": [],
    }
    return base | members


def a_clause(attribute: str, op: str, *values: Any, **members: Any) -> dict[str, Any]:
    base = {"contextKind": "user", "attribute": attribute, "op": op, "values": list(values), "negate": False}
    return base | members


def a_target(variation: int, *keys: str, **members: Any) -> dict[str, Any]:
    return {"variation": variation, "values": list(keys)} | members


def in_segment(*keys: str, **members: Any) -> dict[str, Any]:
    return {"attribute": "", "op": "segmentMatch", "values": list(keys), "negate": False} | members


def a_rule(*clauses: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A rule that serves variation 2."""
    base = {"id": "rule", "variation": 2, "clauses": list(clauses), "trackEvents": False}
    return base | members


def a_rollout(*weights: tuple[int, int], **members: Any) -> dict[str, Any]:
    """A rollout over pairs of variation and weight."""
    shares = [{"variation": variation, "weight": weight} for variation, weight in weights]
    return {"rollout": {"contextKind": "user", "variations": shares} | members}


def a_dataset(*flags: dict[str, Any], segments: tuple[dict[str, Any], ...] = ()) -> Dataset:
    return Dataset.from_json(
        {
            "flags": {flag["key"]: flag for flag in flags},
            "segments": {segment["key"]: segment for segment in segments},
        }
    )


def evaluate(
    flag: dict[str, Any], context: Any = USER, *, segments: tuple[dict[str, Any], ...] = ()
) -> EvaluationDetail:
    """Evaluate one flag; the default is "default"."""
    return evaluate_in(a_dataset(flag, segments=segments), flag["key"], context, "default")


def evaluate_in(
    dataset: Dataset, key: str, context: Any, default: Any, *, big_segments: FindMembership | None = None
) -> EvaluationDetail:
    """Evaluate a flag of a data set. What explains it to people must come to the same, in every case."""
    detail = dataset.evaluate(key, context, default, big_segments=big_segments)
    if detail.reason.get("errorKind") != "USER_NOT_SPECIFIED":
        trace = dataset.explain(key, parse_context(context), big_segments=big_segments)
        assert (trace.variation, trace.reason) == (detail.variation_index, detail.reason)
        assert trace.value == (None if trace.variation is None else detail.value)
    return detail


def serves(detail: EvaluationDetail) -> tuple[Any, int | None, dict[str, Any]]:
    return detail.value, detail.variation_index, detail.reason


def clause_matches(
    clause: dict[str, Any], context: Any = USER, segments: tuple[dict[str, Any], ...] = ()
) -> bool:
    """Tell whether a flag whose only rule has this clause serves by that rule."""
    detail = evaluate(a_flag(rules=[a_rule(clause)]), context, segments=segments)
    assert detail.reason["kind"] in ("RULE_MATCH", "FALLTHROUGH"), detail
    return detail.reason["kind"] == "RULE_MATCH"


def evaluate_all(dataset: Dataset, context: Any = USER, **options: Any) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(dataset.evaluate_all(context, **options))
    return decoded


MALFORMED = ("default", None, {"kind": "ERROR", "errorKind": "MALFORMED_FLAG"})
