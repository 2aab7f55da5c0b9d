"""Whether a policy lets anything be changed in a project."""

import pytest

from flagstaff.access.policies import Policy, Statement
from flagstaff.access.reach import reaches
from flagstaff.access.roles import BUILT_IN
from flagstaff.access.specifiers import project_resource

WEB = project_resource("web", ["blue"])
FLAGS = ("proj/web:env/*:flag/*",)


def allow(*resources: str, actions: tuple[str, ...] = ("updateOn",)) -> Statement:
    return Statement("allow", resources=resources, actions=actions)


@pytest.mark.parametrize(
    ("statements", "reached"),
    [
        ([], False),
        ([allow("proj/web", actions=("viewProject",))], False),
        ([allow("proj/web", actions=("updateTags",))], True),
        ([allow("proj/web", actions=("updateOn",))], False),
        ([allow("proj/app", actions=("*",))], False),
        ([allow(*FLAGS)], True),
        ([allow("proj/*:env/production:flag/checkout;ops")], True),
        ([allow("proj/*;blue:env/*:flag/*")], True),
        ([allow("proj/*;red:env/*:flag/*")], False),
        ([allow("team/*", "member/*", actions=("*",))], False),
        ([allow(*FLAGS), Statement("deny", resources=FLAGS, actions=("*",))], False),
        ([allow(*FLAGS), Statement("deny", resources=("proj/web:env/test:flag/*",), actions=("*",))], True),
        ([allow(*FLAGS), Statement("deny", resources=("proj/app:env/*:flag/*",), actions=("*",))], True),
        ([Statement("allow", resources=FLAGS, not_actions=("update*",))], True),
        ([Statement("allow", not_resources=("proj/web",), actions=("updateTags",))], True),
        ([Statement("allow", not_resources=("proj/*:env/test:flag/*",), actions=("updateOn",))], True),
        ([Statement("allow", not_resources=("proj/*",), actions=("updateProjectName",))], False),
        ([allow("proj/${roleAttribute/p}:env/*:flag/*")], False),
    ],
)
def test_a_policy_reaches_a_project_when_it_allows_a_change_in_it(
    statements: list[Statement], reached: bool
) -> None:
    assert reaches([Policy(tuple(statements))], WEB) is reached


def test_placeholders_stand_for_the_values_of_the_policy_or_of_the_caller() -> None:
    statements = (allow("proj/${roleAttribute/p}:env/*:flag/*"),)

    assert reaches([Policy(statements, attributes=(("p", ("web",)),))], WEB)
    assert not reaches([Policy(statements, attributes=(("p", ("app",)),))], WEB)
    assert reaches([Policy(statements)], WEB, {"p": ("web",)})


@pytest.mark.parametrize(("role", "reached"), [("reader", False), ("writer", True), ("no_access", False)])
def test_built_in_roles_reach_every_project_or_none(role: str, reached: bool) -> None:
    assert reaches([BUILT_IN[role]], WEB) is reached
