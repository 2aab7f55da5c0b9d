"""Every documented kind is there, does what the description says it is for, and has cases in the tables."""

import re

import pytest

from flagstaff.features.flags.instructions.vocabulary import AREAS, FLAG
from tests.features.flags.instructions import (
    test_clauses,
    test_lifecycle,
    test_prerequisites,
    test_rules,
    test_serving,
    test_settings,
    test_targets,
    test_variations,
)

DOCUMENTED = re.findall(
    r"\w+",
    """
    turnFlagOff turnFlagOn addClauses addPrerequisite addRule addTargets addUserTargets addValuesToClause
    addVariation clearTargets clearUserTargets removeClauses removePrerequisite removeRule removeTargets
    removeUserTargets removeValuesFromClause removeVariation reorderRules replacePrerequisites replaceRules
    replaceTargets replaceUserTargets updateClause updateDefaultVariation updateFallthroughVariationOrRollout
    updateOffVariation updatePrerequisite updateRuleDescription updateRuleTrackEvents
    updateRuleVariationOrRollout updateTrackEvents updateTrackEventsFallthrough updateVariation
    addCustomProperties addTags makeFlagPermanent makeFlagTemporary removeCustomProperties removeMaintainer
    removeTags replaceCustomProperties turnOffClientSideAvailability turnOnClientSideAvailability
    updateDescription updateMaintainerMember updateMaintainerTeam updateName archiveFlag deleteFlag
    deprecateFlag restoreDeprecatedFlag restoreFlag
    """,
)
ALIASES = {"addContextTargets", "removeContextTargets"}
TABLES = (
    test_clauses,
    test_prerequisites,
    test_rules,
    test_serving,
    test_settings,
    test_targets,
    test_variations,
)
NO_PARAMETERS = {kind for kind in DOCUMENTED if not FLAG[kind].parameters.__struct_fields__}


def kinds_in(table):
    return {
        element["kind"] for row in table for element in row if isinstance(element, dict) and "kind" in element
    }


def test_the_vocabulary_is_what_is_documented_and_two_aliases():
    sent = {kind for kind, row in FLAG.kinds.items() if not row.internal}
    assert sent == set(DOCUMENTED) | ALIASES
    assert len(DOCUMENTED) == 53


@pytest.mark.parametrize("kind", sorted(FLAG.kinds))
def test_every_kind_says_what_it_does(kind):
    said = FLAG[kind].change.__doc__
    assert said
    assert said.endswith(".")


@pytest.mark.parametrize("kind", sorted(set(DOCUMENTED) | ALIASES))
def test_every_kind_has_a_case_where_it_works_and_one_where_it_is_refused(kind):
    working = kinds_in(test_lifecycle.CASES) | {"deleteFlag", "updateDefaultVariation"}
    refused = NO_PARAMETERS  # refused only when they are given one, or no environment: tested by area
    for table in TABLES:
        working |= kinds_in(table.CASES)
        refused |= kinds_in(table.REFUSALS)
    assert kind in working
    assert kind in refused


@pytest.mark.parametrize("kind", sorted(set(FLAG.kinds) - ALIASES))
def test_every_kind_is_a_function_of_its_name(kind):
    name = re.sub(r"([A-Z])", lambda upper: f"_{upper[1].lower()}", kind)
    assert any(hasattr(area, name) for area in AREAS)


@pytest.mark.parametrize(
    ("kind", "action", "scope"),
    [
        ("turnFlagOn", "updateOn", "environment"),
        ("addRule", "updateRules", "environment"),
        ("updateRuleDescription", "updateFlagRuleDescription", "environment"),
        ("replaceTargets", "updateTargets", "environment"),
        ("replacePrerequisites", "updatePrerequisites", "environment"),
        ("updateOffVariation", "updateOffVariation", "environment"),
        ("addVariation", "updateFlagVariations", "resource"),
        ("updateDefaultVariation", "updateFlagDefaultVariations", "resource"),
        ("archiveFlag", "updateGlobalArchived", "resource"),
        ("deleteFlag", "deleteFlag", "resource"),
        ("updateMaintainerTeam", "updateMaintainer", "resource"),
    ],
)
def test_a_kind_names_the_action_that_its_caller_needs(kind, action, scope):
    assert (FLAG[kind].action, FLAG[kind].scope) == (action, scope)
