"""Signing in with a provider of identities, as whole requests: who is let in, and every way not to be."""

import base64
import hmac
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.features.accounts.oidc.calls import CALLBACK, SignIn, cookie, reason, starting
from tests.support.client import NOBODY, ORIGIN
from tests.support.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    EMAIL,
    SUBJECT,
    IdentityProvider,
    Sign,
)
from tests.support.server import OWNER_EMAIL, TestServer


def test_whom_the_provider_knows_gets_a_session(site: SignIn) -> None:
    answer = site.enter("/default/features?tag=a%20b")

    assert answer.headers["location"] == "/default/features?tag=a%20b"
    session = site.server.get("/auth/session", as_=cookie(answer, "flagstaff-session"))
    assert session.json["member"]["email"] == EMAIL
    assert session.json["member"]["firstName"] == "Ada"
    assert session.json["member"]["role"] == "reader"


def test_the_provider_is_asked_with_pkce_state_and_nonce_for_one_address(site: SignIn) -> None:
    first, second = (parse_qs(urlsplit(site.begin()[0]).query) for _ in range(2))

    assert first["redirect_uri"] == [ORIGIN + CALLBACK]
    assert first["scope"] == ["openid email profile"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


def test_the_cookie_of_a_sign_in_tells_nothing_and_scripts_cannot_read_it(site: SignIn) -> None:
    answer = site.server.get("/auth/oidc", as_=NOBODY)

    assert {"HttpOnly", "SameSite=Lax", "Max-Age=600"} <= set(answer.headers["set-cookie"].split("; "))
    state = parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]
    assert state not in base64.urlsafe_b64decode(cookie(answer, "flagstaff-sign-in")).decode("latin-1")


@pytest.mark.parametrize(
    "following",
    ["https://evil.example.com", "//evil.example.com", "/\\evil.example.com", "evil", "", "/a\\b", "/a\nb"],
)
def test_nobody_is_sent_to_another_site_afterwards(site: SignIn, following: str) -> None:
    assert site.enter(following).headers["location"] == "/"


def test_the_page_that_signs_in_knows_what_the_provider_is_called(
    template: Path, tmp_path: Path, provider: IdentityProvider
) -> None:
    with starting(template, tmp_path, provider, NAME="Acme") as site:
        assert site.server.get("/auth/methods", as_=NOBODY).json["oidc"] == {"name": "Acme"}


def test_without_a_provider_nobody_is_sent_anywhere(server: TestServer) -> None:
    for path in ("/auth/oidc", CALLBACK):
        assert reason(server.get(path, as_=NOBODY)) == "not_configured"


def test_who_is_refused_goes_on_to_the_same_page_after_another_try(site: SignIn) -> None:
    following = "/default/features?tag=a%20b"
    site.provider.claims = {"email_verified": False}
    refused_here = site.enter(following)
    address, kept = site.begin(following)
    refused_there = site.come_back(site.provider.authorize(address) | {"code": ""}, kept)

    for answer, expected in ((refused_here, "email_not_verified"), (refused_there, "provider_refused")):
        assert reason(answer) == expected
        assert parse_qs(urlsplit(answer.headers["location"]).query)["next"] == [following]


def test_a_state_of_another_sign_in_is_refused(site: SignIn) -> None:
    (mine, kept), (others, _) = site.begin(), site.begin()
    site.provider.authorize(mine)
    brought = site.provider.authorize(others, "another-code")

    assert reason(site.come_back(brought, kept)) == "sign_in_expired"


@pytest.mark.parametrize("changes", [{"state": ""}, {"state": "ü"}, {"state": "0" * 64}])
def test_a_wrong_state_is_refused(site: SignIn, changes: dict[str, str]) -> None:
    address, kept = site.begin()

    assert reason(site.come_back(site.provider.authorize(address) | changes, kept)) == "sign_in_expired"
    assert "/token" not in site.provider.asked


@pytest.mark.parametrize("kept", ["", "nonsense", "!!!", base64.urlsafe_b64encode(b"x" * 60).decode()])
def test_a_browser_that_has_begun_no_sign_in_is_refused(site: SignIn, kept: str) -> None:
    address, _ = site.begin()

    assert reason(site.come_back(site.provider.authorize(address), kept)) == "sign_in_expired"


