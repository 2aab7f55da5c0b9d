"""Context kinds as the REST API shows them."""

from msgspec import UNSET

from flagstaff.features.contexts.kinds.model import ContextKind
from flagstaff.features.contexts.kinds.schemas import ContextKindRep
from flagstaff.features.projects.model import Project
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Link, Links


def kinds_path(project: Project) -> str:
    """Where the kinds of a project are listed."""
    return f"/api/v2/projects/{project.key}/context-kinds"


def kind_links(project: Project, key: str) -> Links:
    """Links to a kind, and to all of them."""
    path = kinds_path(project)
    return {"parent": Link(path), "self": Link(f"{path}/{key}")}


def represent_kind(project: Project, kind: ContextKind, last_seen: Millis | None) -> ContextKindRep:
    """Show a kind, with the time at which a context of it was last evaluated, if one ever was."""
    return ContextKindRep(
        key=kind.key,
        name=kind.name,
        description=kind.description,
        version=kind.version,
        creation_date=kind.creation_date,
        last_modified=kind.last_modified,
        last_seen=UNSET if last_seen is None else last_seen,
        created_from=kind.created_from,
        hide_in_targeting=kind.archived,
        archived=kind.archived,
        links=kind_links(project, kind.key),
    )
