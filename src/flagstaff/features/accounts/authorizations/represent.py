"""Consents and grants from model to wire."""

from flagstaff.features.accounts.authorizations.model import SCOPES, Grant
from flagstaff.features.accounts.authorizations.schemas import AuthorizationRep, ConsentRep, ScopeRep
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.features.accounts.represent import MemberSummaryRep, summarise_member
from flagstaff.kernel.links import Link

AUTHORIZATIONS = "/api/v2/flagstaff/oauth-authorizations"


def represent_consent(client: OAuthClient, scope: str, member: Member) -> ConsentRep:
    """What the page that asks for consent shows."""
    return ConsentRep(
        client_id=client.id,
        client_name=client.name,
        description=client.description,
        redirect_uri=client.redirect_uri,
        scopes=tuple(ScopeRep(name, SCOPES[name]) for name in scope.split()),
        member=summarise_member(member),
    )


def represent_authorization(grant: Grant, client: OAuthClient, member: MemberSummaryRep) -> AuthorizationRep:
    return AuthorizationRep(
        links={"self": Link(f"{AUTHORIZATIONS}/{grant.id}"), "parent": Link(AUTHORIZATIONS)},
        id=grant.id,
        client_id=client.id,
        client_name=client.name,
        scopes=tuple(grant.scope.split()),
        member=member,
        creation_date=grant.created,
    )
