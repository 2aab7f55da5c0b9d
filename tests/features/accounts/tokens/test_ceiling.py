import pytest

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.roles import BUILT_IN
from flagstaff.features.accounts.model import Token
from flagstaff.features.accounts.tokens.ceiling import RANKS, exceeds, rank_of

OWN = Policy((Statement("allow", resources=("service-token/*",), actions=("*",)),), role_name="Own")


def a_caller(grant: str = "", cap: str = "") -> Caller:
    grants = (BUILT_IN[grant] if grant else OWN,)
    return Caller("token", "m1", "t1", "Ada", grants, (BUILT_IN[cap],) if cap else None)


def a_token(role: str = "", *, service: bool = False) -> Token:
    policy = () if role else OWN.statements
    named = {"id": "t2", "member_id": "m1", "name": "", "ending": "abcd", "created": 0}
    return Token(**named, role=role, inline_policy=policy, service=service)


@pytest.mark.parametrize(
    ("caller", "rank"),
    [
        (a_caller("owner"), "owner"),
        (a_caller("owner", "writer"), "writer"),
        (a_caller("reader", "admin"), "reader"),
        (a_caller(), "no_access"),
        (a_caller("", "admin"), "no_access"),
    ],
)
def test_the_rank_is_the_lower_of_member_and_token(caller, rank):
    assert RANKS[rank_of(caller)] == rank


@pytest.mark.parametrize(
    ("caller", "token", "refused"),
    [
        (a_caller("reader"), a_token("reader"), False),
        (a_caller("reader"), a_token("writer"), True),
        (a_caller("owner", "writer"), a_token("admin"), True),
        (a_caller("admin"), a_token("admin", service=True), False),
        (a_caller("writer"), a_token("admin", service=True), True),
        (a_caller("writer"), a_token(), False),
        (a_caller("writer"), a_token(service=True), True),
        (a_caller("admin"), a_token(service=True), False),
        (a_caller(), a_token("admin"), False),
        (a_caller(), a_token("reader", service=True), True),
    ],
)
def test_nobody_gives_away_more_than_the_own_permissions(caller, token, refused):
    assert exceeds(caller, token) is refused
