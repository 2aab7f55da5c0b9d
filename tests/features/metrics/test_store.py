"""Metrics and the projects that they belong to."""

from flagstaff.features.metrics.store import list_metrics_of
from tests.support.server import TestServer

MANY = "/api/v2/metrics/{}"
CUSTOM = {"key": "bought", "kind": "custom", "eventKey": "bought"}


def test_metrics_go_with_their_project(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "web", "name": "Web"})
    for project in ("default", "web"):
        assert server.post(MANY.format(project), CUSTOM).status == 201

    assert server.delete("/api/v2/projects/web").status == 204

    assert server.count("metrics") == 1


def test_those_of_an_environment_are_those_of_its_project(server: TestServer) -> None:
    server.post(MANY.format("default"), CUSTOM)
    environment_id = server.get("/api/v2/projects/default/environments/test").json["_id"]

    assert [metric.key for metric in server.read(lambda tx: list_metrics_of(tx, environment_id))] == [
        "bought"
    ]
    assert server.read(lambda tx: list_metrics_of(tx, "0" * 24)) == []
