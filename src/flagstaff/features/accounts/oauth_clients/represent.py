"""OAuth 2.0 clients from model to wire."""

from msgspec import UNSET

from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.features.accounts.oauth_clients.schemas import OAuthClientRep
from flagstaff.kernel.links import Link

MANY = "/api/v2/oauth/clients"


def represent_client(client: OAuthClient, account_id: str, secret: str = "") -> OAuthClientRep:
    """A client; `secret` is given only by the call that made it."""
    return OAuthClientRep(
        links={"self": Link(f"{MANY}/{client.id}"), "parent": Link(MANY)},
        name=client.name,
        description=client.description or UNSET,
        account_id=account_id,
        client_id=client.id,
        client_secret=secret or UNSET,
        redirect_uri=client.redirect_uri,
        public=client.public or UNSET,
        creation_date=client.created,
    )
