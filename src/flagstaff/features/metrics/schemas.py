"""Metrics on the wire: what a caller sends and gets."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.checks import Checked
from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.features.metrics.model import Aggregation, Analysis, Criterion, EventDefault, Kind, UrlMatcher
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Link, Links

Text = Annotated[str, Meta(max_length=2_048)]


class MetricBody(Struct, frozen=True, rename="camel", kw_only=True):
    """What can be said of a new metric, and changed of one."""

    name: Text = ""
    description: Text = ""
    selector: Text = ""
    urls: tuple[UrlMatcher, ...] = ()
    is_active: bool = False
    is_numeric: bool = False
    unit: Text = ""
    event_key: Text = ""
    success_criteria: Criterion | None = None
    tags: tuple[str, ...] = ()
    randomization_units: tuple[str, ...] = ()
    unit_aggregation_type: Aggregation = "average"
    analysis_type: Analysis = "mean"
    percentile_value: int | None = None
    event_default: EventDefault = EventDefault()


class MetricFields(MetricBody, frozen=True, kw_only=True):
    """The members of a metric that a patch may change."""

    maintainer_id: str = ""


class MetricPost(MetricBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new metric. Its name is its key unless there is one."""

    key: str
    kind: Kind


class MetricQuery(Struct, frozen=True, rename="camel"):
    """What to show beside the metric, and which version of it."""

    expand: Annotated[
        str,
        Meta(description="Any of `experiments`, `experimentCount`, `metricGroups`, `metricGroupCount`."),
    ] = ""
    version_id: Annotated[str, Meta(description="The version, of which only the current one is kept.")] = ""


class MetricsQuery(Struct, frozen=True):
    """What to show beside each metric."""

    expand: Annotated[str, Meta(description="Any of `experimentCount`, `metricGroupCount`.")] = ""


class ModificationRep(Struct, frozen=True):
    """When it was changed last."""

    date: str


class MetricListingRep(Checked, frozen=True, rename="camel", kw_only=True):
    """A metric in a list. Nothing uses metrics yet, so the counts are 0."""

    id: str = field(name="_id")
    version_id: str = field(name="_versionId")
    key: str
    name: str
    kind: Kind
    links: Links = field(name="_links")
    site: Link = field(name="_site")
    attached_flag_count: int = field(default=0, name="_attachedFlagCount")
    tags: tuple[str, ...]
    creation_date: Millis = field(name="_creationDate")
    last_modified: ModificationRep
    maintainer_id: str | UnsetType = UNSET
    maintainer: MemberSummaryRep | UnsetType = field(default=UNSET, name="_maintainer")
    description: str | UnsetType = UNSET
    is_numeric: bool
    success_criteria: Criterion | UnsetType = UNSET
    unit: str | UnsetType = UNSET
    event_key: str | UnsetType = UNSET
    randomization_units: tuple[str, ...]
    unit_aggregation_type: Aggregation
    analysis_type: Analysis
    percentile_value: int | UnsetType = UNSET
    event_default: EventDefault
    experiment_count: int | UnsetType = UNSET
    metric_group_count: int | UnsetType = UNSET


class DependentExperimentRep(Struct, frozen=True, rename="camel", kw_only=True):
    """An experiment that uses a metric."""

    links: Links = field(name="_links")
    key: str
    name: str
    environment_id: str
    environment_key: str
    creation_date: Millis
    archived_date: Millis | UnsetType = UNSET


class DependentMetricGroupRep(Struct, frozen=True, kw_only=True):
    """A group that a metric stands in."""

    links: Links = field(name="_links")
    key: str
    name: str
    kind: str


class MetricRep(MetricListingRep, frozen=True, kw_only=True):
    """A metric. Nothing uses metrics yet, so what is expanded is empty."""

    version: int = field(name="_version")
    is_active: bool
    selector: str | UnsetType = UNSET
    urls: tuple[UrlMatcher, ...] | UnsetType = UNSET
    experiments: tuple[DependentExperimentRep, ...] | UnsetType = UNSET
    metric_groups: tuple[DependentMetricGroupRep, ...] | UnsetType = UNSET


class MetricsRep(Struct, frozen=True, kw_only=True):
    """Every metric of a project, oldest first."""

    items: list[MetricListingRep]
    links: Links = field(name="_links")
