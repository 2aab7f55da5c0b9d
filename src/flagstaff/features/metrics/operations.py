"""Metrics over REST: the handlers, then one row per operation."""

from typing import Any

import msgspec

from flagstaff.features.accounts.store import find_member, find_summary
from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.metrics import store
from flagstaff.features.metrics.model import MOST_METRICS, Metric, check_metric, metric_resource
from flagstaff.features.metrics.represent import metrics_path, represent_listed, represent_metric
from flagstaff.features.metrics.schemas import (
    MetricBody,
    MetricFields,
    MetricPost,
    MetricQuery,
    MetricRep,
    MetricsQuery,
    MetricsRep,
)
from flagstaff.features.projects.scope import project_of
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.descriptions import TAGS, Wording, describe_change
from flagstaff.kernel.errors import Conflict, InvalidRequest, NotFound
from flagstaff.kernel.ids import check_key, check_name, check_tags
from flagstaff.kernel.links import Link
from flagstaff.kernel.markdown import quote
from flagstaff.kernel.patches import PatchFormat
from flagstaff.storage.audit import Entry

MANY = "/api/v2/metrics/{projectKey}"
ONE = MANY + "/{metricKey}"
ACTIONS = {
    "name": "updateName",
    "description": "updateDescription",
    "selector": "updateSelector",
    "urls": "updateUrls",
    "isActive": "updateOn",
    "isNumeric": "updateNumeric",
    "unit": "updateNumericUnit",
    "eventKey": "updateEventKey",
    "successCriteria": "updateNumericSuccess",
    "tags": "updateTags",
    "randomizationUnits": "updateRandomizationUnits",
    "unitAggregationType": "updateUnitAggregationType",
    "analysisType": "updateUnitAggregationType",
    "percentileValue": "updateUnitAggregationType",
    "eventDefault": "updateEventDefault",
    "maintainerId": "updateMaintainer",
}

WORDING = Wording(
    texts={
        "name": "name",
        "description": "description",
        "selector": "selector",
        "unit": "unit",
        "event_key": "event key",
        "success_criteria": "success criterion",
        "unit_aggregation_type": "aggregation",
        "analysis_type": "analysis",
        "percentile_value": "percentile",
        "event_default.value": "value of units without events",
    },
    switches={
        "is_active": ("Turned on", "Turned off"),
        "is_numeric": ("Made it numeric", "Made it a conversion"),
        "event_default.disabled": ("Left out units without events", "Counted units without events"),
    },
    lists=TAGS | {"randomization_units": ("the randomization unit", quote)},
    unshown={"urls": "URLs", "maintainer_id": "maintainer"},
)


def get_metrics(call: Call) -> MetricsRep:
    """List the metrics of a project, oldest first."""
    project = project_of(call)
    every = store.list_metrics(call.tx, project.id)
    seen = call.list_seen(every, lambda metric: call.sees(metric.resource(project)))
    items = [
        call.with_access(
            represent_listed(project, metric, find_summary(call.tx, metric.maintainer_id), _expand(call)),
            metric.resource(project),
        )
        for metric in seen
    ]
    return MetricsRep(items=items, links={"self": Link(metrics_path(project))})


def get_metric(call: Call) -> Metric:
    """Show one metric."""
    metric = _metric_of(call)
    if call.query.version_id not in {"", metric.version_id}:
        raise NotFound(f"The metric has no version {call.query.version_id[:100]!r} any more")
    return metric


def post_metric(call: Call) -> Metric:
    """Make a metric. Pages report clicks and views that an active one asks for, by themselves."""
    project, body = project_of(call), call.body
    call.require("createMetric", metric_resource(project, check_key(body.key, "metric")))
    if store.find_metric(call.tx, project, body.key) is not None:
        raise Conflict(f"A metric with the key {body.key} already exists")
    if len(store.list_metrics(call.tx, project.id)) >= MOST_METRICS:
        raise InvalidRequest(f"A project must not have more than {MOST_METRICS:,} metrics")
    blank = Metric(
        id=call.tx.ids.object_id(),
        version_id="",
        project_id=project.id,
        key=body.key,
        name=body.key,
        kind=body.kind,
        maintainer_id=call.actor.member_id,
        created=call.tx.now,
        modified=call.tx.now,
    )
    metric = _filled(call, blank, body)
    store.save_metric(call.tx, None, metric, _describe(call, metric, "created", "createMetric"))
    return metric


