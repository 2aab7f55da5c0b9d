"""Reasons as SDKs show them. Each call makes a new dict."""

from typing import Any

MALFORMED_FLAG = "MALFORMED_FLAG"
FLAG_NOT_FOUND = "FLAG_NOT_FOUND"
USER_NOT_SPECIFIED = "USER_NOT_SPECIFIED"
EXCEPTION = "EXCEPTION"


def off() -> dict[str, Any]:
    return {"kind": "OFF"}


def fall_through(*, in_experiment: bool) -> dict[str, Any]:
    return _add_experiment({"kind": "FALLTHROUGH"}, in_experiment)


def match_target() -> dict[str, Any]:
    return {"kind": "TARGET_MATCH"}


def match_rule(index: int, rule_id: str, *, in_experiment: bool) -> dict[str, Any]:
    reason: dict[str, Any] = {"kind": "RULE_MATCH", "ruleIndex": index}
    if rule_id:
        reason["ruleId"] = rule_id
    return _add_experiment(reason, in_experiment)


def fail_prerequisite(key: str) -> dict[str, Any]:
    return {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": key}


def error(error_kind: str) -> dict[str, Any]:
    return {"kind": "ERROR", "errorKind": error_kind}


def _add_experiment(reason: dict[str, Any], in_experiment: bool) -> dict[str, Any]:
    if in_experiment:
        reason["inExperiment"] = True
    return reason
