import pytest

from flagstaff.access.alike import list_alike
from flagstaff.access.decision import Caller, Decision, decide
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import parse_resource

NEW = parse_resource("proj/shop:env/test:flag/new")
FLAGS = "proj/*:env/*:flag/"


def a_caller(*statements: tuple[str, str], **attributes: tuple[str, ...]) -> Caller:
    found = [
        Statement("allow", resources=("proj/*",), actions=("viewProject",)),
        *(Statement(effect, resources=(text,), actions=("createFlag",)) for effect, text in statements),  # type: ignore[arg-type] # the tables below have the two
    ]
    policy = Policy(tuple(found), base="no_access")
    return Caller("member", "ada", None, "Ada", (policy,), role_attributes=attributes)


def may_make_one(caller: Caller) -> bool:
    return any(decide(caller, "createFlag", one) is Decision.ALLOWED for one in list_alike(caller, NEW))


@pytest.mark.parametrize(
    "allowed",
    [
        "*",
        "search-*",
        "*-search",
        "a*b*c",
        "search",
        "*;ops",
        "search-*;ops,web-*",
        "${roleAttribute/mine}-*",
    ],
)
def test_who_may_make_some_flag_is_found_whatever_its_name_must_be(allowed: str) -> None:
    assert may_make_one(a_caller(("allow", FLAGS + allowed), mine=("checkout",)))


@pytest.mark.parametrize(
    "statements",
    [
        (),
        (("deny", FLAGS + "*"),),
        (("allow", FLAGS + "search-*"), ("deny", FLAGS + "*")),
        (("allow", FLAGS + "search-*"), ("deny", FLAGS + "search-*")),
        (("allow", "proj/other:env/*:flag/search-*"),),
        (("allow", "proj/*:env/*:segment/search-*"),),
        (("allow", FLAGS + "${roleAttribute/unset}-*"),),
        (("allow", FLAGS + "*;${roleAttribute/unset}"),),
    ],
)
def test_who_may_make_none_is_refused_all(statements: tuple[tuple[str, str], ...]) -> None:
    assert not may_make_one(a_caller(*statements))


def test_a_policy_of_many_names_is_not_tried_without_end() -> None:
    caller = a_caller(*(("allow", f"{FLAGS}f{number}") for number in range(300)))

    assert len(list(list_alike(caller, NEW))) == 101
