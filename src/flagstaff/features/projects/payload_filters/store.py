"""Payload filters in the database; a change of one is a change of what every environment's SDKs see."""

from collections.abc import Collection

from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.payload_filters.model import PayloadFilter
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.transaction import Transaction

FILTERS = Documents(
    "payload_filters",
    PayloadFilter,
    lambda one: {"id": one.id, "project_id": one.project_id, "key": one.key},
)


def list_filters(tx: Transaction, project_id: str) -> list[PayloadFilter]:
    """Every filter of a project, by key."""
    return FILTERS.list(tx, "project_id = :project ORDER BY key", project=project_id)


def find_filter(tx: Transaction, project_id: str, key: str) -> PayloadFilter | None:
    return FILTERS.find(tx, "project_id = :project AND key = :key", project=project_id, key=key)


def get_filter(tx: Transaction, project: Project, key: str) -> PayloadFilter:
    """The filter with that key; raises NotFound."""
    found = find_filter(tx, project.id, key)
    if found is None:
        raise NotFound(f"Unknown payload filter key {key[:100]}")
    return found


def save_filter(
    tx: Transaction,
    project: Project,
    before: PayloadFilter | None,
    after: PayloadFilter | None,
    entry: Entry,
) -> None:
    """Make, change or (`after` None) delete a filter. Its SDKs are told, so each data version goes on."""
    if save_change(tx, entry, [Write(FILTERS, before, after)]) is not None:
        tx.touched.update(environment.id for environment in list_environments(tx, project))


def remove_filters(tx: Transaction, project: Project) -> None:
    """Remove the filters of a project that is being deleted."""
    tx.run("DELETE FROM payload_filters WHERE project_id = :project", project=project.id)


def is_filtered_by(tx: Transaction, project: Project, tags: Collection[str]) -> bool:
    """Whether a filter of the project takes in flags by one of these tags."""
    return bool(tags) and any(not set(one.flag_tags).isdisjoint(tags) for one in list_filters(tx, project.id))
