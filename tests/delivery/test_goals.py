"""What pages are told to watch for, from metrics."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.server import TestServer, make_template

MANY = "/api/v2/metrics/default"
CART = [{"kind": "exact", "url": "https://shop.test/cart"}]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("installation") / "flagstaff.db")


@pytest.fixture
def server(installation: Path, tmp_path: Path) -> Iterator[TestServer]:
    running = TestServer(installation, tmp_path).start()
    yield running
    running.stop()


def goals(server: TestServer, environment: str = "test") -> Any:
    found = server.get(f"/api/v2/projects/default/environments/{environment}").json
    answer = server.get(f"/sdk/goals/{found['_id']}", headers={"Origin": "https://shop.test"})
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "https://shop.test"
    return answer.json


def test_active_metrics_of_pages_are_told_in_every_environment_of_their_project(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "web", "name": "Web"})
    assert goals(server) == []
    for project in ("default", "web"):
        body = {"key": f"{project}-cart", "kind": "pageview", "urls": CART, "isActive": True}
        assert server.post(f"/api/v2/metrics/{project}", body).status == 201

    expected = [{"key": "default-cart", "kind": "pageview", "urls": CART}]
    assert goals(server) == goals(server, "production") == expected


def test_every_change_is_told_at_once(server: TestServer) -> None:
    server.post(MANY, {"key": "cart", "kind": "click", "selector": "#buy", "urls": CART, "isActive": True})
    assert [goal["selector"] for goal in goals(server)] == ["#buy"]

    server.patch(f"{MANY}/cart", [{"op": "replace", "path": "/selector", "value": ".buy"}])
    assert [goal["selector"] for goal in goals(server)] == [".buy"]
    server.patch(f"{MANY}/cart", [{"op": "replace", "path": "/isActive", "value": False}])
    assert goals(server) == []


def test_a_change_through_another_process_is_told_too(server: TestServer) -> None:
    assert goals(server) == []
    delivery = server.wired.delivery
    known = dict(delivery.goals._known)
    assert known

    async def hear() -> None:
        delivery.catch_up_with({}, ["metric"])

    server.run(hear())
    assert delivery.goals._known == {}


def test_an_unknown_client_side_id_is_not_found(server: TestServer) -> None:
    assert server.get(f"/sdk/goals/{'0' * 24}").status == 404
