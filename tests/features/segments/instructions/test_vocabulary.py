"""Every documented kind is there, names its action, and has cases in the tables."""

import re

import pytest

from flagstaff.features.segments.instructions.vocabulary import AREAS, SEGMENT
from tests.features.segments.instructions import (
    test_big_targets,
    test_clauses,
    test_rules,
    test_settings,
    test_targets,
)

ACTIONS = {
    "updateName": "updateName",
    "updateDescription": "updateDescription",
    "addTags": "updateTags",
    "removeTags": "updateTags",
    "addIncludedTargets": "updateIncluded",
    "addIncludedUsers": "updateIncluded",
    "removeIncludedTargets": "updateIncluded",
    "removeIncludedUsers": "updateIncluded",
    "addExcludedTargets": "updateExcluded",
    "addExcludedUsers": "updateExcluded",
    "removeExcludedTargets": "updateExcluded",
    "removeExcludedUsers": "updateExcluded",
    "addBigSegmentIncludedTargets": "updateIncluded",
    "removeBigSegmentIncludedTargets": "updateIncluded",
    "processBigSegmentImport": "updateIncluded",
    "addBigSegmentExcludedTargets": "updateExcluded",
    "removeBigSegmentExcludedTargets": "updateExcluded",
    "addRule": "updateRules",
    "removeRule": "updateRules",
    "reorderRules": "updateRules",
    "updateRuleDescription": "updateRules",
    "updateRuleRolloutAndContextKind": "updateRules",
    "addClauses": "updateRules",
    "removeClauses": "updateRules",
    "updateClause": "updateRules",
    "addValuesToClause": "updateRules",
    "removeValuesFromClause": "updateRules",
}
TABLES = (test_big_targets, test_clauses, test_rules, test_settings, test_targets)


def kinds_in(value):
    """The kinds of all instructions in a table."""
    if isinstance(value, dict):
        return {value["kind"]} if "kind" in value else set()
    if isinstance(value, list | tuple):
        return {kind for element in value for kind in kinds_in(element)}
    return set()


def test_the_vocabulary_is_what_is_documented():
    assert {kind: row.action for kind, row in SEGMENT.kinds.items() if not row.internal} == ACTIONS


@pytest.mark.parametrize("kind", ACTIONS)
def test_every_kind_has_a_case_where_it_works_and_one_where_it_is_refused(kind):
    assert any(kind in kinds_in(table.CASES) for table in TABLES)
    assert any(kind in kinds_in(table.REFUSALS) for table in TABLES)


@pytest.mark.parametrize("kind", SEGMENT.kinds)
def test_every_kind_is_a_function_of_its_name_that_says_what_it_does(kind):
    name = re.sub(r"([A-Z])", lambda upper: f"_{upper[1].lower()}", kind)
    assert any(hasattr(area, name) for area in AREAS)
    assert SEGMENT[kind].change.__doc__