def patch_metric(call: Call) -> Metric:
    """Change a metric with a JSON patch. Its key and its kind stay."""
    before, project = _metric_of(call), project_of(call)
    shown = represent(call, before)
    edited = edit_fields(shown, call.body, MetricFields)
    changed = changed_fields(shown, edited)
    actions = sorted({ACTIONS[name] for name in changed})
    for action in actions:
        call.require(action, before.resource(project))
    if not changed:
        return before
    after = _filled(call, _maintained(call, before, edited.maintainer_id), edited)
    said = describe_change(before, after, WORDING)
    store.save_metric(call.tx, before, after, _describe(call, after, "updated", *actions, said=said))
    return after


def delete_metric(call: Call) -> None:
    """Delete a metric."""
    metric = _metric_of(call)
    call.require("deleteMetric", metric.resource(project_of(call)))
    store.save_metric(call.tx, metric, None, _describe(call, metric, "deleted", "deleteMetric"))


def represent(call: Call, metric: Metric) -> MetricRep:
    """The one form of a metric; with what the query asks for beside it."""
    maintainer = find_summary(call.tx, metric.maintainer_id)
    project = project_of(call)
    shown = represent_metric(project, metric, maintainer, _expand(call))
    return call.with_access(shown, metric.resource(project))


def _expand(call: Call) -> list[str]:
    return [word.strip() for word in getattr(call.query, "expand", "").split(",")]


def _metric_of(call: Call) -> Metric:
    project = project_of(call)
    metric = store.get_metric(call.tx, project, call.path["metricKey"])
    if not call.sees(metric.resource(project)):
        raise NotFound(f"Unknown metric key {metric.key[:100]}")
    return metric


def _filled(call: Call, metric: Metric, body: MetricBody) -> Metric:
    """The metric with what the body says; raises InvalidRequest."""
    units = {check_context_kind(unit) for unit in body.randomization_units} or {"user"}
    given = {name: getattr(body, name) for name in MetricBody.__struct_fields__}
    given |= {
        "name": check_name(body.name or metric.name, "metric"),
        "tags": check_tags(body.tags),
        "randomization_units": tuple(sorted(units)),
    }
    changed = msgspec.structs.replace(metric, **given, modified=call.tx.now, version_id=call.tx.ids.uuid())
    return check_metric(changed)


def _maintained(call: Call, metric: Metric, member_id: str) -> Metric:
    """The metric in the hands of a member; raises InvalidRequest for an unknown one."""
    if member_id and member_id != metric.maintainer_id and find_member(call.tx, member_id) is None:
        raise InvalidRequest(f"Unknown member {member_id[:100]!r} - at `$.maintainerId`")
    return msgspec.structs.replace(metric, maintainer_id=member_id or None, version=metric.version + 1)


def _describe(call: Call, metric: Metric, verb: str, *actions: str, said: str = "") -> Entry:
    resource = metric.resource(project_of(call))
    verb = f"{verb} the metric"
    return call.describe(store.TOPIC, metric.name, verb, resource, *actions, description=said)


GROUP = "metrics"
SHOWN: Any = {"represent": represent, "answer": MetricRep}
OPERATIONS = (
    Operation(get_metrics, "GET", MANY, (GROUP, "list_for_project"), query=MetricsQuery, answer=MetricsRep),
    Operation(
        post_metric,
        "POST",
        MANY,
        (GROUP, "create_new_metric"),
        "createMetric",
        body=MetricPost,
        status=201,
        **SHOWN,
    ),
    Operation(get_metric, "GET", ONE, (GROUP, "get_single_metric"), query=MetricQuery, **SHOWN),
    Operation(
        patch_metric,
        "PATCH",
        ONE,
        (GROUP, "update_by_json_patch"),
        BY_CHANGE,
        patch=frozenset({PatchFormat.JSON}),
        **SHOWN,
    ),
    Operation(
        delete_metric,
        "DELETE",
        ONE,
        (GROUP, "delete_by_project_and_metric_key"),
        "deleteMetric",
        status=204,
    ),
)
