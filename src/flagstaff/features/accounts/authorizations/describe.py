"""What the audit log says of grants: that a member gave one, and that one ended."""

from flagstaff.access.specifiers import Resource, top_resource
from flagstaff.features.accounts.authorizations.model import Grant
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.storage.audit import Actor, Entry

KIND = "oauth-client"
APPLICATION = "oauth/"  # before the id of a client that stands where entries have that of a token
AUTHORIZE, REVOKE = "authorizeOAuthClient", "revokeOAuthClient"


def resource_of(grant: Grant) -> Resource:
    """What policies know a grant by: the member who gave it."""
    return top_resource("member", grant.member_id)


def describe_consent(grant: Grant, client: OAuthClient, actor: Actor) -> Entry:
    """That a member lets a client act within these scopes."""
    return Entry(
        kind=KIND,
        name=client.name,
        title_verb="authorized the OAuth client",
        description=f"Scopes: {grant.scope}",
        accesses=((AUTHORIZE, resource_of(grant).text),),
        actor=actor,
    )


def describe_end(grant: Grant, client: OAuthClient, actor: Actor, reason: str = "") -> Entry:
    """That a grant ended, by whom, and why."""
    return Entry(
        kind=KIND,
        name=client.name,
        title_verb="revoked the authorization of the OAuth client",
        description=reason,
        accesses=((REVOKE, resource_of(grant).text),),
        actor=actor,
    )


def application_actor(member_id: str, client_id: str) -> Actor:
    """A client that acts for a member."""
    return Actor(member_id=member_id, token_id=APPLICATION + client_id)
