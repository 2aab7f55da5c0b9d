"""Which flags a payload filter takes in by their tags, and when a change of tags changes that."""

from flagstaff.features.flags.model import FlagState
from flagstaff.features.projects.environments.store import ENVIRONMENTS
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.payload_filters.store import find_filter, is_filtered_by
from flagstaff.features.targeting.references import FLAG
from flagstaff.storage.conditions import any_of
from flagstaff.storage.transaction import Transaction


def is_retagged(tx: Transaction, project: Project, before: FlagState | None, after: FlagState) -> bool:
    """Whether other tags may bring a flag into a payload filter, or out of one: then SDKs are told anew."""
    changed = set(before.flag.tags) ^ set(after.flag.tags) if before is not None else set()
    return is_filtered_by(tx, project, changed)


def select_flags(tx: Transaction, environment_id: str, filter_key: str) -> frozenset[str] | None:
    """The keys of the flags that a payload filter names, or takes in by tags; None for an unknown one."""
    environment = ENVIRONMENTS.find(tx, "id = :id", id=environment_id)
    found = find_filter(tx, environment.project_id, filter_key) if environment else None
    if found is None:
        return None
    condition, tags = any_of("tag", found.flag_tags)
    rows = tx.all(
        "SELECT flags.key FROM tags JOIN flags ON flags.id = resource_id "
        f"WHERE {condition} AND tags.kind = :kind AND tags.project_id = :project",
        **tags,
        kind=FLAG,
        project=found.project_id,
    )
    return frozenset(found.flag_keys).union(key for (key,) in rows)
