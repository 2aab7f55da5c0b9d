"""What the groups of the provider give: built-in roles, custom roles and teams, anew at each sign-in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flagstaff.features.accounts.teams.model import Team
from flagstaff.features.accounts.teams.store import save_team
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.oidc.calls import SignIn, starting
from tests.features.accounts.roles.calls import make_role
from tests.support.identity_provider import IdentityProvider
from tests.support.server import OWNER_EMAIL

MEMBERS = "/api/v2/members"
MAPPING = {
    "admins": ["admin"],
    "developers": ["writer", "role:ops", "team:web"],
    "guests": ["no_access", "role:missing", "team:missing"],
}


@pytest.fixture
def site(template: Path, tmp_path: Path, provider: IdentityProvider) -> Iterator[SignIn]:
    settings = {"PROVISIONING": "anyone", "GROUPS": json.dumps(MAPPING), "GROUPS_CLAIM": "realm.groups"}
    with starting(template, tmp_path, provider, **settings) as running:
        yield running


def make_teams(site: SignIn, *keys: str, member_ids: tuple[str, ...] = ()) -> None:
    def unit(tx: Transaction) -> None:
        for key in keys:
            team = Team(
                id=tx.ids.object_id(),
                key=key,
                name=key.title(),
                member_ids=member_ids,
                created=tx.now,
                modified=tx.now,
            )
            save_team(tx, None, team, Entry("team", key, "created the team", "", (), Actor()))

    site.server.write(unit)


def enter(site: SignIn, *groups: str) -> Any:
    """The member after signing in with these groups."""
    site.provider.claims = {"realm": {"groups": list(groups)}}
    return site.server.get(f"{MEMBERS}/{site.member()['_id']}").json


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ((), "reader"),
        (("others",), "reader"),
        (("guests",), "no_access"),
        (("guests", "developers"), "writer"),
        (("developers", "admins"), "admin"),
    ],
)
def test_the_highest_role_that_a_group_gives_holds(site: SignIn, groups: tuple[str, ...], role: str) -> None:
    assert enter(site, *groups)["role"] == role


def test_who_leaves_a_group_loses_what_it_gave(site: SignIn) -> None:
    ops, other = make_role(site.server)["_id"], make_role(site.server, "other")["_id"]
    make_teams(site, "web")
    member = enter(site, "developers")
    assert (member["role"], member["customRoles"]) == ("writer", [ops])
    assert [team["key"] for team in member["teams"]] == ["web"]
    patch = [{"op": "add", "path": "/customRoles/-", "value": other}]
    assert site.server.patch(f"{MEMBERS}/{member['_id']}", patch).status == 200
    make_teams(site, "mine", member_ids=(member["_id"],))

    left = enter(site)

    assert (left["role"], left["customRoles"]) == ("reader", [other])
    assert [team["key"] for team in left["teams"]] == ["mine"]


def test_nothing_is_written_where_nothing_changes(site: SignIn) -> None:
    make_role(site.server)
    enter(site, "developers")
    entries = site.server.count("audit_log")

    enter(site, "developers")

    assert site.server.count("audit_log") == entries


def test_the_owner_stays_the_owner(site: SignIn) -> None:
    site.provider.claims = {"email": OWNER_EMAIL, "realm": {"groups": ["guests"]}}

    assert site.member()["role"] == "owner"


def test_a_role_that_was_taken_ends_at_once_for_open_sessions(site: SignIn) -> None:
    member = enter(site, "admins")
    token = site.server.post("/api/v2/tokens", {"name": "T", "role": "admin"})
    assert token.status == 201

    enter(site)

    assert site.server.get(f"{MEMBERS}/{member['_id']}").json["role"] == "reader"


def test_the_audit_log_tells_who_says_so(site: SignIn) -> None:
    enter(site)
    enter(site, "admins")

    (entry,) = site.server.get("/api/v2/auditlog", query={"limit": 1}).json["items"]

    assert (entry["titleVerb"], entry["description"]) == ("updated the member", "As Single sign-on says")
    assert entry["accesses"][0]["action"] == "updateRole"


def test_without_a_mapping_roles_are_as_members_have_them(
    template: Path, tmp_path: Path, provider: IdentityProvider
) -> None:
    provider.claims = {"email": OWNER_EMAIL, "groups": ["admins"]}
    folder = tmp_path / "other"
    folder.mkdir()
    with starting(template, folder, provider, PROVISIONING="anyone", ROLE="writer") as site:
        provider.claims = {"groups": ["admins"]}
        assert site.member()["role"] == "writer"
