"""Context kinds in the database: one row for each that somebody has said something about."""

from collections.abc import Iterable

from flagstaff.features.contexts.kinds.model import USER, ContextKind, default_kind
from flagstaff.features.projects.model import Project
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.conditions import any_of
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.transaction import Transaction

KINDS = Documents(
    "context_kinds",
    ContextKind,
    lambda kind: {"project_id": kind.project_id, "key": kind.key, "archived": kind.archived},
    keys=("project_id", "key"),
)


def find_stored_kind(tx: Transaction, project: Project, key: str) -> ContextKind | None:
    """What people have said about a kind, or None."""
    return KINDS.find(tx, "project_id = :project AND key = :key", project=project.id, key=key)


def list_kinds(tx: Transaction, project: Project) -> list[ContextKind]:
    """The kinds of a project that people have said something about, and `user`; by key."""
    stored = KINDS.list(tx, "project_id = :project", project=project.id)
    if not any(kind.key == USER for kind in stored):
        stored = [default_kind(project), *stored]
    return sorted(stored, key=lambda kind: kind.key)


def refuse_archived(tx: Transaction, project_id: str, keys: Iterable[str]) -> None:
    """Raise InvalidRequest if one of the kinds, which targeting is about to use, is archived."""
    named = tuple(sorted(keys))
    if not named:
        return
    condition, values = any_of("key", named)
    where = f"project_id = :project AND archived AND {condition} ORDER BY key LIMIT 1"
    row = tx.one(f"SELECT key FROM context_kinds WHERE {where}", **{**values, "project": project_id})
    if row is not None:
        raise InvalidRequest(f"the context kind {row[0][:80]!r} is archived and cannot be used in targeting")


def save_kind(tx: Transaction, before: ContextKind | None, after: ContextKind, entry: Entry) -> None:
    """Store a kind."""
    save_change(tx, entry, [Write(KINDS, before, after)])


def remove_kinds(tx: Transaction, project: Project) -> None:
    """Remove the kinds of a project that is being deleted."""
    tx.run("DELETE FROM context_kinds WHERE project_id = :project", project=project.id)
