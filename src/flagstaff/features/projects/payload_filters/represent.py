"""Payload filters from model to wire."""

from collections.abc import Sequence

from flagstaff.features.projects.model import Project
from flagstaff.features.projects.payload_filters.model import PayloadFilter
from flagstaff.features.projects.payload_filters.schemas import PayloadFilterRep, PayloadFiltersRep
from flagstaff.kernel.links import Link


def represent_filter(project: Project, one: PayloadFilter) -> PayloadFilterRep:
    """A payload filter with its links."""
    path = _filters_path(project)
    return PayloadFilterRep(
        key=one.key,
        name=one.name,
        flag_tags=one.flag_tags,
        flag_keys=one.flag_keys,
        version=one.version,
        links={"self": Link(f"{path}/{one.key}"), "parent": Link(path)},
    )


def represent_filters(project: Project, every: Sequence[PayloadFilter]) -> PayloadFiltersRep:
    """All of a project's."""
    return PayloadFiltersRep(
        items=[represent_filter(project, one) for one in every],
        total_count=len(every),
        links={"self": Link(_filters_path(project))},
    )


def _filters_path(project: Project) -> str:
    return f"/api/v2/flagstaff/projects/{project.key}/payload-filters"
