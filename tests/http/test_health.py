"""Alive, ready, metrics."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flagstaff.storage import audit
from tests.support.server import TestServer

TOKEN = "a long token of the monitoring system"
ELSEWHERE = "203.0.113.9"


@pytest.fixture
def watched(template: Path, tmp_path: Path) -> Iterator[TestServer]:
    folder = tmp_path / "watched"
    folder.mkdir()
    running = TestServer(template, folder, FLAGSTAFF_METRICS_TOKEN=TOKEN).start()
    yield running
    running.stop()


def test_a_running_server_is_alive_and_ready_for_anybody(server: TestServer) -> None:
    alive = server.get("/healthz", as_="", address=ELSEWHERE)
    ready = server.get("/readyz", as_="", address=ELSEWHERE)

    assert (alive.status, alive.json) == (200, {"status": "alive"})
    assert (ready.status, ready.json) == (200, {"status": "ready"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_load_balancer_may_ask_with_head(server: TestServer, path: str) -> None:
    answer = server.request("HEAD", path, as_="")

    assert (answer.status, answer.body) == (200, b"")


def test_without_its_database_a_server_is_alive_but_not_ready(server: TestServer) -> None:
    server.run(server.database.stop())

    assert server.get("/healthz", as_="").status == 200
    answer = server.get("/readyz", as_="")
    assert (answer.status, answer.code) == (503, "service_unavailable")
    assert answer.headers["retry-after"] == "1"


def test_before_the_first_start_is_over_a_server_is_not_ready(server: TestServer) -> None:
    server.write(lambda tx: tx.run("DELETE FROM accounts"))

    assert server.get("/readyz", as_="").status == 503


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_metrics_are_for_callers_on_this_machine(server: TestServer, address: str) -> None:
    answer = server.get("/metrics", as_="", address=address)

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert b"\nflagstaff_streams_open 0.0\n" in answer.body
    assert b"\nprocess_resident_memory_bytes " in answer.body


@pytest.mark.parametrize(
    "how",
    [
        {"address": ELSEWHERE},
        {"address": "unix"},
        {"headers": {"X-Forwarded-For": ELSEWHERE}},
        {"headers": {"Forwarded": f"for={ELSEWHERE}"}},
    ],
)
def test_others_get_metrics_with_their_token_only(
    server: TestServer, watched: TestServer, how: dict[str, object]
) -> None:
    assert server.get("/metrics", as_="", **how).status == 403
    assert watched.get("/metrics", as_="", **how).status == 403
    assert watched.get("/metrics", as_=f"{TOKEN}x", **how).status == 403
    assert watched.get("/metrics", as_="ü", **how).status == 403
    assert watched.get("/metrics", as_=TOKEN, **how).status == 200
    assert watched.get("/metrics", as_=f"Bearer {TOKEN}", **how).status == 200


def test_metrics_show_how_far_the_audit_log_goes(server: TestServer) -> None:
    def shown() -> tuple[str, int]:
        lines = dict(line.rsplit(" ", 1) for line in server.get("/metrics").body.decode().splitlines())
        (head,) = [name for name in lines if name.startswith("flagstaff_audit_head_info")]
        return head.partition('head="')[2].removesuffix('"}'), int(float(lines["flagstaff_audit_entries"]))

    before = shown()
    assert before == (server.read(audit.head).hex(), server.count("audit_log"))

    server.post("/api/v2/projects", {"key": "web", "name": "Web"})

    assert shown() == (server.read(audit.head).hex(), before[1] + 3)
