import pytest

from flagstaff.access.policies import Policy, Statement
from flagstaff.access.rulings import find_ruling
from tests.access.builders import (
    ACCOUNT,
    a_flag,
    a_policy,
    a_project,
    a_token_of,
    allow,
    an_environment,
    deny,
    read_policy,
)


def ruling(policy, action, resource, attributes=None):
    statement = find_ruling(policy, action, resource, attributes or {})
    return statement and statement.effect


def test_what_no_statement_speaks_of_has_no_ruling():
    assert find_ruling(a_policy(allow("proj/*:env/test:flag/*")), "updateOn", a_flag()) is None
    assert find_ruling(a_policy(allow("proj/*:env/*:flag/*", "updateRules")), "updateOn", a_flag()) is None
    assert find_ruling(Policy(()), "updateOn", a_flag()) is None


@pytest.mark.parametrize("turned", [False, True])
def test_a_denial_wins_over_a_permission_in_any_order(turned):
    statements = [allow("proj/*:env/*:flag/*"), deny("proj/*:env/production:flag/*", "updateOn")]
    policy = a_policy(*reversed(statements) if turned else statements)
    assert find_ruling(policy, "updateOn", a_flag()) == deny("proj/*:env/production:flag/*", "updateOn")
    assert ruling(policy, "updateRules", a_flag()) == "allow"
    assert ruling(policy, "updateOn", a_flag(environment=an_environment("test"))) == "allow"


@pytest.mark.parametrize(
    ("actions", "action", "speaks"),
    [
        ("updateOn", "updateOn", True),
        ("updateOn updateRules", "updateRules", True),
        ("update*", "updateTargets", True),
        ("*", "deleteFlag", True),
        ("updateOn", "updateon", False),
        ("update*", "deleteFlag", False),
    ],
)
def test_actions_may_be_globs(actions, action, speaks):
    assert (ruling(a_policy(allow("proj/*:env/*:flag/*", actions)), action, a_flag()) == "allow") is speaks


@pytest.mark.parametrize(
    ("not_actions", "action", "speaks"),
    [(("update*",), "updateOn", False), (("update*",), "deleteFlag", True), (("a", "b"), "b", False)],
)
def test_not_actions_are_all_others(not_actions, action, speaks):
    statement = Statement("allow", resources=("proj/*:env/*:flag/*",), not_actions=not_actions)
    assert (ruling(a_policy(statement), action, a_flag()) == "allow") is speaks


@pytest.mark.parametrize(
    ("not_resources", "resource", "speaks"),
    [
        (("proj/default",), a_project(), False),
        (("proj/default",), a_project("other"), True),
        (("proj/default",), an_environment(), True),  # nothing is inherited
        (("proj/default",), ACCOUNT, True),
        (("proj/*:env/production:flag/*",), a_flag(), False),
        (("proj/*:env/production:flag/*",), a_flag(environment=an_environment("test")), True),
        (("proj/a:env/*:flag/*", "proj/*:env/*:flag/*;ops"), a_flag(tags="ops"), False),
        (("proj/a:env/*:flag/*", "proj/*:env/*:flag/*;ops"), a_flag(), True),
    ],
)
def test_not_resources_are_all_others_of_any_type(not_resources, resource, speaks):
    statement = Statement("allow", not_resources=not_resources, actions=("*",))
    assert (ruling(a_policy(statement), "updateOn", resource) == "allow") is speaks


def test_one_specifier_of_several_is_enough():
    policy = a_policy(allow("proj/a proj/*:env/test:flag/* proj/*:env/*:flag/check*"))
    assert ruling(policy, "updateOn", a_flag("checkout")) == "allow"
    assert ruling(policy, "updateOn", a_flag("search")) is None


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [({"p": ("default",)}, "allow"), ({"p": ("a", "default")}, "allow"), ({"p": ("a",)}, None), ({}, None)],
)
def test_a_statement_is_bound_to_the_attributes_of_whoever_asks(attributes, expected):
    policy = a_policy(allow("proj/${roleAttribute/p}:env/*:flag/*"))
    assert ruling(policy, "updateOn", a_flag(), attributes) == expected


@pytest.mark.parametrize(
    ("effect", "attributes", "expected"),
    [
        ("allow", {"p": ("default",)}, None),
        ("allow", {"p": ("other",)}, "allow"),
        ("allow", {}, None),
        ("deny", {"p": ("default",)}, None),
        ("deny", {"p": ("other",)}, "deny"),
        ("deny", {}, "deny"),
    ],
)
def test_all_but_an_attribute_never_widens_where_the_attribute_is_unset(effect, attributes, expected):
    statement = Statement(effect, not_resources=("proj/${roleAttribute/p}",), actions=("*",))
    assert ruling(a_policy(statement), "updateTags", a_project(), attributes) == expected


def test_the_same_question_about_another_parent_is_answered_anew():
    policy = a_policy(allow("proj/*:env/*;eu:flag/*;ops"))
    europe, states = an_environment(tags="eu"), an_environment(tags="us")
    assert ruling(policy, "updateOn", a_flag(tags="ops", environment=europe)) == "allow"
    assert ruling(policy, "updateOn", a_flag(tags="ops", environment=states)) is None
    assert ruling(policy, "updateOn", a_flag(environment=europe)) is None


@pytest.mark.parametrize(
    ("policy", "action", "resource", "expected"),
    [
        # environments tagged qa_*, and the flags in them
        (
            [
                {"effect": "allow", "actions": ["*"], "resources": ["proj/*:env/*;qa_*"]},
                {"effect": "allow", "actions": ["*"], "resources": ["proj/*:env/*;qa_*:/flag/*"]},
            ],
            "updateOn",
            a_flag(environment=an_environment("test", "qa_test")),
            "allow",
        ),
        # the first of the two alone does not reach the flags
        (
            [{"effect": "allow", "actions": ["*"], "resources": ["proj/*:env/*;qa_*"]}],
            "updateOn",
            a_flag(environment=an_environment("test", "qa_test")),
            None,
        ),
        # a project for the members who may see no other
        (
            [{"effect": "deny", "actions": ["viewProject"], "notResources": ["proj/a"]}],
            "viewProject",
            a_project("a"),
            None,
        ),
        (
            [{"effect": "deny", "actions": ["viewProject"], "notResources": ["proj/a"]}],
            "viewProject",
            a_project("b"),
            "deny",
        ),
        # everything but flags of production
        (
            [{"effect": "allow", "actions": ["*"], "notResources": ["proj/*:env/production:flag/*"]}],
            "updateRole",
            ACCOUNT,
            "allow",
        ),
        # all token actions on the tokens of anybody
        (
            [{"effect": "allow", "actions": ["*"], "resources": ["member/*:token/*"]}],
            "deleteAccessToken",
            a_token_of("somebody"),
            "allow",
        ),
        # approvals in critical environments
        (
            [
                {"effect": "allow", "actions": ["*"], "resources": ["proj/*:env/*:flag/*"]},
                {
                    "effect": "deny",
                    "actions": ["bypassRequiredApproval"],
                    "resources": ["proj/*:env/*;{critical:true}:flag/*"],
                },
            ],
            "bypassRequiredApproval",
            a_flag(),
            "deny",
        ),
    ],
)
def test_documented_examples(policy, action, resource, expected):
    assert ruling(read_policy(policy), action, resource) == expected


def test_an_empty_list_beside_a_filled_one_counts_as_absent():
    policy = a_policy(Statement("allow", ("proj/default",), (), ("updateTags",), ()))
    assert ruling(policy, "updateTags", a_project()) == "allow"
    assert ruling(policy, "updateTags", a_project("other")) is None
