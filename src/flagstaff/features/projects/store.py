"""Projects in the database, and what others do when one is deleted."""

from collections.abc import Callable, Sequence

from flagstaff.features.projects.model import Project
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.tags import forget_project_tags, index_tags
from flagstaff.storage.transaction import Transaction

PROJECTS = Documents(
    "projects",
    Project,
    lambda project: {
        "id": project.id,
        "key": project.key,
        "name": project.name,
        "created": project.created,
    },
    remembered=256,
)

# Filled by hooks.py: what lies inside a project is removed with it, in the same transaction.
on_project_deleted: list[Callable[[Transaction, Project], None]] = []


def get_project(tx: Transaction, key: str) -> Project:
    """The project with that key; raises NotFound."""
    project = PROJECTS.find(tx, "key = :key", key=key)
    if project is None:
        raise unknown_project(key)
    return project


def unknown_project(key: str) -> NotFound:
    """The one answer for a project that does not exist and for one that the caller may not see."""
    return NotFound(f"Unknown project key {key[:100]}")


def list_projects(tx: Transaction) -> list[Project]:
    """Every project, oldest first; an account has few."""
    return PROJECTS.list(tx, "true ORDER BY created, key")


def save_project(tx: Transaction, before: Project | None, after: Project, entry: Entry) -> None:
    """Create or change a project; raises Conflict when another one has its key."""
    taken = PROJECTS.find(tx, "key = :key AND id <> :id", key=after.key, id=after.id)
    if taken is not None:
        raise Conflict(f"A project with the key {after.key} already exists")
    save_change(tx, entry, [Write(PROJECTS, before, after)])
    index_tags(tx, "project", after.id, after.id, after.tags)


def create_project(tx: Transaction, project: Project, actor: Actor) -> None:
    """Store a new project, as yet without environments; raises Conflict."""
    entry = describe_entry(project, "created the project", ("createProject",), actor)
    save_project(tx, None, project, entry)


def delete_project(tx: Transaction, project: Project, actor: Actor) -> None:
    """Delete a project with everything in it; raises Conflict for the account's last one."""
    if len(list_projects(tx)) == 1:
        raise Conflict("The last project of an account cannot be deleted")
    for remove in on_project_deleted:
        remove(tx, project)
    forget_project_tags(tx, project.id)
    entry = describe_entry(project, "deleted the project", ("deleteProject",), actor)
    save_change(tx, entry, [Write(PROJECTS, project, None)])


def describe_entry(project: Project, verb: str, actions: Sequence[str], actor: Actor) -> Entry:
    """What the audit log says of something that is done to a project."""
    return Entry(
        kind="project",
        name=project.name,
        title_verb=verb,
        description="",
        accesses=tuple((action, project.resource.text) for action in actions),
        actor=actor,
    )
