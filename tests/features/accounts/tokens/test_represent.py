import pytest
from msgspec import UNSET

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.model import Token
from flagstaff.features.accounts.tokens.represent import represent_token

STATEMENT = Statement("allow", resources=("proj/*",), actions=("*",))


def a_token(**members):
    return Token(**{"id": "t1", "member_id": "m1", "name": "CI", "ending": "abcd", "created": 5} | members)


def test_what_bounds_a_token_is_shown_and_nothing_else():
    assert represent_token(a_token(role="reader"), "o1", None).role == "reader"
    shown = represent_token(a_token(inline_policy=(STATEMENT,)), "o1", None)
    assert (shown.inline_role, shown.role, shown.custom_role_ids) == ((STATEMENT,), UNSET, UNSET)
    assert represent_token(a_token(custom_roles=("r1",)), "o1", None).custom_role_ids == ("r1",)


@pytest.mark.parametrize(("secret", "shown"), [("", "abcd"), ("api-secret", "api-secret")])
def test_the_secret_is_whole_only_where_it_was_just_made(secret, shown):
    assert represent_token(a_token(role="reader"), "o1", None, secret=secret).token == shown


def test_times_and_versions_have_values_from_the_start():
    fresh = represent_token(a_token(role="reader"), "o1", None)
    assert (fresh.last_modified, fresh.last_used, fresh.default_api_version) == (5, UNSET, 20220603)
    used = represent_token(
        a_token(role="reader", modified=7, default_api_version=20240415), "o1", None, last_used=9
    )
    assert (used.last_modified, used.last_used, used.default_api_version) == (7, 9, 20240415)
