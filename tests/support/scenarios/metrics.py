"""Metrics."""

from typing import Any

from launch_darkly_python_sdk import LaunchDarkly

from tests.support.scenarios.registry import covers


@covers(
    "metrics.create_new_metric",
    "metrics.list_for_project",
    "metrics.get_single_metric",
    "metrics.update_by_json_patch",
    "metrics.delete_by_project_and_metric_key",
)
def metrics_are_made_renamed_and_deleted(client: LaunchDarkly, key: str) -> None:
    metrics = client.metrics
    urls: list[Any] = [{"kind": "substring", "substring": "/cart"}]
    made = metrics.create_new_metric(
        project_key="default", key=key, kind="pageview", urls=urls, is_active=True
    )
    assert made.urls == urls
    assert key in {metric.key for metric in metrics.list_for_project(project_key="default").items}
    patch: list[Any] = [{"op": "replace", "path": "/name", "value": "Carts"}]
    changed = metrics.update_by_json_patch(project_key="default", metric_key=key, patch=patch)
    assert changed.name == "Carts"
    assert metrics.get_single_metric(project_key="default", metric_key=key).kind == "pageview"
    metrics.delete_by_project_and_metric_key(project_key="default", metric_key=key)
