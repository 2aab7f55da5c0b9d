"""Whether a policy lets anything be changed in a project, or seen of a type."""

from typing import Literal

import pytest

from flagstaff.access.decision import Caller, is_visible
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.reach import may_show, reaches
from flagstaff.access.roles import BUILT_IN
from flagstaff.access.specifiers import parse_resource, project_resource

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


NOTHING = ("webhook/*", "team/*")


@pytest.mark.parametrize(
    ("base", "statements", "webhooks", "teams"),
    [
        ("reader", [], True, True),
        ("no_access", [], False, False),
        ("no_access", [allow("webhook/a1", actions=("updateOn",))], True, False),
        ("no_access", [allow("webhook/a1", actions=("updateRules",))], False, False),
        ("no_access", [allow("team/*", actions=("updateTeamName",))], False, False),
        ("no_access", [allow("team/red", actions=("viewTeam",))], False, True),
        ("no_access", [allow("team/${roleAttribute/t}", actions=("viewTeam",))], False, False),
        ("no_access", [Statement("allow", not_resources=("proj/*",), actions=("*",))], True, True),
        ("reader", [Statement("deny", resources=NOTHING, actions=("*",))], True, False),
        ("reader", [Statement("deny", resources=("team/red",), actions=("viewTeam",))], True, True),
        (
            "no_access",
            [allow(*NOTHING, actions=("*",)), Statement("deny", resources=NOTHING, actions=("*",))],
            False,
            False,
        ),
    ],
)
def test_a_type_may_be_shown_by_the_base_or_by_an_allowance(
    base: Literal["reader", "no_access"], statements: list[Statement], webhooks: bool, teams: bool
) -> None:
    policy = Policy(tuple(statements), base=base)

    assert (may_show([policy], "webhook"), may_show([policy], "team")) == (webhooks, teams)


def test_what_may_not_be_shown_is_not_visible() -> None:
    hidden = Caller("member", "m1", None, "Ada", (Policy((allow(*FLAGS),), base="no_access"),))

    for kind in ("webhook", "team", "role", "relay-proxy-config"):
        assert not may_show(hidden.grants, kind)
        assert not is_visible(hidden, parse_resource(f"{kind}/one"))
