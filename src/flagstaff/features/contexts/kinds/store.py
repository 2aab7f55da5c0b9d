"""Context kinds in the database: one row for each that somebody has said something about."""

from collections.abc import Iterable

from flagstaff.features.contexts.kinds.model import USER, ContextKind, default_kind, seen_kind
from flagstaff.features.projects.model import Project
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.conditions import any_of
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.transaction import Transaction

KINDS = Documents(
    "context_kinds",
    ContextKind,
    lambda kind: {
        "id": kind.id,
        "project_id": kind.project_id,
        "key": kind.key,
        "archived": kind.archived,
    },
)


def find_stored_kind(tx: Transaction, project: Project, key: str) -> ContextKind | None:
    """What people have said about a kind, or None."""
    return KINDS.find(tx, "project_id = :project AND key = :key", project=project.id, key=key)


def list_kinds(tx: Transaction, project: Project) -> list[tuple[ContextKind, Millis | None]]:
    """The kinds that people have said something about, `user`, and those that SDKs have sent; by key.

    Each comes with the time at which a context of it was last evaluated, if one ever was.
    """
    stored = {kind.key: kind for kind in KINDS.list(tx, "project_id = :project", project=project.id)}
    seen = list_seen(tx, project)
    sent = {key: seen_kind(project, key, first) for key, (first, _) in seen.items()}
    kinds = {**sent, USER: default_kind(project), **stored}
    return [(kinds[key], seen[key][1] if key in seen else None) for key in sorted(kinds)]


def list_seen(tx: Transaction, project: Project) -> dict[str, tuple[Millis, Millis]]:
    """When each kind that SDKs have sent was first and last seen, in any environment."""
    environments = tx.all("SELECT id FROM environments WHERE project_id = :project", project=project.id)
    condition, values = any_of("environment_id", tuple(row[0] for row in environments))
    rows = tx.events.all(
        f"SELECT kind, min(first_seen), max(last_seen) FROM context_kinds WHERE {condition} GROUP BY kind",
        **values,
    )
    return {kind: (first, last) for kind, first, last in rows}


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
