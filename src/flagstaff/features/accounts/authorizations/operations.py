"""The OAuth 2.0 authorization server over HTTP: the handlers, then one row per operation."""

from dataclasses import replace
from urllib.parse import quote

from flagstaff.access.decision import Decision, decide
from flagstaff.features.accounts.authorizations import exchange, store
from flagstaff.features.accounts.authorizations.consent import check_asked, find_destination, give_consent
from flagstaff.features.accounts.authorizations.describe import REVOKE, describe_end, resource_of
from flagstaff.features.accounts.authorizations.model import ACCESS_LASTS, SCOPES, SECOND, Grant
from flagstaff.features.accounts.authorizations.represent import (
    AUTHORIZATIONS,
    represent_authorization,
    represent_consent,
)
from flagstaff.features.accounts.authorizations.schemas import (
    AuthorizationsQuery,
    AuthorizationsRep,
    AuthorizeQuery,
    ConsentedRep,
    ConsentPost,
    ConsentRep,
    MetadataRep,
    RevokeFields,
    TokenFields,
    TokensIssuedRep,
)
from flagstaff.features.accounts.oauth_clients.store import find_client
from flagstaff.features.accounts.store import find_member, find_summary
from flagstaff.http.answers import Redirect
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Edge, Operation
from flagstaff.http.requests import Received
from flagstaff.kernel.errors import InvalidRequest, NotFound, OAuthError, Unauthorized
from flagstaff.kernel.links import Link
from flagstaff.storage.changes import save_action

AUTHORIZE, TOKEN, REVOCATION = "/oauth/authorize", "/oauth/token", "/oauth/revoke"
METADATA = "/.well-known/oauth-authorization-server"
CONSENT, LOGIN = "/oauth/consent", "/login"  # pages of the console


def describe_authorization(call: Call) -> ConsentRep | Redirect:
    """Ask a member to let a program act for them (RFC 6749, 4.1.1).

    A browser is sent on: to the page that asks for consent, or to sign in first, or back to the program where
    that has asked for something impossible. The page itself calls this, too, and learns what is to be shown.
    """
    asked: AuthorizeQuery = call.query
    if len(dict(call.query_pairs)) < len(call.query_pairs):
        raise InvalidRequest("A parameter is given twice")
    destination = find_destination(call.tx, asked, call.installation.site.base_url)
    here = call.url + "?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in call.query_pairs)
    if not call.visit.navigates:
        call.installation.site.check_visit(call.visit)
    if not call.identity.session_id:
        if call.visit.navigates:
            return Redirect(f"{LOGIN}?next={quote(here, safe='')}")
        raise Unauthorized("Nobody has signed in")
    try:
        scope, _ = check_asked(asked, destination.client)
    except OAuthError as error:
        if call.visit.navigates:
            return Redirect(destination.refuse(error))
        raise
    if call.visit.navigates:
        return Redirect(CONSENT + here.removeprefix(call.url))
    member = find_member(call.tx, call.actor.member_id)
    if member is None:
        raise Unauthorized
    return represent_consent(destination.client, scope, member)


def give_authorization(call: Call) -> ConsentedRep:
    """Give the answer of the member who has signed in; the page then sends the browser on."""
    asked: ConsentPost = call.body
    destination = find_destination(call.tx, asked, call.installation.site.base_url)
    if asked.decision == "deny":
        refusal = OAuthError("The member has refused", error="access_denied")
        return ConsentedRep(destination.refuse(refusal))
    return ConsentedRep(give_consent(call.tx, asked, destination, call.actor))


def issue_tokens(call: Call) -> TokensIssuedRep:
    """Exchange a code, or a refresh token, for tokens (RFC 6749, 4.1.3 and 6).

    An access token lasts an hour, a refresh token thirty days; it is used up by its exchange, and one that
    comes again ends all that the member has allowed.
    """
    fields: TokenFields = call.body
    client = exchange.authenticate(call.tx, fields, call.prepared)
    ways = {"authorization_code": exchange.exchange_code, "refresh_token": exchange.refresh}
    if not fields.grant_type:
        raise OAuthError("The grant_type is missing")
    if fields.grant_type not in ways:
        raise OAuthError(f"The grant_type must be {' or '.join(ways)}", error="unsupported_grant_type")
    issued = ways[fields.grant_type](call.tx, client, fields)
    return TokensIssuedRep(
        access_token=issued.access_token,
        token_type="Bearer",  # noqa: S106 - no secret
        expires_in=ACCESS_LASTS // SECOND,
        refresh_token=issued.refresh_token,
        scope=issued.scope,
    )