@pytest.mark.parametrize(("seconds", "expected"), [(599, ""), (600, "sign_in_expired")])
def test_a_sign_in_lasts_ten_minutes(site: SignIn, seconds: int, expected: str) -> None:
    address, kept = site.begin()
    brought = site.provider.authorize(address)
    site.server.clock.advance(seconds=seconds)

    assert reason(site.come_back(brought, kept)) == expected


def test_a_code_that_comes_again_lets_nobody_in(site: SignIn) -> None:
    address, kept = site.begin()
    brought = site.provider.authorize(address)
    assert reason(site.come_back(brought, kept)) == ""

    assert reason(site.come_back(brought, kept)) == "provider_refused"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"code": "another"}, "provider_refused"),
        ({"code": ""}, "provider_refused"),
        ({"code": "", "error": "access_denied"}, "provider_refused"),
        ({"iss": "https://evil.example.com"}, "token_invalid"),
    ],
)
def test_what_the_browser_brings_must_be_an_answer_of_the_provider(
    site: SignIn, changes: dict[str, str], expected: str
) -> None:
    address, kept = site.begin()

    answer = site.come_back(site.provider.authorize(address) | changes, kept)

    assert reason(answer) == expected
    assert cookie(answer, "flagstaff-session") == ""


def test_the_issuer_in_the_answer_may_be_the_right_one(site: SignIn) -> None:
    address, kept = site.begin()
    brought = site.provider.authorize(address) | {"iss": site.provider.issuer}

    assert reason(site.come_back(brought, kept)) == ""


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example.com"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["another"]},
        {"aud": [CLIENT_ID, "another"]},  # without azp
        {"azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": 7},
        {"exp": 1_699_999_939},
        {"exp": None},
        {"exp": "soon"},
        {"iat": 1_700_000_061},
        {"iat": None},
        {"nbf": 1_700_000_061},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"at_hash": "another"},
    ],
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(site: SignIn, claims: dict[str, Any]) -> None:
    site.provider.claims = claims

    answer = site.enter()

    assert reason(answer) == "token_invalid"
    assert cookie(answer, "flagstaff-session") == ""
    assert site.server.count("oidc_links") == 0


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1_699_999_941},
        {"iat": 1_700_000_059},
        {"aud": [CLIENT_ID]},
        {"aud": [CLIENT_ID, "another"], "azp": CLIENT_ID},
    ],
)
def test_clocks_may_differ_by_a_minute_and_audiences_be_several(site: SignIn, claims: dict[str, Any]) -> None:
    site.provider.claims = claims

    assert reason(site.enter()) == ""


