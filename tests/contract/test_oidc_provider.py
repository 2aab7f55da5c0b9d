"""Signing in with a certified provider of OpenID Connect that is none of ours, unmodified."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from tests.features.accounts.oidc.calls import CALLBACK, SignIn, cookie, reason
from tests.features.accounts.roles.calls import make_role
from tests.support.client import ORIGIN
from tests.support.sdk_programs import SdkProgram
from tests.support.server import TestServer

pytestmark = pytest.mark.contract
PROGRAM = Path(__file__).with_name("oidc_provider.mjs")
ADA = {
    "sub": "ada-1",
    "email": "ada@example.com",
    "email_verified": True,
    "given_name": "Ada",
    "family_name": "Lovelace",
    "groups": ["developers"],
}
BOB = {"sub": "bob-1", "email": "bob@example.com", "email_verified": True, "groups": ["guests"]}
MAPPING = {"developers": ["writer", "role:ops", "team:web"], "guests": ["no_access"]}


class Browser:
    """Goes to the provider and through its pages until it is sent back."""

    def sign_in(self, address: str, person: str) -> dict[str, str]:
        """What it brings back."""
        with httpx.Client() as client:
            for _ in range(10):
                if address.startswith(ORIGIN + CALLBACK):
                    return dict(parse_qsl(urlsplit(address).query))
                answer = client.get(
                    address, params={"as": person} if person and "/page/" in address else None
                )
                assert answer.is_redirect, answer.text
                address = str(answer.url.join(answer.headers["location"]))
        raise AssertionError(address)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    people = [json.dumps(claims) for claims in (ADA, BOB)]
    with SdkProgram(["node", "--no-warnings", str(PROGRAM), ORIGIN + CALLBACK, *people]) as program:
        yield program.ask("issuer")


@pytest.fixture(scope="module")
def site(template: Path, tmp_path_factory: pytest.TempPathFactory, issuer: str) -> Iterator[SignIn]:
    settings = {
        "ISSUER": issuer,
        "CLIENT_ID": "flagstaff",
        "CLIENT_SECRET": "provider-secret",
        "SCOPES": "openid email profile groups",
        "GROUPS": json.dumps(MAPPING),
        "PROVISIONING": "anyone",
    }
    named = {f"FLAGSTAFF_OIDC_{name}": value for name, value in settings.items()}
    server = TestServer(template, tmp_path_factory.mktemp("site"), **named)
    server.clock.now = int(time.time() * 1000)  # as the provider's is
    server.start()
    yield SignIn(server, Browser())
    server.stop()


def bend(address: str, **changes: str) -> str:
    """The address with other parameters, as somebody on the way might change them."""
    path, _, query = address.partition("?")
    return f"{path}?{urlencode(dict(parse_qsl(query)) | changes)}"


def test_a_person_signs_in_by_code_and_pkce_with_a_role_and_a_team_by_groups(site: SignIn) -> None:
    ops = make_role(site.server, "ops")["_id"]
    site.server.post("/api/v2/teams", {"key": "web", "name": "Web"})
    address, kept = site.begin("/default/features")

    answer = site.come_back(site.provider.sign_in(address, "ada-1"), kept)

    assert answer.headers["location"] == "/default/features"
    member = site.server.get("/auth/session", as_=cookie(answer, "flagstaff-session")).json["member"]
    assert (member["email"], member["firstName"], member["role"]) == ("ada@example.com", "Ada", "writer")
    found = site.server.get(f"/api/v2/members/{member['_id']}").json
    assert found["customRoles"] == [ops]
    assert [team["key"] for team in found["teams"]] == ["web"]


def test_another_person_has_what_other_groups_give(site: SignIn) -> None:
    address, kept = site.begin()

    answer = site.come_back(site.provider.sign_in(address, "bob-1"), kept)

    session = site.server.get("/auth/session", as_=cookie(answer, "flagstaff-session"))
    assert (session.json["member"]["email"], session.json["member"]["role"]) == (
        "bob@example.com",
        "no_access",
    )


def test_whom_the_provider_lets_not_in_is_let_in_nowhere(site: SignIn) -> None:
    address, kept = site.begin()
    brought = site.provider.sign_in(address, "")

    assert brought["error"] == "access_denied"
    assert reason(site.come_back(brought, kept)) == "provider_refused"


@pytest.mark.parametrize(
    ("asked", "brought", "expected"),
    [
        ({"nonce": "of-another-sign-in"}, {}, "token_invalid"),
        ({"code_challenge": "x" * 43}, {}, "provider_refused"),
        ({}, {"state": "of-another-sign-in"}, "sign_in_expired"),
        ({}, {"code": "of-another-sign-in"}, "provider_refused"),
        ({}, {"iss": "https://login.example.com"}, "token_invalid"),
    ],
)
def test_what_was_changed_on_the_way_lets_nobody_in(
    site: SignIn, asked: dict[str, str], brought: dict[str, str], expected: str
) -> None:
    address, kept = site.begin()

    answer = site.come_back(site.provider.sign_in(bend(address, **asked), "ada-1") | brought, kept)

    assert reason(answer) == expected
    assert cookie(answer, "flagstaff-session") == ""
