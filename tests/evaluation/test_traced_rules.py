from typing import Any

import pytest

from flagstaff.evaluation.context import parse_context
from flagstaff.evaluation.scope import Scope
from flagstaff.evaluation.traced_rules import find_met_value
from tests.support.sdk_data import USER, a_clause


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        (a_clause("country", "in", "DE", "CH", "AT"), "CH"),
        (a_clause("country", "in", "DE"), None),
        (a_clause("country", "in", "CH", negate=True), "CH"),
        (a_clause("country", "startsWith", "D", "C"), "C"),
        (a_clause("absent", "in", "CH"), None),
        (a_clause("country", "in"), None),
    ],
)
def test_the_value_of_a_clause_that_a_context_meets_is_found(
    clause: dict[str, Any], found: str | None
) -> None:
    context = parse_context(USER | {"country": "CH"})
    assert find_met_value(clause, context, Scope({}, {})) == found
