"""Whose sign-in it is: found by a verified address once, and by the link ever after."""

from pathlib import Path
from typing import Any

import pytest

from tests.features.accounts.oidc.calls import SignIn, reason, starting
from tests.support.client import SESSION
from tests.support.identity_provider import EMAIL, IdentityProvider
from tests.support.server import OWNER_EMAIL

MEMBERS = "/api/v2/members"


@pytest.fixture
def invited_only(template: Path, tmp_path: Path, provider: IdentityProvider) -> Any:
    with starting(template, tmp_path, provider) as running:
        yield running


def invite(site: SignIn, email: str = EMAIL, role: str = "writer") -> str:
    """A new member, who has not come yet; the id."""
    answer = site.server.post(MEMBERS, [{"email": email, "role": role}])
    assert answer.status == 201, answer
    return str(answer.json["items"][0]["_id"])


def test_who_is_not_invited_is_not_let_in(invited_only: SignIn) -> None:
    before = invited_only.server.count("members")

    assert reason(invited_only.enter()) == "not_invited"
    assert invited_only.server.count("members") == before
    assert invited_only.server.count("oidc_links") == 0


def test_who_is_invited_accepts_by_signing_in(invited_only: SignIn) -> None:
    member_id = invite(invited_only)
    assert invited_only.server.get(f"{MEMBERS}/{member_id}").json["_pendingInvite"] is True

    entered = invited_only.member()

    assert (entered["_id"], entered["role"], entered["firstName"]) == (member_id, "writer", "Ada")
    shown = invited_only.server.get(f"{MEMBERS}/{member_id}").json
    assert (shown["_pendingInvite"], shown["_verified"]) == (False, True)
    assert invited_only.server.count("member_links") == 0


@pytest.mark.parametrize("verified", [None, False, "true", 1, "yes"])
@pytest.mark.parametrize("email", [EMAIL, OWNER_EMAIL])
def test_an_address_that_is_not_verified_finds_nobody(site: SignIn, email: str, verified: Any) -> None:
    site.provider.claims = {"email": email, "email_verified": verified}

    assert reason(site.enter()) == "email_not_verified"
    assert site.server.count("oidc_links") == 0


@pytest.mark.parametrize("email", [None, "", 7, ["ada@example.com"]])
def test_who_has_no_address_is_not_let_in(site: SignIn, email: Any) -> None:
    site.provider.claims = {"email": email}

    assert reason(site.enter()) == "email_not_verified"


def test_the_operator_may_trust_addresses(template: Path, tmp_path: Path, provider: IdentityProvider) -> None:
    provider.claims = {"email": OWNER_EMAIL, "email_verified": None}
    with starting(template, tmp_path, provider, TRUST_EMAIL="yes") as site:
        assert site.member()["role"] == "owner"


def test_later_the_link_counts_and_not_the_address(site: SignIn) -> None:
    first = site.member()
    site.provider.claims = {"email": OWNER_EMAIL, "email_verified": False}

    again = site.member()

    assert (again["_id"], again["email"]) == (first["_id"], EMAIL)
    assert site.server.count("oidc_links") == 1


def test_an_address_that_was_given_to_somebody_else_does_not_let_them_in(site: SignIn) -> None:
    site.member()
    site.provider.claims = {"sub": "another"}

    assert reason(site.enter()) == "identity_in_use"


def test_addresses_are_compared_without_their_case(site: SignIn) -> None:
    site.provider.claims = {"email": " Owner@EXAMPLE.com "}

    assert site.member()["email"] == OWNER_EMAIL


def test_who_was_removed_is_somebody_new(site: SignIn) -> None:
    first = site.member()
    assert site.server.delete(f"{MEMBERS}/{first['_id']}").status == 204
    assert site.server.count("oidc_links") == 0

    assert site.member()["_id"] != first["_id"]


def test_the_audit_log_tells_of_new_members_and_links(site: SignIn) -> None:
    member = site.member()

    linked, created = site.server.get("/api/v2/auditlog", query={"limit": 2}).json["items"]

    assert (linked["titleVerb"], created["titleVerb"]) == ("linked the member", "created the member")
    assert linked["member"]["_id"] == created["member"]["_id"] == member["_id"]
    assert created["description"] == "Signed in with Single sign-on"


def test_the_browser_gets_a_new_session_and_the_one_before_ends(site: SignIn) -> None:
    site.member()
    address, kept = site.begin()
    headers = {"Cookie": f"flagstaff-sign-in={kept}; flagstaff-session={SESSION}"}

    site.server.get("/auth/oidc/callback", query=site.provider.authorize(address), as_="", headers=headers)

    assert site.server.get("/auth/session", as_=SESSION).status == 401
