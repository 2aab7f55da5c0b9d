"""Who uses what in an environment: which flags and segments name a segment, a prerequisite, a context kind.

Written in the transaction that changes the user, so it always agrees with the documents.
"""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from flagstaff.storage.transaction import Transaction

SEGMENT = "segment"
FLAG = "flag"  # used as a prerequisite
CONTEXT_KIND = "context-kind"


class Use(NamedTuple):
    """What is used: a SEGMENT, a FLAG or a CONTEXT_KIND, by key."""

    kind: str
    key: str


class User(NamedTuple):
    """What uses something: a FLAG or a SEGMENT, by id."""

    kind: str
    id: str


def index_references(
    tx: Transaction, environment_id: str, user_kind: str, user_id: str, uses: AbstractSet[Use]
) -> None:
    """Make `uses` all that a flag or segment refers to in an environment."""
    tx.run(
        "DELETE FROM reference_uses WHERE environment_id = :environment "
        "AND user_kind = :user_kind AND user_id = :user",
        environment=environment_id,
        user_kind=user_kind,
        user=user_id,
    )
    tx.run_many(
        "INSERT INTO reference_uses (environment_id, used_kind, used_key, user_kind, user_id) "
        "VALUES (:environment, :kind, :key, :user_kind, :user)",
        [
            {"environment": environment_id, "user_kind": user_kind, "user": user_id, **use._asdict()}
            for use in uses
        ],
    )


def list_users(tx: Transaction, environment_id: str, kind: str, key: str) -> list[User]:
    """Everything in an environment that refers to the segment, flag or context kind with that key."""
    rows = tx.all(
        "SELECT user_kind, user_id FROM reference_uses WHERE environment_id = :environment "
        "AND used_kind = :kind AND used_key = :key ORDER BY user_kind, user_id",
        environment=environment_id,
        kind=kind,
        key=key,
    )
    return [User(*row) for row in rows]


def forget_references(tx: Transaction, user_id: str) -> None:
    """Drop what a deleted flag or segment referred to, wherever that was."""
    tx.run("DELETE FROM reference_uses WHERE user_id = :user", user=user_id)


def forget_environment_references(tx: Transaction, environment_id: str) -> None:
    """Drop all that was known of a deleted environment."""
    tx.run("DELETE FROM reference_uses WHERE environment_id = :environment", environment=environment_id)
