"""Metrics from model to wire, and as pages are told of them."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import UNSET, Struct

from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.features.metrics.model import Metric, UrlMatcher
from flagstaff.features.metrics.schemas import MetricListingRep, MetricRep, ModificationRep
from flagstaff.features.projects.model import Project
from flagstaff.kernel.clock import show_moment
from flagstaff.kernel.links import Link, site


class Goal(Struct, frozen=True, omit_defaults=True):
    """What a page watches for; it reports an event of the kind under the key."""

    key: str
    kind: str
    urls: tuple[UrlMatcher, ...]
    selector: str = ""


def represent_metric(
    project: Project, metric: Metric, maintainer: MemberSummaryRep | None, expand: Collection[str] = ()
) -> MetricRep:
    """A metric with its links, and what is asked for beside it."""
    return MetricRep(
        **_members(project, metric, maintainer, expand),
        version=metric.version,
        is_active=metric.is_active,
        selector=metric.selector or UNSET,
        urls=metric.urls or UNSET,
        experiments=() if "experiments" in expand else UNSET,
        metric_groups=() if "metricGroups" in expand else UNSET,
    )


def represent_listed(
    project: Project, metric: Metric, maintainer: MemberSummaryRep | None, expand: Collection[str] = ()
) -> MetricListingRep:
    """The same in a list."""
    return MetricListingRep(**_members(project, metric, maintainer, expand))


def _members(
    project: Project, metric: Metric, maintainer: MemberSummaryRep | None, expand: Collection[str]
) -> dict[str, Any]:
    path = metrics_path(project)
    same = (
        *("id", "version_id", "key", "name", "kind", "tags", "is_numeric", "event_default"),
        *("randomization_units", "unit_aggregation_type", "analysis_type"),
    )
    unless_empty = (
        "description",
        "success_criteria",
        "unit",
        "event_key",
        "maintainer_id",
        "percentile_value",
    )
    return {
        **{name: getattr(metric, name) for name in same},
        **{name: getattr(metric, name) or UNSET for name in unless_empty},
        "links": {"parent": Link(path), "self": Link(f"{path}/{metric.key}")},
        "site": site(project.key, "metrics", metric.key),
        "creation_date": metric.created,
        "last_modified": ModificationRep(show_moment(metric.modified)),
        "maintainer": maintainer or UNSET,
        "experiment_count": 0 if "experimentCount" in expand else UNSET,
        "metric_group_count": 0 if "metricGroupCount" in expand else UNSET,
    }


def represent_goals(metrics: Sequence[Metric]) -> list[Goal]:
    """What the pages of a project watch for."""
    return [
        Goal(metric.key, metric.kind, metric.urls, metric.selector) for metric in metrics if metric.is_goal
    ]


def metrics_path(project: Project) -> str:
    """Where the metrics of a project are listed."""
    return f"/api/v2/metrics/{project.key}"