def encoded(document: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


def sign_with_nothing(claims: dict[str, Any], _: IdentityProvider) -> str:
    return f"{encoded({'alg': 'none'})}.{encoded(claims)}."


def sign_with_hmac(claims: dict[str, Any], key: bytes) -> str:
    content = f"{encoded({'alg': 'HS256'})}.{encoded(claims)}"
    signature = hmac.digest(key, content.encode(), "sha256")
    return f"{content}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def sign_with_the_public_key(claims: dict[str, Any], provider: IdentityProvider) -> str:
    return sign_with_hmac(claims, provider.keys.keys[-1].as_pem(private=False))  # type: ignore[union-attr]


def sign_with_the_secret(claims: dict[str, Any], _: IdentityProvider) -> str:
    return sign_with_hmac(claims, CLIENT_SECRET.encode())


def sign_with_another_key(claims: dict[str, Any], provider: IdentityProvider) -> str:
    kid = provider.keys.keys[-1].kid
    return jwt.encode({"alg": "ES256", "kid": kid}, claims, ECKey.generate_key("P-256"))


def sign_with_a_key_of_its_own(claims: dict[str, Any], _: IdentityProvider) -> str:
    key = ECKey.generate_key("P-256")
    return jwt.encode({"alg": "ES256", "jwk": key.as_dict(private=False)}, claims, key)


def sign_and_change(claims: dict[str, Any], provider: IdentityProvider) -> str:
    head, _, signature = IdentityProvider().sign(claims, provider).split(".")
    return f"{head}.{encoded(claims | {'sub': 'another'})}.{signature}"


def sign_nonsense(_: dict[str, Any], __: IdentityProvider) -> str:
    return "no.token"


@pytest.mark.parametrize(
    "sign",
    [
        sign_with_nothing,
        sign_with_the_public_key,
        sign_with_the_secret,
        sign_with_another_key,
        sign_with_a_key_of_its_own,
        sign_and_change,
        sign_nonsense,
    ],
)
def test_only_the_keys_of_the_provider_sign(site: SignIn, sign: Sign) -> None:
    site.provider.sign = sign

    answer = site.enter()

    assert reason(answer) == "token_invalid"
    assert cookie(answer, "flagstaff-session") == ""


def test_the_provider_may_replace_its_key(site: SignIn) -> None:
    assert reason(site.enter()) == ""
    site.server.clock.advance(seconds=31)
    site.provider.rotate()

    assert reason(site.enter()) == ""
    assert site.provider.asked.count("/keys") == 2
    assert site.provider.asked.count("/.well-known/openid-configuration") == 1


def test_made_up_keys_do_not_make_the_provider_be_asked_again_and_again(site: SignIn) -> None:
    site.enter()
    for _ in range(3):
        site.provider.rotate()
        assert reason(site.enter()) == "token_invalid"

    assert site.provider.asked.count("/keys") == 1


def test_rsa_keys_sign_too(site: SignIn) -> None:
    site.provider.use_rsa()

    assert reason(site.enter()) == ""


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example.com"},
        {"token_endpoint": None},
        {"token_endpoint": "http://192.0.2.1/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": 7},
        {"userinfo_endpoint": "ftp://example.com"},
    ],
)
def test_metadata_must_be_those_of_the_issuer(site: SignIn, metadata: dict[str, Any]) -> None:
    site.provider.metadata = metadata

    assert reason(site.server.get("/auth/oidc", as_=NOBODY)) == "provider_refused"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((500, b"{}"), "provider_refused"),
        ((302, b"{}"), "provider_refused"),
        ((200, b"not JSON"), "provider_refused"),
        ((200, b"[]"), "provider_refused"),
        ((200, b" " * 1_000_001), "provider_unavailable"),
        ((200, b"{}"), "token_invalid"),
        ((200, b'{"access_token": "at", "id_token": 7}'), "token_invalid"),
    ],
)
def test_an_answer_that_is_none_lets_nobody_in(
    site: SignIn, answer: tuple[int, bytes], expected: str
) -> None:
    site.provider.answers["/token"] = answer

    assert reason(site.enter()) == expected


def test_a_provider_that_is_down_is_told(site: SignIn, provider: IdentityProvider) -> None:
    site.provider.answers["/.well-known/openid-configuration"] = (503, b"")
    assert reason(site.server.get("/auth/oidc", as_=NOBODY)) == "provider_refused"
    del site.provider.answers["/.well-known/openid-configuration"]

    assert reason(site.enter()) == ""
    assert provider.asked[0] == "/.well-known/openid-configuration"


def test_what_the_id_token_leaves_out_is_asked_for(site: SignIn) -> None:
    site.provider.claims = {"email": None, "email_verified": None}
    site.provider.userinfo = {"sub": SUBJECT, "email": "Grace@Example.com", "email_verified": True}

    assert site.member()["email"] == "grace@example.com"


def test_user_info_of_somebody_else_is_refused(site: SignIn) -> None:
    site.provider.claims = {"email": None}
    site.provider.userinfo = {"sub": "another", "email": OWNER_EMAIL, "email_verified": True}

    assert reason(site.enter()) == "token_invalid"


def test_user_info_does_not_overrule_the_id_token(site: SignIn) -> None:
    site.provider.userinfo = {"sub": SUBJECT, "email": OWNER_EMAIL, "groups": ["a"]}

    assert site.member()["email"] == EMAIL
