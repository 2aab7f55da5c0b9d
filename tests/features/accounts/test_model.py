import pytest

from flagstaff.access.decision import Decision, decide
from flagstaff.access.policies import Statement
from flagstaff.access.specifiers import project_resource
from flagstaff.features.accounts.model import Member, Token, caller_of

WEB, APP = project_resource("web"), project_resource("app")
ONLY_WEB = (Statement("allow", resources=("proj/web",), actions=("*",)),)


def token(**members: object) -> Token:
    return Token(**{"id": "t1", "member_id": "m1", "name": "CI", "ending": "abcd", "created": 0, **members})  # type: ignore[arg-type]


def member(role: str) -> Member:
    return Member(id="m1", email="a@b", role=role, created=0)


@pytest.mark.parametrize(
    ("made", "role", "web", "app"),
    [
        (token(role="admin"), "owner", True, True),
        (token(role="writer"), "reader", False, False),
        (token(role="reader"), "owner", False, False),
        (token(inline_policy=ONLY_WEB), "owner", True, False),
        (token(inline_policy=ONLY_WEB), "reader", False, False),
        (token(role="writer", service=True), "reader", True, True),
        (token(inline_policy=ONLY_WEB, service=True), "reader", True, False),
    ],
)
def test_a_personal_token_may_what_its_member_and_itself_may_and_a_service_token_what_itself_may(
    made: Token, role: str, web: bool, app: bool
) -> None:
    caller = caller_of(made, member(role))

    found = [decide(caller, "updateTags", resource) is Decision.ALLOWED for resource in (WEB, APP)]

    assert found == [web, app]


def test_a_service_token_acts_for_nobody() -> None:
    assert caller_of(token(role="reader", service=True), member("owner")).member_id is None
    assert caller_of(token(role="reader"), member("owner")).member_id == "m1"
