import pytest

from flagstaff.access.roles import BUILT_IN
from flagstaff.features.accounts.authorizations.model import (
    SCOPES,
    IssuedToken,
    narrow_scope,
    proves,
    read_challenge,
    read_scope,
)
from flagstaff.kernel.errors import OAuthError

# The example of RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("asked", "scope"),
    [
        ("", "reader"),
        ("  ", "reader"),
        ("writer", "writer"),
        ("admin  reader admin", "reader admin"),
        ("writer\treader", "reader writer"),
    ],
)
def test_scopes_are_told_once_and_in_their_order(asked, scope):
    assert read_scope(asked) == scope


@pytest.mark.parametrize("asked", ["owner", "no_access", "Reader", "reader,writer", "reader everything"])
def test_there_are_no_other_scopes(asked):
    with pytest.raises(OAuthError) as caught:
        read_scope(asked)
    assert caught.value.error == "invalid_scope"


@pytest.mark.parametrize(
    ("granted", "asked", "scope"),
    [
        ("reader writer", "", "reader writer"),
        ("reader writer", "reader", "reader"),
        ("writer", "writer", "writer"),
    ],
)
def test_a_token_may_be_for_less(granted, asked, scope):
    assert narrow_scope(granted, asked) == scope


@pytest.mark.parametrize(
    ("granted", "asked"), [("reader", "writer"), ("writer", "reader"), ("reader", "all")]
)
def test_a_token_is_never_for_another_scope(granted, asked):
    with pytest.raises(OAuthError) as caught:
        narrow_scope(granted, asked)
    assert caught.value.error == "invalid_scope"


def test_every_scope_is_a_built_in_role_that_says_what_it_gives():
    for name, description in SCOPES.items():
        assert name in BUILT_IN
        assert description


def test_the_scopes_of_a_token_bound_it_together():
    token = IssuedToken(
        grant_id="g", kind="access", expires=1, client_id="c", member_id="m", scope="reader writer"
    )
    assert token.caps == (BUILT_IN["reader"], BUILT_IN["writer"])


@pytest.mark.parametrize("required", [True, False])
def test_a_challenge_is_a_sha_256(required):
    assert read_challenge(CHALLENGE, "S256", required=required) == CHALLENGE


def test_only_a_client_with_a_secret_may_do_without():
    assert read_challenge("", "", required=False) == ""
    with pytest.raises(OAuthError, match="PKCE"):
        read_challenge("", "", required=True)


@pytest.mark.parametrize(
    ("challenge", "method"),
    [
        (CHALLENGE, "plain"),
        (CHALLENGE, ""),
        (CHALLENGE, "s256"),
        ("", "S256"),
        (CHALLENGE[:-1], "S256"),
        (CHALLENGE + "=", "S256"),
        (CHALLENGE[:-1] + "+", "S256"),
        (CHALLENGE + "\n", "S256"),
    ],
)
@pytest.mark.parametrize("required", [True, False])
def test_what_is_no_challenge_is_refused(challenge, method, required):
    with pytest.raises(OAuthError) as caught:
        read_challenge(challenge, method, required=required)
    assert caught.value.error == "invalid_request"


@pytest.mark.parametrize(
    ("verifier", "challenge", "proven"),
    [
        (VERIFIER, CHALLENGE, True),
        ("", "", True),
        (VERIFIER, "", False),
        ("", CHALLENGE, False),
        (VERIFIER + "x", CHALLENGE, False),
        (CHALLENGE, CHALLENGE, False),
        ("x" * 42, CHALLENGE, False),
        ("x" * 129, CHALLENGE, False),
        ("ü" * 43, CHALLENGE, False),
    ],
)
def test_a_verifier_proves_its_own_challenge_alone(verifier, challenge, proven):
    assert proves(verifier, challenge) is proven
