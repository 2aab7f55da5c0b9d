"""Custom roles, access tokens and OAuth 2.0 clients."""

from launch_darkly_python_sdk import LaunchDarkly
from launch_darkly_python_sdk.bodies import StatementPost

from tests.support.scenarios.registry import covers

POLICY: list[StatementPost] = [
    {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/*:env/test:flag/*"]}
]


@covers(
    "custom_roles.create_new_role",
    "custom_roles.list_custom_roles",
    "custom_roles.get_by_custom_key",
    "custom_roles.update_single_custom_role",
    "custom_roles.delete_role_by_custom_key",
)
def roles_are_made_changed_and_deleted(client: LaunchDarkly, key: str) -> None:
    roles = client.custom_roles
    made = roles.create_new_role(key=f"{key}-ops", name=f"{key} ops", policy=POLICY)
    assert made.base_permissions == "reader"
    assert made.id in {role.id for role in roles.list_custom_roles().items or []}
    changed = roles.update_single_custom_role(
        custom_role_key=made.key, patch=[{"op": "replace", "path": "/description", "value": "On call"}]
    )
    assert changed.description == "On call"
    assert roles.get_by_custom_key(custom_role_key=made.id).key == made.key
    roles.delete_role_by_custom_key(custom_role_key=made.key)


@covers(
    "access_tokens.create_new_token",
    "access_tokens.list",
    "access_tokens.get_by_id",
    "access_tokens.update_settings",
    "access_tokens.reset_secret_key",
    "access_tokens.delete_by_id",
)
def tokens_are_made_used_reset_and_deleted(client: LaunchDarkly, key: str) -> None:
    tokens = client.access_tokens
    made = tokens.create_new_token(name=f"{key} robot", role="reader", service_token=True)
    assert made.token
    assert made.token.startswith("api-")
    changed = tokens.update_settings(
        id=made.id, patch=[{"op": "replace", "path": "/name", "value": f"{key} machine"}]
    )
    assert changed.name == f"{key} machine"
    assert tokens.reset_secret_key(id=made.id).token != made.token
    assert tokens.get_by_id(id=made.id).service_token
    assert made.id in {token.id for token in tokens.list(show_all=True).items or []}
    tokens.delete_by_id(id=made.id)


@covers(
    "o_auth2_clients.create_client",
    "o_auth2_clients.list",
    "o_auth2_clients.get_client_by_id",
    "o_auth2_clients.update_client_by_id",
    "o_auth2_clients.delete_client_by_id",
)
def oauth_clients_are_registered_changed_and_deleted(client: LaunchDarkly, key: str) -> None:
    clients = client.o_auth2_clients
    made = clients.create_client(name=key, redirect_uri="https://bot.example.com/back")
    assert made.client_secret
    assert made.client_id in {one.client_id for one in clients.list().items}
    changed = clients.update_client_by_id(
        client_id=made.client_id, body=[{"op": "replace", "path": "/name", "value": f"{key} 2"}]
    )
    assert changed.name == f"{key} 2"
    assert clients.get_client_by_id(client_id=made.client_id).client_secret is None
    clients.delete_client_by_id(client_id=made.client_id)


@covers(
    "account_members.invite_new_members",
    "account_members.list_members",
    "account_members.get_by_id",
    "account_members.update_member_patch",
    "account_members.delete_by_id",
    "account_members_beta.modify_members_roles",
)
def members_are_invited_given_roles_and_removed(client: LaunchDarkly, key: str) -> None:
    members = client.account_members
    email = f"{key}@example.com"
    (made,) = members.invite_new_members(body=[{"email": email, "role": "reader"}]).items
    assert made.pending_invite
    assert members.get_by_id(id="me").role == "owner"
    changed = members.update_member_patch(
        id=made.id, patch=[{"op": "replace", "path": "/role", "value": "writer"}]
    )
    assert changed.role == "writer"
    done = client.account_members_beta.modify_members_roles(
        instructions=[{"kind": "replaceMembersRoles", "value": "admin", "memberIDs": [made.id]}]
    )
    assert done.members == [made.id]
    (found,) = members.list_members(filter=f"email:{email}").items
    assert (found.id, found.role) == (made.id, "admin")
    members.delete_by_id(id=made.id)


@covers(
    "teams.create_team",
    "teams.list_teams",
    "teams.get_by_team_key",
    "teams.update_semantic_patch",
    "teams.get_custom_roles",
    "teams.get_maintainers",
    "teams.remove_by_team_key",
    "teams_beta.update_multiple_teams_semantic_patch",
    "account_members.add_to_teams",
)
def teams_are_made_filled_and_deleted(client: LaunchDarkly, key: str) -> None:
    teams = client.teams
    (member,) = client.account_members.invite_new_members(
        body=[{"email": f"{key}-team@example.com", "role": "reader"}]
    ).items
    team_key = f"{key}-team"
    made = teams.create_team(key=team_key, name=f"{key} team", member_ids=[member.id], expand="members")
    assert made.members
    assert made.members.total_count == 1
    changed = teams.update_semantic_patch(
        team_key=team_key,
        instructions=[
            {"kind": "addPermissionGrants", "actionSet": "maintainTeam", "memberIDs": [member.id]},
            {"kind": "removeMembers", "values": [member.id]},
        ],
    )
    assert changed.version == 2
    (maintainer,) = teams.get_maintainers(team_key=team_key).items
    assert maintainer.id == member.id
    assert teams.get_custom_roles(team_key=team_key).total_count == 0
    joined = client.account_members.add_to_teams(id=member.id, team_keys=[team_key])
    assert [team.key for team in joined.teams or []] == [team_key]
    done = client.teams_beta.update_multiple_teams_semantic_patch(
        instructions=[{"kind": "addMembersToTeams", "memberIDs": [member.id], "teamKeys": [team_key]}]
    )
    assert done.team_keys == [team_key]
    assert team_key in {team.key for team in teams.list_teams(filter=f"query:{key}").items or []}
    assert teams.get_by_team_key(team_key=team_key).name == made.name
    teams.remove_by_team_key(team_key=team_key)
