"""The index of tags: which resource carries which, kept in the transaction that changes the resource."""

from collections.abc import Sequence

from flagstaff.storage.transaction import Transaction


def index_tags(tx: Transaction, kind: str, resource_id: str, project_id: str, tags: Sequence[str]) -> None:
    """Make `tags` the tags of a resource; `kind` is one of project, environment, flag, segment."""
    tx.run("DELETE FROM tags WHERE resource_id = :id", id=resource_id)
    tx.run_many(
        "INSERT INTO tags (tag, kind, resource_id, project_id) VALUES (:tag, :kind, :id, :project_id)",
        [{"tag": tag, "kind": kind, "id": resource_id, "project_id": project_id} for tag in tags],
    )


def forget_project_tags(tx: Transaction, project_id: str) -> None:
    """Drop every tag inside a deleted project."""
    tx.run("DELETE FROM tags WHERE project_id = :project_id", project_id=project_id)
