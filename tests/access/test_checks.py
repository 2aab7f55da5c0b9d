"""What a caller may do with what is shown, and why."""

from typing import Any

import pytest
from msgspec import UNSET, to_builtins

from flagstaff.access.checks import HEADER, check_access, read_actions
from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import parse_resource
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flag_calls import ONE, make
from tests.support.server import TestServer

FLAG = parse_resource("proj/a:env/test:flag/f")
ON = Statement("allow", resources=("proj/*:env/test:flag/*",), actions=("updateOn", "updateRules"))
NO_RULES = Statement("deny", resources=("proj/*:env/*:flag/*",), actions=("updateRules",))
OPS = Policy((ON, NO_RULES), "reader", "Ops")


def caller(*grants: Policy, cap: tuple[Policy, ...] | None = None) -> Caller:
    return Caller("member", "m", None, "Ada", grants, cap)


@pytest.mark.parametrize(
    ("header", "actions"),
    [("", ()), (" updateOn , updateRules,updateOn,", ("updateOn", "updateRules")), ("*", ("*",))],
)
def test_actions_are_separated_by_commas(header: str, actions: tuple[str, ...]) -> None:
    assert read_actions(header) == actions


def test_each_action_is_told_with_the_statement_that_settles_it() -> None:
    found = to_builtins(check_access(caller(OPS), ("updateOn", "updateRules", "deleteFlag"), FLAG))

    assert found["allowed"] == [
        {
            "action": "updateOn",
            "reason": {
                "effect": "allow",
                "resources": ("proj/*:env/test:flag/*",),
                "actions": ("updateOn", "updateRules"),
                "role_name": "Ops",
            },
        }
    ]
    assert [one["action"] for one in found["denied"]] == ["updateRules", "deleteFlag"]
    assert found["denied"][0]["reason"]["resources"] == ("proj/*:env/*:flag/*",)
    assert found["denied"][1]["reason"] == {"effect": "deny"}


def test_what_the_bound_of_a_token_denies_has_its_reason() -> None:
    bound = Policy(
        (Statement("deny", resources=("proj/*:env/*:flag/*",), actions=("*",)),), "reader", "inline policy"
    )
    (denied,) = check_access(caller(OPS, cap=(bound,)), ("updateOn",), FLAG).denied

    assert (denied.reason.role_name, denied.reason.effect) == ("inline policy", "deny")


def test_every_action_of_the_resource_can_be_asked_about_at_once() -> None:
    found = check_access(caller(OPS), ("*",), FLAG)

    assert [one.action for one in found.allowed] == ["updateOn"]
    assert {"updateRules", "deleteFlag", "updateName"} <= {one.action for one in found.denied}
    assert all(one.reason.not_actions is UNSET for one in found.denied)


def test_an_action_of_something_else_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="createMember"):
        check_access(caller(OPS), ("createMember",), FLAG)


def test_a_flag_tells_it_of_each_environment(server: TestServer) -> None:
    make(server)
    token = server.add_token(Statement("allow", resources=("proj/*:env/test:flag/*",), actions=("updateOn",)))

    def ask(**headers: str) -> Any:
        return server.get(ONE, as_=token, headers=headers)

    shown = ask(**{HEADER: "updateOn"}).json["environments"]
    assert {key: len(one["_access"]["allowed"]) for key, one in shown.items()} == {"production": 0, "test": 1}
    assert "_access" not in ask().json["environments"]["test"]
    assert ask(**{HEADER: "createTeam"}).status == 400
