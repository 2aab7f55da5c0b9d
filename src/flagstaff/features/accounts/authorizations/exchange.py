"""The token endpoint (RFC 6749, 3.2): who asks, and what a code or a refresh token is exchanged for."""

import base64
import binascii
from urllib.parse import unquote_plus

import msgspec

from flagstaff.features.accounts.authorizations import store
from flagstaff.features.accounts.authorizations.describe import application_actor, describe_end
from flagstaff.features.accounts.authorizations.model import (
    ACCESS,
    REFRESH,
    Grant,
    IssuedToken,
    narrow_scope,
    proves,
)
from flagstaff.features.accounts.authorizations.schemas import RevokeFields, TokenFields
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.features.accounts.oauth_clients.store import find_client, has_secret
from flagstaff.features.accounts.store import find_member
from flagstaff.kernel.errors import InvalidClient, OAuthError
from flagstaff.storage.changes import save_action
from flagstaff.storage.transaction import Transaction

NOT_VALID = "The code is not valid: unknown, expired, used, or not given to this client in this way"
NOT_REFRESHABLE = "The refresh token is not valid: unknown, expired, revoked, or of another client"


class Issued(msgspec.Struct, frozen=True):
    """The tokens that a client gets, shown once."""

    access_token: str
    refresh_token: str
    scope: str


def authenticate(tx: Transaction, fields: TokenFields | RevokeFields, authorization: str) -> OAuthClient:
    """The client that asks; raises InvalidClient unless it proves to be it, OAuthError if it does so twice.

    A public client, which has no secret, only says who it is: its codes and tokens are what it proves.
    """
    client_id, secret = fields.client_id, fields.client_secret
    if authorization:
        if secret:
            raise OAuthError("The client must authenticate in one way only")
        named = client_id
        client_id, secret = read_basic(authorization)
        if named not in {"", client_id}:
            raise InvalidClient("The client_id is not the one that authenticates")
    client = find_client(tx, client_id)
    if client is None or client.public is bool(secret) or (secret and not has_secret(tx, client, secret)):
        raise InvalidClient("The client is unknown, or its secret is wrong or missing")
    return client


def read_basic(authorization: str) -> tuple[str, str]:
    """Id and secret in a header of HTTP Basic, each encoded as in a form (RFC 6749, 2.3.1)."""
    scheme, _, rest = authorization.strip().partition(" ")
    try:
        user, colon, password = base64.b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        colon = ""
    if scheme.lower() != "basic" or not colon:
        raise InvalidClient("The header Authorization is not one of HTTP Basic")
    return unquote_plus(user), unquote_plus(password)


def exchange_code(tx: Transaction, client: OAuthClient, fields: TokenFields) -> Issued:
    """The first tokens of a grant; raises OAuthError. A code that comes again ends what it was given for."""
    grant = store.find_grant_of_code(tx, fields.code)
    if grant is None or grant.client_id != client.id:
        raise OAuthError(NOT_VALID, error="invalid_grant")
    if grant.code_used:
        raise _end_misused(tx, grant, client, "Its code was used twice")
    if grant.code_expires <= tx.now or not _is_proven(grant, client, fields) or _is_gone(tx, grant):
        raise OAuthError(NOT_VALID, error="invalid_grant")
    store.use_code(tx, grant)
    return _issue(tx, grant.id, grant.scope)


def refresh(tx: Transaction, client: OAuthClient, fields: TokenFields) -> Issued:
    """New tokens for a refresh token, which is used up by it; one that comes again ends its grant."""
    token = store.find_token(tx, fields.refresh_token)
    if token is None or token.kind != REFRESH or token.client_id != client.id or token.expires <= tx.now:
        raise OAuthError(NOT_REFRESHABLE, error="invalid_grant")
    if _is_gone(tx, token):
        raise OAuthError(NOT_REFRESHABLE, error="invalid_grant")
    if token.used:
        grant = store.find_grant(tx, token.grant_id)
        raise _end_misused(tx, grant, client, "A refresh token of it was used twice")
    scope = narrow_scope(token.scope, fields.scope)
    store.use_refresh_token(tx, fields.refresh_token)
    return _issue(tx, token.grant_id, token.scope, scope)


def revoke(tx: Transaction, client: OAuthClient, secret: str) -> None:
    """End a token (RFC 7009), with a refresh token everything of its grant; an unknown one has ended already.

    Raises OAuthError for a token of another client.
    """
    token: IssuedToken | None = store.find_token(tx, secret)
    if token is None:
        return
    if token.client_id != client.id:
        raise OAuthError("The token is of another client", error="invalid_grant")
    grant = store.find_grant(tx, token.grant_id)
    if token.kind == ACCESS or grant is None:
        store.drop_token(tx, secret)
        return
    store.drop_grant(tx, grant.id)
    save_action(tx, describe_end(grant, client, application_actor(grant.member_id, client.id)))


def _is_gone(tx: Transaction, given: Grant | IssuedToken) -> bool:
    """Whether there is nobody any more for whom the client could act."""
    return find_member(tx, given.member_id) is None


def _is_proven(grant: Grant, client: OAuthClient, fields: TokenFields) -> bool:
    """Whether the code comes with what was sent when it was asked for."""
    expected = {grant.redirect_uri} if grant.redirect_uri else {"", client.redirect_uri}
    return fields.redirect_uri in expected and proves(fields.code_verifier, grant.challenge)


def _issue(tx: Transaction, grant_id: str, granted: str, scope: str = "") -> Issued:
    """A refresh token always keeps all that was granted; an access token may be for less."""
    return Issued(
        store.issue_token(tx, grant_id, ACCESS, scope or granted),
        store.issue_token(tx, grant_id, REFRESH, granted),
        scope or granted,
    )


def _end_misused(tx: Transaction, grant: Grant | None, client: OAuthClient, reason: str) -> OAuthError:
    """Whoever uses it again has stolen it, or was stolen from: nobody can tell, so all of the grant ends."""
    if grant is not None:
        store.drop_grant(tx, grant.id)
        save_action(tx, describe_end(grant, client, application_actor(grant.member_id, client.id), reason))
    return OAuthError(f"{reason}; the authorization has ended", error="invalid_grant", keeps=True)
