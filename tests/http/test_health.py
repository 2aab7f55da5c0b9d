"""Health and metrics."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.client import NOBODY
from tests.support.server import TestServer

TOKEN = "the-token-of-the-metrics"
ELSEWHERE = "192.0.2.7"


@pytest.fixture
def server(template: Path, tmp_path: Path) -> Iterator[TestServer]:
    running = TestServer(template, tmp_path, FLAGSTAFF_METRICS_TOKEN=TOKEN).start()
    yield running
    running.stop()


@pytest.mark.parametrize(("path", "status"), [("/healthz", "alive"), ("/readyz", "ready")])
def test_health_is_told_to_anybody(server: TestServer, path: str, status: str) -> None:
    answer = server.get(path, as_=NOBODY, address=ELSEWHERE)

    assert (answer.status, answer.json) == (200, {"status": status})


@pytest.mark.parametrize(
    ("address", "token", "status"),
    [
        ("127.0.0.1", NOBODY, 200),
        ("::1", NOBODY, 200),
        (ELSEWHERE, TOKEN, 200),
        (ELSEWHERE, f"Bearer {TOKEN}", 200),
        (ELSEWHERE, NOBODY, 403),
        (ELSEWHERE, f"{TOKEN}x", 403),
        (ELSEWHERE, "ü", 403),
        ("unix", NOBODY, 403),
    ],
)
def test_metrics_are_for_loopback_callers_and_for_those_with_the_token(
    server: TestServer, address: str, token: str, status: int
) -> None:
    answer = server.get("/metrics", as_=token, address=address)

    assert answer.status == status
    assert (b"# HELP" in answer.body) == (status == 200)


def test_without_a_token_nobody_elsewhere_sees_metrics(template: Path, tmp_path: Path) -> None:
    server = TestServer(template, tmp_path).start()

    assert server.get("/metrics", as_=NOBODY, address=ELSEWHERE).status == 403
    server.stop()


def test_a_server_that_is_shutting_down_is_not_ready(server: TestServer) -> None:
    server.run(server.database.stop())

    answer = server.get("/readyz", as_=NOBODY)

    assert (answer.status, answer.code) == (503, "service_unavailable")
    assert server.get("/healthz", as_=NOBODY).status == 200
