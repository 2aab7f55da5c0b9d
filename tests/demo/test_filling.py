"""The demo's shop, as the first start makes it and the API shows it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flagstaff.app import system_clock
from flagstaff.config import load_config
from flagstaff.serving import prepare
from flagstaff.storage import audit
from tests.support.client import OWNER
from tests.support.server import SECRET_KEY, TestServer


def start(folder: Path, *, demo: bool) -> None:
    """What a start does before it serves."""
    settings = {
        "FLAGSTAFF_DATABASE_URL": f"sqlite:///{folder / 'flagstaff.db'}",
        "FLAGSTAFF_SECRET_KEY": SECRET_KEY,
        "FLAGSTAFF_ADMIN_TOKEN": OWNER,
        "FLAGSTAFF_ROLES": "worker",
    }
    prepare(load_config(settings), demo=demo).database.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shop(folder: Path) -> Iterator[TestServer]:
    start(folder, demo=True)
    running = TestServer(folder, folder).start()  # which finds a database there and takes it as it is
    running.clock.now = system_clock()
    yield running
    running.stop()


def keys(server: TestServer, path: str, **query: Any) -> list[str]:
    return [item["key"] for item in server.get(f"/api/v2/{path}", query={"limit": 50, **query}).json["items"]]


def test_there_are_flags_of_every_kind_and_one_is_archived(shop: TestServer) -> None:
    flags = shop.get("/api/v2/flags/default", query={"limit": 50, "summary": "0"}).json["items"]
    values = {type(flag["variations"][0]["value"]) for flag in flags}

    assert len(flags) == 12
    assert values == {bool, str, int, dict}
    assert {flag["_maintainer"]["firstName"] for flag in flags} == {"Nora", "Tomas", "Mei"}
    assert keys(shop, "flags/default", filter="state:archived") == ["autumn-banner"]


def test_one_flag_is_on_and_gives_everybody_false(shop: TestServer) -> None:
    flag = shop.get("/api/v2/flags/default/pause-orders", query={"env": "production"}).json
    targeting = flag["environments"]["production"]

    assert (targeting["on"], targeting["rules"], targeting["fallthrough"]) == (True, [], {"variation": 1})
    assert flag["variations"][1]["value"] is False


def test_there_is_more_than_flags(shop: TestServer) -> None:
    members = shop.get("/api/v2/members").json["items"]
    (webhook,) = shop.get("/api/v2/webhooks").json["items"]

    assert keys(shop, "projects") == ["default", "warehouse"]
    assert keys(shop, "flags/warehouse") == ["pick-by-light"]
    assert set(keys(shop, "segments/default/production")) == {"staff", "early-readers", "nordic-customers"}
    assert sum(not member["_pendingInvite"] for member in members) == 4
    assert set(keys(shop, "teams")) == {"checkout", "support"}
    assert keys(shop, "roles") == ["release-captain"]
    assert webhook["on"] is False


def test_what_was_served_and_to_whom_is_known(shop: TestServer) -> None:
    path = "/api/v2/usage/evaluations/default/production/checkout-layout"
    usage = shop.get(path, version="beta").json
    contexts = shop.post(
        "/api/v2/projects/default/environments/production/contexts/search", {"limit": 50}
    ).json

    assert len(usage["metadata"]) == 3
    assert len({point["time"] for point in usage["series"]}) > 5
    assert {item["context"]["kind"] for item in contexts["items"]} == {"user", "organization", "device"}


def test_the_history_has_authors_comments_and_a_chain_that_holds(shop: TestServer) -> None:
    entries = shop.get("/api/v2/auditlog", query={"limit": 20}).json["items"]

    assert {entry["member"]["firstName"] for entry in entries if "member" in entry} >= {
        "Nora",
        "Tomas",
        "Mei",
    }
    assert "The paper has arrived" in {entry.get("comment") for entry in entries}
    assert [entry["date"] for entry in entries] == sorted((entry["date"] for entry in entries), reverse=True)
    assert shop.read(audit.verify) is None


def test_an_installation_that_exists_is_left_alone(tmp_path: Path) -> None:
    start(tmp_path, demo=False)
    start(tmp_path, demo=True)
    running = TestServer(tmp_path, tmp_path).start()
    running.clock.now = system_clock()

    assert keys(running, "flags/default") == []
    assert keys(running, "projects") == ["default"]
    running.stop()
