"""The clause operators. Each compares values of one type: `convert` brings attribute and clause values to it.

A clause matches if its operator holds for any of its values, so of the bounds of an ordered operator only the
loosest counts. `prepare` makes the operand of `test(operand, attribute value)` from the clause values.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import contains, ge, gt, le, lt
from typing import Any

import re2

from flagstaff.evaluation.dates import as_instant
from flagstaff.evaluation.values import as_comparable, as_number, as_text, as_utf8
from flagstaff.evaluation.versions import as_version


@dataclass(frozen=True, slots=True)
class Operator:
    convert: Callable[[Any], Any]
    prepare: Callable[[list[Any]], Any]
    test: Callable[[Any, Any], bool]


def starts(prefixes: tuple[str, ...], text: str) -> bool:
    return text.startswith(prefixes)


def ends(suffixes: tuple[str, ...], text: str) -> bool:
    return text.endswith(suffixes)


def occurs(parts: tuple[str, ...], text: str) -> bool:
    return any(part in text for part in parts)


def finds(patterns: Sequence[Any], text: bytes) -> bool:
    return any(pattern.search(text) is not None for pattern in patterns)


def compile_patterns(sources: list[bytes]) -> list[Any]:
    """Compile what RE2 can compile; any other pattern matches nothing."""
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    patterns = []
    for source in sources:
        try:
            patterns.append(re2.compile(source, options))
        except re2.error:
            continue
    return patterns


OPERATORS = {
    "in": Operator(as_comparable, frozenset, contains),
    "startsWith": Operator(as_text, tuple, starts),
    "endsWith": Operator(as_text, tuple, ends),
    "contains": Operator(as_text, tuple, occurs),
    "matches": Operator(as_utf8, compile_patterns, finds),
    "lessThan": Operator(as_number, max, gt),
    "lessThanOrEqual": Operator(as_number, max, ge),
    "greaterThan": Operator(as_number, min, lt),
    "greaterThanOrEqual": Operator(as_number, min, le),
    "before": Operator(as_instant, max, gt),
    "after": Operator(as_instant, min, lt),
    "semVerEqual": Operator(as_version, frozenset, contains),
    "semVerLessThan": Operator(as_version, max, gt),
    "semVerGreaterThan": Operator(as_version, min, lt),
}


def match_nothing(_operand: Any, _value: Any) -> bool:
    return False


# An operator we do not know.
UNKNOWN = Operator(as_comparable, len, match_nothing)
