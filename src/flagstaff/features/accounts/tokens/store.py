"""Access tokens in the database: documents, digests of their secrets, and when each was last used."""

from collections.abc import Mapping

import msgspec

from flagstaff.features.accounts.model import Member, Token
from flagstaff.features.accounts.roles.model import Role
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.former_secrets import forget_former, keep_former
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction

TOKENS = Documents(
    "tokens", Token, lambda token: {"id": token.id, "member_id": token.member_id}, remembered=1_024
)
SYSTEM = Actor()


def list_tokens(tx: Transaction) -> list[Token]:
    """Every access token, oldest first."""
    return sorted(TOKENS.list(tx, "true"), key=lambda token: (token.created, token.id))


def find_token(tx: Transaction, token_id: str) -> Token | None:
    return TOKENS.find(tx, "id = :id", id=token_id)


def get_token(tx: Transaction, token_id: str) -> Token:
    """The token with that id; raises NotFound."""
    token = find_token(tx, token_id)
    if token is None:
        raise NotFound(f"There is no access token {token_id[:100]!r}")
    return token


def has_token(tx: Transaction, secret: str) -> bool:
    """Whether the secret is that of a token."""
    return TOKENS.find(tx, "digest = :digest", digest=digest(secret)) is not None


def save_token(tx: Transaction, token: Token, secret: str, actor: Actor = SYSTEM) -> None:
    """Store a new token; of its secret only the digest is kept."""
    entry = describe_token(token, "created the access token", ("createAccessToken",), actor)
    save_change(tx, entry, [Write(TOKENS, None, token, {"digest": digest(secret)})])


def update_token(tx: Transaction, before: Token, after: Token, entry: Entry) -> None:
    """Change a token; its secret stays."""
    save_change(tx, entry, [Write(TOKENS, before, after)])


def replace_secret(
    tx: Transaction, before: Token, after: Token, secret: str, *, expires: Millis, actor: Actor
) -> None:
    """Give a token a new secret; the one before it works until `expires`, or no longer when that is past."""
    keep_former(tx, TOKENS.table, before.id, expires)
    entry = describe_token(after, "reset the access token", ("resetAccessToken",), actor)
    save_change(tx, entry, [Write(TOKENS, before, after, {"digest": digest(secret)})])


def delete_token(tx: Transaction, token: Token, actor: Actor = SYSTEM) -> None:
    """End a token with all its secrets: the next call with one is refused."""
    _forget(tx, token)
    entry = describe_token(token, "deleted the access token", ("deleteAccessToken",), actor)
    save_change(tx, entry, [Write(TOKENS, token, None)])


def describe_token(token: Token, verb: str, actions: tuple[str, ...], actor: Actor) -> Entry:
    """What the audit log says of a change of a token, by a call or on the command line."""
    return Entry(
        kind="token",
        name=token.name,
        title_verb=verb,
        description="",
        accesses=tuple((action, token.resource.text) for action in actions),
        actor=actor,
    )


def give_up_member(tx: Transaction, member: Member) -> list[Write]:
    """The writes by which the personal tokens of a member who is removed end; service tokens live on."""
    found = TOKENS.list(tx, "member_id = :id", id=member.id)
    personal = [token for token in found if not token.service]
    for token in personal:
        _forget(tx, token)
    return [Write(TOKENS, token, None) for token in personal]


def give_up_role(tx: Transaction, role: Role) -> list[Write]:
    """The writes by which every token loses a role that is being deleted."""
    return [
        Write(TOKENS, token, _without(token, role))
        for token in list_tokens(tx)
        if role.id in token.custom_roles
    ]


def last_uses(tx: Transaction) -> dict[str, Millis]:
    """When each token was last used, as far as it has been written down."""
    return dict(tx.all("SELECT token_id, last_used FROM token_uses"))


def save_uses(tx: Transaction, uses: Mapping[str, Millis]) -> None:
    """Write down when tokens were last used: an observation, which is no change and has no audit entry."""
    tx.run_many(
        "INSERT INTO token_uses (token_id, last_used) SELECT id, :at FROM tokens WHERE id = :id "
        "ON CONFLICT (token_id) DO UPDATE SET last_used = max(last_used, excluded.last_used)",
        [{"id": token_id, "at": at} for token_id, at in uses.items()],
    )


def _forget(tx: Transaction, token: Token) -> None:
    forget_former(tx, token.id)
    tx.run("DELETE FROM token_uses WHERE token_id = :id", id=token.id)


def _without(token: Token, role: Role) -> Token:
    left = tuple(held for held in token.custom_roles if held != role.id)
    return msgspec.structs.replace(token, custom_roles=left, version=token.version + 1)
