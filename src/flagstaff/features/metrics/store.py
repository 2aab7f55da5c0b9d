"""Metrics in the database."""

from flagstaff.features.metrics.model import Metric
from flagstaff.features.projects.environments.store import ENVIRONMENTS
from flagstaff.features.projects.model import Project
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.transaction import Transaction

TOPIC = "metric"
METRICS = Documents(
    "metrics",
    Metric,
    lambda metric: {"id": metric.id, "project_id": metric.project_id, "key": metric.key},
)


def list_metrics(tx: Transaction, project_id: str) -> list[Metric]:
    """Every metric of a project, oldest first."""
    found = METRICS.list(tx, "project_id = :project", project=project_id)
    return sorted(found, key=lambda metric: (metric.created, metric.id))


def find_metric(tx: Transaction, project: Project, key: str) -> Metric | None:
    return METRICS.find(tx, "project_id = :project AND key = :key", project=project.id, key=key)


def get_metric(tx: Transaction, project: Project, key: str) -> Metric:
    """The metric with that key; raises NotFound."""
    metric = find_metric(tx, project, key)
    if metric is None:
        raise NotFound(f"Unknown metric key {key[:100]}")
    return metric


def save_metric(tx: Transaction, before: Metric | None, after: Metric | None, entry: Entry) -> None:
    """Make, change or (`after` None) delete a metric."""
    save_change(tx, entry, [Write(METRICS, before, after)])


def remove_metrics(tx: Transaction, project: Project) -> None:
    """Remove the metrics of a project that is being deleted."""
    tx.run("DELETE FROM metrics WHERE project_id = :project", project=project.id)


def list_metrics_of(tx: Transaction, environment_id: str) -> list[Metric]:
    """Every metric that events of an environment may be measured by."""
    environment = ENVIRONMENTS.find(tx, "id = :id", id=environment_id)
    return [] if environment is None else list_metrics(tx, environment.project_id)
