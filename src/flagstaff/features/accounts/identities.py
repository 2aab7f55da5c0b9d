"""Who calls: from the secret of a token or a session to the caller, and what bounds it."""

from functools import lru_cache

from msgspec.structs import replace

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy
from flagstaff.features.accounts.authorizations import store as authorizations
from flagstaff.features.accounts.authorizations.describe import application_actor
from flagstaff.features.accounts.authorizations.model import ACCESS, PREFIXES
from flagstaff.features.accounts.grants import caller_of_member, grants_of, policies_with
from flagstaff.features.accounts.model import caller_of
from flagstaff.features.accounts.roles.store import ROLES
from flagstaff.features.accounts.sessions import store as sessions
from flagstaff.features.accounts.sessions.model import Session
from flagstaff.features.accounts.store import MEMBERS, find_member
from flagstaff.features.accounts.teams.store import INDEX, TEAMS
from flagstaff.features.accounts.tokens.store import TOKENS
from flagstaff.http.identity import Identity
from flagstaff.storage.audit import Actor
from flagstaff.storage.former_secrets import find_owner
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction

HELD = "SELECT tokens.body, members.body FROM tokens LEFT JOIN members ON members.id = member_id "
CURRENT, OWNED = HELD + "WHERE digest = :digest", HELD + "WHERE tokens.id = :id"

# Every table that an identity is made of.
ASKED = (
    *(documents.table for documents in (TOKENS, MEMBERS, ROLES, TEAMS)),
    INDEX,
    *sessions.TABLES,
    *authorizations.TABLES,
)
SIZE = 1_000  # bytes, about, of a session or a client with its caller


def identify(tx: Transaction, secret: str) -> Identity | None:
    """Who calls with that access token; None for an unknown one, and for that of a member who is gone.

    It may be a token of a client of OAuth 2.0, too.
    """
    hashed = digest(secret)
    held: Identity | None = tx.recall((TOKENS.table, hashed))
    if held is not None and held.is_current(tx.now):
        return held
    if secret.startswith(PREFIXES[ACCESS]):
        found = _identify_application(tx, secret)
        if found is not None:
            tx.remember((TOKENS.table, hashed), found, SIZE, ASKED)
        return found
    row = tx.one(CURRENT, digest=hashed)
    if row is not None:
        found = _identity(tx, *row)
        tx.remember((TOKENS.table, hashed), found, sum(len(body or "") for body in row), ASKED)
        return found
    return _identify_former(tx, hashed)


def _identify_former(tx: Transaction, hashed: bytes) -> Identity | None:
    """Who calls with the secret that a token had before it was reset."""
    former = find_owner(tx, hashed)
    row = tx.one(OWNED, id=former[0]) if former else None
    found = _identity(tx, *row) if row else None
    return replace(found, expires=former[1]) if found and former else None


def _identify_application(tx: Transaction, secret: str) -> Identity | None:
    """The member who has authorized a client, within the scopes of its token."""
    token = authorizations.find_token(tx, secret)
    if token is None or token.kind != ACCESS or token.expires <= tx.now:
        return None
    member = find_member(tx, token.member_id)
    if member is None:
        return None
    caller = Caller(
        kind="oauth-application",
        member_id=member.id,
        token_id=None,
        name=member.email,
        grants=grants_of(tx, member),
        cap=token.caps,
        role_attributes=member.role_attributes,
    )
    return Identity(caller, application_actor(member.id, token.client_id), expires=token.expires)


def identify_session(tx: Transaction, secret: str) -> Identity | None:
    """Who has signed in; None where the session has ended, or its member is gone."""
    hashed = digest(secret)
    held: tuple[Session, Identity] | None = tx.recall((sessions.TABLES, hashed))
    if held is None:
        session = sessions.find_session(tx, hashed)
        member = None if session is None else find_member(tx, session.member_id)
        if session is None or member is None:
            return None
        caller = caller_of_member(tx, member)
        held = session, Identity(caller, Actor(member_id=member.id), session_id=session.id)
        tx.remember((sessions.TABLES, hashed), held, SIZE, ASKED)
    session, identity = held
    return None if session.is_over(tx.now) else identity


def _identity(tx: Transaction, token_body: str, member_body: str | None) -> Identity | None:
    token = TOKENS.decode(token_body)
    grants: tuple[Policy, ...] = ()
    if not token.service:
        if member_body is None:
            return None
        grants = grants_of(tx, MEMBERS.decode(member_body))
    return _make(token_body, member_body, grants, policies_with(tx, token.custom_roles))


@lru_cache(maxsize=1_024)
def _make(
    token_body: str, member_body: str | None, grants: tuple[Policy, ...], caps: tuple[Policy, ...]
) -> Identity:
    """The same token, member and policies are always the same caller."""
    token = TOKENS.decode(token_body)
    member = None if member_body is None else MEMBERS.decode(member_body)
    actor = Actor(member_id="" if token.service else token.member_id, token_id=token.id)
    return Identity(caller_of(token, member, grants, caps), actor, token.default_api_version)