def revoke_token(call: Call) -> dict[str, str]:
    """End a token (RFC 7009): an access token alone, a refresh token with all that the member has allowed."""
    fields: RevokeFields = call.body
    client = exchange.authenticate(call.tx, fields, call.prepared)
    if not fields.token:
        raise OAuthError("The token is missing")
    exchange.revoke(call.tx, client, fields.token)
    return {}


def get_authorization_server(call: Call) -> MetadataRep:
    """Show what programs can learn of this server (RFC 8414)."""
    issuer = call.installation.site.base_url
    return MetadataRep(
        issuer=issuer,
        authorization_endpoint=issuer + AUTHORIZE,
        token_endpoint=issuer + TOKEN,
        revocation_endpoint=issuer + REVOCATION,
        scopes_supported=tuple(SCOPES),
    )


def get_authorizations(call: Call) -> AuthorizationsRep:
    """List the programs that may act for oneself; with `showAll`, those that may act for others, too."""
    listed = store.list_grants(call.tx)
    items = []
    for grant in call.list_seen(listed, lambda grant: _is_listed(call, grant)):
        client, member = find_client(call.tx, grant.client_id), find_summary(call.tx, grant.member_id)
        if client is not None and member is not None:
            items.append(represent_authorization(grant, client, member))
    return AuthorizationsRep(links={"self": Link(AUTHORIZATIONS)}, items=items)


def delete_authorization(call: Call) -> None:
    """End what a program may do: its tokens are refused from now on."""
    grant = _grant_of(call)
    client = find_client(call.tx, grant.client_id)
    store.drop_grant(call.tx, grant.id)
    if client is not None:
        save_action(call.tx, describe_end(grant, client, call.actor))


def _is_listed(call: Call, grant: Grant) -> bool:
    if grant.member_id == call.identity.caller.member_id:
        return True
    may_end = decide(call.identity.caller, REVOKE, resource_of(grant)) is Decision.ALLOWED
    return bool(call.query.show_all) and may_end


def _grant_of(call: Call) -> Grant:
    grant = store.find_grant(call.tx, call.path["id"])
    if grant is None or not call.sees(resource_of(grant)):
        raise NotFound(f"There is no authorization {call.path['id'][:100]!r}")
    caller = call.identity.caller
    if grant.member_id != caller.member_id or caller.cap is not None:
        call.require(REVOKE, resource_of(grant))
    return grant


async def read_authorization(_: Edge, received: Received) -> str:
    """The header by which a client authenticates."""
    return received.authorization


GROUP = "oauth"
OPERATIONS = (
    Operation(
        describe_authorization,
        "GET",
        AUTHORIZE,
        (GROUP, "describe"),
        ANY_CALLER,
        query=AuthorizeQuery,
        answer=ConsentRep,
        errors=(401, 403),
        open=True,
        arrives=True,
        oauth=True,
        redirects=True,
    ),
    Operation(
        give_authorization,
        "POST",
        AUTHORIZE,
        (GROUP, "consent"),
        ANY_CALLER,
        body=ConsentPost,
        answer=ConsentedRep,
        session=True,
        oauth=True,
    ),
    Operation(
        issue_tokens,
        "POST",
        TOKEN,
        (GROUP, "issue"),
        ANY_CALLER,
        fields=TokenFields,
        answer=TokensIssuedRep,
        errors=(401,),
        open=True,
        oauth=True,
        prepare=read_authorization,
    ),
    Operation(
        revoke_token,
        "POST",
        REVOCATION,
        (GROUP, "revoke"),
        ANY_CALLER,
        fields=RevokeFields,
        answer=dict[str, str],
        errors=(401,),
        open=True,
        oauth=True,
        prepare=read_authorization,
    ),
    Operation(
        get_authorization_server,
        "GET",
        METADATA,
        (GROUP, "describe_server"),
        ANY_CALLER,
        answer=MetadataRep,
        open=True,
    ),
    Operation(
        get_authorizations,
        "GET",
        AUTHORIZATIONS,
        (GROUP, "list"),
        query=AuthorizationsQuery,
        answer=AuthorizationsRep,
    ),
    Operation(
        delete_authorization,
        "DELETE",
        AUTHORIZATIONS + "/{id}",
        (GROUP, "delete"),
        ANY_CALLER,
        status=204,
    ),
)
# Programs that were written for LaunchDarkly know these addresses.
KNOWN_ELSEWHERE = tuple(
    replace(row, path="/trust" + row.path) for row in OPERATIONS if row.path in {AUTHORIZE, TOKEN}
)
