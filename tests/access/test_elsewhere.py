import pytest

from flagstaff.access.decision import Caller
from flagstaff.access.elsewhere import list_elsewhere
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import parse_resource

FLAG = parse_resource("proj/shop:env/live:flag/checkout;web")
SEARCH = Statement("allow", resources=("proj/*:env/*:flag/*;search",), actions=("*",))


def a_caller(*statements: Statement, cap: tuple[Policy, ...] | None = None) -> Caller:
    return Caller("member", "ada", None, "Ada", (Policy(statements, base="no_access"),), cap=cap)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (SEARCH, ("proj/*:env/*:flag/*;search",)),
        (Statement("allow", resources=SEARCH.resources, not_actions=("deleteFlag",)), SEARCH.resources),
        (
            Statement("allow", resources=("proj/*:env/test:flag/*",), actions=("updateO*",)),
            ("proj/*:env/test:flag/*",),
        ),
        (Statement("allow", resources=SEARCH.resources, actions=("updateRules",)), ()),
        (Statement("deny", resources=SEARCH.resources, actions=("*",)), ()),
        (Statement("allow", resources=("proj/*:env/*:segment/*;search",), actions=("*",)), ()),
        (Statement("allow", resources=("proj/*:env/*:flag/*;web",), actions=("*",)), ()),
        (Statement("allow", resources=("proj/*:env/*:flag/${roleAttribute/mine}",), actions=("*",)), ()),
        (Statement("allow", not_resources=SEARCH.resources, actions=("*",)), ()),
    ],
)
def test_other_resources_of_its_type_that_are_allowed_are_named(
    statement: Statement, named: tuple[str, ...]
) -> None:
    assert list_elsewhere(a_caller(statement), "updateOn", FLAG) == named


def test_each_is_named_once_and_not_without_end() -> None:
    many = tuple(f"proj/*:env/*:flag/f{number}" for number in range(30))

    assert list_elsewhere(a_caller(SEARCH, SEARCH), "updateOn", FLAG) == SEARCH.resources
    assert (
        len(list_elsewhere(a_caller(Statement("allow", resources=many, actions=("*",))), "updateOn", FLAG))
        == 10
    )


def test_of_a_bounded_token_what_its_bound_names_counts() -> None:
    everything = Statement("allow", resources=("proj/*:env/*:flag/*;all",), actions=("*",))
    bound = Policy((SEARCH,), base="no_access")

    assert list_elsewhere(a_caller(everything, cap=(bound,)), "updateOn", FLAG) == SEARCH.resources
