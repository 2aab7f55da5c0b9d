"""Metrics: which events are measured, and how. Clicks and page views are reported by pages of themselves."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from flagstaff.access.specifiers import Resource
from flagstaff.features.projects.model import Project
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest

Kind = Literal["pageview", "click", "custom"]
Criterion = Literal["HigherThanBaseline", "LowerThanBaseline"]
Aggregation = Literal["average", "sum"]
Analysis = Literal["mean", "percentile"]
MEMBER_OF = {"exact": "url", "canonical": "url", "substring": "substring", "regex": "pattern"}
MOST_URLS = 100
MOST_METRICS = 2_000  # in a project
BETTER: Criterion = "HigherThanBaseline"


class UrlMatcher(Struct, frozen=True, omit_defaults=True):
    """Which pages are meant: by their address, a part of it, or a regular expression of the browser."""

    kind: Literal["exact", "canonical", "substring", "regex"]
    url: str = ""
    substring: str = ""
    pattern: str = ""


class EventDefault(Struct, frozen=True):
    """Whether a unit without events counts, and with what value."""

    disabled: bool = False
    value: float = 0


class Metric(Struct, frozen=True, kw_only=True):
    """A metric; `version_id` names its present form."""

    id: str
    version_id: str
    project_id: str
    key: str
    name: str
    kind: Kind
    description: str = ""
    selector: str = ""
    urls: tuple[UrlMatcher, ...] = ()
    is_active: bool = False
    is_numeric: bool = False
    unit: str = ""
    event_key: str = ""
    success_criteria: Criterion | None = None
    tags: tuple[str, ...] = ()
    randomization_units: tuple[str, ...] = ("user",)
    unit_aggregation_type: Aggregation = "average"
    analysis_type: Analysis = "mean"
    percentile_value: int | None = None
    event_default: EventDefault = EventDefault()
    maintainer_id: str | None = None
    created: Millis
    modified: Millis
    version: int = 1

    def resource(self, project: Project) -> Resource:
        """What policies call it."""
        return metric_resource(project, self.key)

    @property
    def is_goal(self) -> bool:
        """Whether pages watch for it."""
        return self.kind != "custom" and self.is_active


def metric_resource(project: Project, key: str) -> Resource:
    return project.resource.child("metric", key)


def check_metric(metric: Metric) -> Metric:
    """The metric as it is kept; raises InvalidRequest for members that do not go together."""
    if metric.kind == "custom":
        _refuse(metric, "custom", "urls", "selector")
        _demand(metric, "custom", "event_key")
        if metric.is_numeric:
            _demand(metric, "numeric custom", "success_criteria", "unit")
        else:
            _refuse(metric, "conversion", "unit")
    else:
        _refuse(metric, metric.kind, "event_key", "is_numeric", "unit")
        _demand(metric, metric.kind, "urls", *(["selector"] if metric.kind == "click" else []))
        _refuse(metric, metric.kind, *(["selector"] if metric.kind == "pageview" else []))
    if metric.analysis_type == "percentile":
        _demand(metric, "percentile", "percentile_value")
    else:
        _refuse(metric, "mean type", "percentile_value")
    if metric.percentile_value is not None and not 0 < metric.percentile_value < 100:
        raise InvalidRequest("A percentile is from 1 to 99 - at `$.percentileValue`")
    for place, url in enumerate(metric.urls):
        _check_url(url, place)
    if len(metric.urls) > MOST_URLS:
        raise InvalidRequest(f"A metric must not have more than {MOST_URLS} URLs - at `$.urls`")
    return replace(metric, success_criteria=metric.success_criteria or BETTER)


def _check_url(url: UrlMatcher, place: int) -> None:
    """Exactly the member that its kind asks for."""
    wanted = MEMBER_OF[url.kind]
    for name in ("url", "substring", "pattern"):
        if bool(getattr(url, name)) != (name == wanted):
            verb = "needs" if name == wanted else "must not have"
            raise InvalidRequest(
                f"A URL of the kind {url.kind} {verb} {name!r} - at `$.urls[{place}].{name}`"
            )


def _demand(metric: Metric, what: str, *names: str) -> None:
    for name in names:
        if not getattr(metric, name):
            raise InvalidRequest(f"A {what} metric needs {camel(name)!r} - at `$.{camel(name)}`")


def _refuse(metric: Metric, what: str, *names: str) -> None:
    for name in names:
        if getattr(metric, name):
            raise InvalidRequest(f"A {what} metric must not have {camel(name)!r} - at `$.{camel(name)}`")


def camel(name: str) -> str:
    """The name of a member on the wire."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
