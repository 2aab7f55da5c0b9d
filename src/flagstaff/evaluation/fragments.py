"""The JSON of client-side results, where it is not known before an evaluation."""

from dataclasses import replace
from typing import Any

from flagstaff.evaluation.jsontext import encode
from flagstaff.evaluation.model import Outcome


def write_reason(head: bytes, reason: dict[str, Any]) -> bytes:
    return head + b',"reason":' + encode(reason)


def end_result(version: int) -> bytes:
    return b',"version":%d}' % version


def replace_reason(outcome: Outcome, reason: dict[str, Any]) -> Outcome:
    """Give the same outcome for another reason."""
    return replace(outcome, reason=reason, head_with_reason=write_reason(outcome.head, reason))
