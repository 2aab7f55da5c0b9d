"""The tags of every resource, read from their index."""

from flagstaff.storage.transaction import Transaction


def list_tags(tx: Transaction, kind: str, prefix: str, *, archived: bool) -> list[tuple[str, str]]:
    """Every tag with the id of each project that it occurs in; an empty `kind` is all kinds."""
    return [
        (tag, project_id)
        for tag, project_id in tx.all(
            "SELECT DISTINCT tags.tag, tags.project_id FROM tags "
            "LEFT JOIN flags ON tags.kind = 'flag' AND flags.id = tags.resource_id "
            "WHERE (:kind = '' OR tags.kind = :kind) AND substr(tags.tag, 1, length(:prefix)) = :prefix "
            "AND (:archived = 1 OR flags.id IS NULL OR flags.archived = 0)",
            kind=kind,
            prefix=prefix,
            archived=int(archived),
        )
    ]
