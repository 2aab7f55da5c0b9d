"""Grants and tokens of OAuth 2.0 in the database: only digests of codes and tokens are kept."""

from typing import Any

import msgspec

from flagstaff.features.accounts.authorizations.model import LIFETIMES, PREFIXES, Grant, IssuedToken
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction

TABLES = ("oauth_grants", "oauth_tokens")  # what a token is read from
_GRANT = ", ".join(Grant.__struct_fields__)
_ISSUED = (
    "SELECT grant_id, kind, expires, used, client_id, member_id, oauth_tokens.scope "
    "FROM oauth_tokens JOIN oauth_grants ON oauth_grants.id = grant_id WHERE digest = :digest"
)


def add_grant(tx: Transaction, grant: Grant) -> str:
    """Store a grant and return its code, of which only the digest is kept."""
    drop_finished(tx)
    code = tx.ids.long_secret("code")
    values: dict[str, Any] = msgspec.structs.asdict(grant)
    tx.run(
        f"INSERT INTO oauth_grants ({_GRANT}, code_digest) "
        f"VALUES ({', '.join(f':{name}' for name in Grant.__struct_fields__)}, :code_digest)",
        **values,
        code_digest=digest(code),
    )
    return code


def find_grant_of_code(tx: Transaction, code: str) -> Grant | None:
    """The grant that the code was given for, used or not, or None."""
    return _grant(
        tx.one(f"SELECT {_GRANT} FROM oauth_grants WHERE code_digest = :digest", digest=digest(code))
    )


def find_grant(tx: Transaction, grant_id: str) -> Grant | None:
    return _grant(tx.one(f"SELECT {_GRANT} FROM oauth_grants WHERE id = :id", id=grant_id))


def list_grants(tx: Transaction) -> list[Grant]:
    """The grants that are in use, newest first."""
    rows = tx.all(
        f"SELECT {_GRANT} FROM oauth_grants WHERE EXISTS "
        "(SELECT 1 FROM oauth_tokens WHERE grant_id = oauth_grants.id AND used = 0 AND expires > :now) "
        "ORDER BY created DESC, id",
        now=tx.now,
    )
    return [found for row in rows if (found := _grant(row)) is not None]


def use_code(tx: Transaction, grant: Grant) -> None:
    """Note that the code of a grant was exchanged."""
    tx.run("UPDATE oauth_grants SET code_used = 1 WHERE id = :id", id=grant.id)


def issue_token(tx: Transaction, grant_id: str, kind: str, scope: str) -> str:
    """Make an access or a refresh token."""
    secret = tx.ids.long_secret(PREFIXES[kind])
    tx.run(
        "INSERT INTO oauth_tokens (digest, grant_id, kind, scope, expires) "
        "VALUES (:digest, :grant, :kind, :scope, :expires)",
        digest=digest(secret),
        grant=grant_id,
        kind=kind,
        scope=scope,
        expires=tx.now + LIFETIMES[kind],
    )
    return secret


def find_token(tx: Transaction, secret: str) -> IssuedToken | None:
    """The token with that secret, used and expired ones included."""
    row = tx.one(_ISSUED, digest=digest(secret))
    if row is None:
        return None
    return msgspec.convert(
        dict(zip(IssuedToken.__struct_fields__, row, strict=True)), IssuedToken, strict=False
    )


def use_refresh_token(tx: Transaction, secret: str) -> None:
    """Note that a refresh token was exchanged; it is kept, so that it is known when it comes again."""
    tx.run("UPDATE oauth_tokens SET used = 1 WHERE digest = :digest", digest=digest(secret))


def drop_token(tx: Transaction, secret: str) -> None:
    """End one token."""
    tx.run("DELETE FROM oauth_tokens WHERE digest = :digest", digest=digest(secret))


def drop_grant(tx: Transaction, grant_id: str) -> None:
    """End a grant with all its tokens."""
    tx.run("DELETE FROM oauth_tokens WHERE grant_id = :id", id=grant_id)
    tx.run("DELETE FROM oauth_grants WHERE id = :id", id=grant_id)


def drop_grants_of_client(tx: Transaction, client: OAuthClient) -> None:
    """End whatever a client was allowed to do."""
    _drop_grants(tx, "client_id", client.id)


def drop_grants_of_member(tx: Transaction, member: Member) -> None:
    """End whatever was allowed to act for a member."""
    _drop_grants(tx, "member_id", member.id)


def drop_finished(tx: Transaction) -> None:
    """Forget tokens that have expired, and grants that have none left and whose code has expired."""
    tx.run("DELETE FROM oauth_tokens WHERE expires <= :now", now=tx.now)
    tx.run(
        "DELETE FROM oauth_grants WHERE code_expires <= :now "
        "AND NOT EXISTS (SELECT 1 FROM oauth_tokens WHERE grant_id = oauth_grants.id)",
        now=tx.now,
    )


def _drop_grants(tx: Transaction, column: str, value: str) -> None:
    tx.run(
        f"DELETE FROM oauth_tokens WHERE grant_id IN (SELECT id FROM oauth_grants WHERE {column} = :value)",
        value=value,
    )
    tx.run(f"DELETE FROM oauth_grants WHERE {column} = :value", value=value)


def _grant(row: tuple[Any, ...] | None) -> Grant | None:
    if row is None:
        return None
    return msgspec.convert(dict(zip(Grant.__struct_fields__, row, strict=True)), Grant, strict=False)
