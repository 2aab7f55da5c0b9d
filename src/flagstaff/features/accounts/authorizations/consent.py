"""Asking a member for consent (RFC 6749, 4.1): what a client may ask for, and where its answer goes."""

from urllib.parse import urlencode

import msgspec

from flagstaff.features.accounts.authorizations import store
from flagstaff.features.accounts.authorizations.describe import describe_consent
from flagstaff.features.accounts.authorizations.model import CODE_LASTS, Grant, read_challenge, read_scope
from flagstaff.features.accounts.authorizations.schemas import AuthorizeQuery, ConsentPost
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.features.accounts.oauth_clients.store import find_client
from flagstaff.kernel.errors import InvalidRequest, OAuthError
from flagstaff.storage.audit import Actor
from flagstaff.storage.changes import save_action
from flagstaff.storage.transaction import Transaction

Asked = AuthorizeQuery | ConsentPost


class Destination(msgspec.Struct, frozen=True):
    """Where the browser goes back to; `issuer` tells the client who answers (RFC 9207)."""

    client: OAuthClient
    state: str
    issuer: str

    def answer(self, **parameters: str) -> str:
        """The address with an answer in it."""
        state = {"state": self.state} if self.state else {}
        return f"{self.client.redirect_uri}?{urlencode({**parameters, **state, 'iss': self.issuer})}"

    def refuse(self, error: OAuthError) -> str:
        """The address with an error in it."""
        return self.answer(error=error.error, error_description=error.message)


def find_destination(tx: Transaction, asked: Asked, issuer: str) -> Destination:
    """Raises InvalidRequest for an unknown client, or an address that is not the registered one.

    Then nobody is redirected: whoever wrote the link may have made up both.
    """
    client = find_client(tx, asked.client_id)
    if client is None:
        raise InvalidRequest("Unknown OAuth client - at `client_id`")
    if asked.redirect_uri not in {"", client.redirect_uri}:
        raise InvalidRequest("The redirect URI is not the one that the client registered - at `redirect_uri`")
    return Destination(client, asked.state, issuer)


def check_asked(asked: Asked, client: OAuthClient) -> tuple[str, str]:
    """The scope and the PKCE challenge that are asked for; raises OAuthError."""
    if asked.response_type != "code":
        raise OAuthError("The response_type must be code", error="unsupported_response_type")
    challenge = read_challenge(asked.code_challenge, asked.code_challenge_method, required=client.public)
    return read_scope(asked.scope), challenge


def give_consent(tx: Transaction, asked: Asked, destination: Destination, actor: Actor) -> str:
    """Let the client act for the member; the address with the code in it. Raises OAuthError."""
    scope, challenge = check_asked(asked, destination.client)
    grant = Grant(
        id=tx.ids.object_id(),
        client_id=destination.client.id,
        member_id=actor.member_id,
        scope=scope,
        redirect_uri=asked.redirect_uri,
        challenge=challenge,
        code_expires=tx.now + CODE_LASTS,
        created=tx.now,
    )
    code = store.add_grant(tx, grant)
    save_action(tx, describe_consent(grant, destination.client, actor))
    return destination.answer(code=code)
