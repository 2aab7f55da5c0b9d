"""What an entry's resource looked like, of kinds with one document each."""

from typing import Any

from flagstaff.storage.audit import unpack
from tests.support.client import SESSION
from tests.support.server import TestServer

LOG = "/api/v2/auditlog"
OWNER_PATH = "/api/v2/members/me"


def newest(server: TestServer) -> Any:
    items = server.get(LOG, query={"limit": 1}).json["items"]
    return server.get(f"{LOG}/{items[0]['_id']}").json


def invite(server: TestServer, email: str = "bob@example.com") -> str:
    body = [{"email": email, "role": "reader", "firstName": "Bob"}]
    return str(server.post("/api/v2/members", body).json["items"][0]["_id"])


def test_a_member_is_shown_under_the_name_of_today(server: TestServer) -> None:
    path = f"/api/v2/members/{invite(server)}"
    server.patch(path, [{"op": "replace", "path": "/role", "value": "writer"}])

    detail = newest(server)

    assert (detail["previousVersion"]["role"], detail["currentVersion"]["role"]) == ("reader", "writer")
    assert detail["previousVersion"]["email"] == detail["currentVersion"]["email"] == "bob@example.com"
    assert "_lastSeen" not in detail["currentVersion"]


def test_of_a_member_who_was_removed_nobody_learns_the_name(server: TestServer) -> None:
    server.delete(f"/api/v2/members/{invite(server)}")

    detail = newest(server)

    assert (detail["previousVersion"]["email"], detail["previousVersion"]["role"]) == ("", "reader")
    assert "currentVersion" not in detail


def test_what_people_are_called_is_not_kept_of_a_patch(server: TestServer) -> None:
    operations = [
        {"op": "replace", "path": "/firstName", "value": "Grace"},
        {"op": "replace", "path": "/email", "value": "grace@example.com"},
    ]
    assert server.patch(OWNER_PATH, operations, as_=SESSION).status == 200

    delta = newest(server)["delta"]
    versions = [unpack(found) for (found,) in server.rows("SELECT versions FROM audit_log")]

    assert [(one["path"], one["value"]) for one in delta] == [("/firstName", "****"), ("/email", "****")]
    assert "Grace" not in str(versions)
    assert "grace@" not in str(versions)


def test_a_team_is_shown_with_members_roles_and_grants(server: TestServer) -> None:
    member_id = invite(server)
    role = {"key": "ops", "name": "Ops", "policy": []}
    assert server.post("/api/v2/roles", role).status == 201
    grant = {"actionSet": "maintainTeam", "memberIDs": [member_id]}
    body = {"key": "night", "name": "Night", "customRoleKeys": ["ops"], "permissionGrants": [grant]}
    assert server.post("/api/v2/teams", body).status == 201
    server.instruct("/api/v2/teams/night", {"kind": "addMembers", "values": [member_id]})

    before, after = newest(server)["previousVersion"], newest(server)["currentVersion"]

    assert (before["memberIDs"], after["memberIDs"]) == ([], [member_id])
    assert (after["customRoleKeys"], after["_version"]) == (["ops"], 2)
    assert after["permissionGrants"][0] | grant == after["permissionGrants"][0]


def test_secrets_of_webhooks_are_shown_by_their_ending_and_not_kept_of_a_patch(server: TestServer) -> None:
    body = {"url": "https://example.com", "on": True, "sign": True, "secret": "the-first-secret"}
    path = f"/api/v2/webhooks/{server.post('/api/v2/webhooks', body).json['_id']}"
    server.patch(path, [{"op": "replace", "path": "/secret", "value": "another-secret"}])

    detail = newest(server)

    assert detail["delta"] == [{"op": "replace", "path": "/secret", "value": "****"}]
    secrets = [detail[name]["secret"] for name in ("previousVersion", "currentVersion")]
    assert secrets == ["****cret", "****cret"]


def test_the_defaults_of_new_flags_are_part_of_their_project(server: TestServer) -> None:
    path = "/api/v2/projects/default/flag-defaults"
    server.patch(path, {"temporary": False})

    detail = newest(server)

    assert detail["merge"] == {"temporary": False}
    assert detail["previousVersion"]["flagDefaults"]["temporary"] is True
    assert detail["currentVersion"]["flagDefaults"]["temporary"] is False
