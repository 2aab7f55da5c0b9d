"""Metrics over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.metrics import operations
from tests.support.segment_calls import last_entry
from tests.support.server import TestServer

MANY = "/api/v2/metrics/default"
ONE = f"{MANY}/cart"
CART = [{"kind": "canonical", "url": "https://shop.test/cart"}]
VIEW = {"key": "cart", "kind": "pageview", "urls": CART}


def edit(member: str, value: Any) -> list[dict[str, Any]]:
    return [{"op": "replace", "path": f"/{member}", "value": value}]


@pytest.fixture
def made(server: TestServer) -> TestServer:
    assert server.post(MANY, VIEW).status == 201
    return server


def test_a_metric_is_made_with_defaults_and_shown(server: TestServer) -> None:
    made = server.post(MANY, VIEW).json

    assert made["name"] == "cart"
    assert made["urls"] == CART
    assert (made["isActive"], made["isNumeric"], made["tags"]) == (False, False, [])
    assert (made["randomizationUnits"], made["analysisType"]) == (["user"], "mean")
    assert made["eventDefault"] == {"disabled": False, "value": 0.0}
    assert made["_maintainer"]["_id"] == made["maintainerId"]
    assert made["_links"]["self"]["href"] == ONE
    assert "experimentCount" not in made
    assert server.get(ONE).json == made
    (listed,) = server.get(MANY).json["items"]
    assert listed["key"] == "cart"
    assert "urls" not in listed
    entry = last_entry(server)
    assert (entry["kind"], entry["title_verb"]) == ("metric", "created the metric")
    assert entry["accesses"] == [["createMetric", "proj/default:metric/cart"]]


def test_what_would_use_it_is_shown_where_it_is_asked_for(made: TestServer) -> None:
    words = "experiments, experimentCount,metricGroups,metricGroupCount,other"
    shown = made.get(ONE, query={"expand": words}).json
    assert [shown[name] for name in ("experiments", "experimentCount", "metricGroups")] == [[], 0, []]
    (listed,) = made.get(MANY, query={"expand": "metricGroupCount"}).json["items"]
    assert listed["metricGroupCount"] == 0


@pytest.mark.parametrize(
    ("member", "value", "action"),
    [
        ("name", "Carts", "updateName"),
        ("description", "Who looks", "updateDescription"),
        ("urls", [{"kind": "regex", "pattern": "cart$"}], "updateUrls"),
        ("isActive", True, "updateOn"),
        ("tags", ["shop"], "updateTags"),
        ("randomizationUnits", ["device"], "updateRandomizationUnits"),
        ("unitAggregationType", "sum", "updateUnitAggregationType"),
        ("successCriteria", "LowerThanBaseline", "updateNumericSuccess"),
        ("eventDefault", {"disabled": True, "value": 0.0}, "updateEventDefault"),
        ("maintainerId", "", "updateMaintainer"),
    ],
)
def test_a_change_of_a_member_needs_its_own_permission(
    made: TestServer, member: str, value: Any, action: str
) -> None:
    before = made.get(ONE).json
    may = made.add_token(
        Statement("allow", resources=("proj/*:metric/*", "proj/*"), actions=(action, "viewProject"))
    )
    may_not = made.add_token(
        Statement("allow", resources=("proj/*",), actions=("viewProject",)), role="reader"
    )

    assert made.patch(ONE, edit(member, value), as_=may_not).status == 403
    after = made.patch(ONE, edit(member, value), as_=may)

    assert after.status == 200, after
    assert after.json.get(member, "") == value
    assert after.json["_version"] == before["_version"] + 1
    assert after.json["_versionId"] != before["_versionId"]
    assert last_entry(made)["accesses"] == [[action, "proj/default:metric/cart"]]


def test_only_the_current_version_is_kept(made: TestServer) -> None:
    before = made.get(ONE).json["_versionId"]
    assert made.get(ONE, query={"versionId": before}).status == 200

    made.patch(ONE, edit("name", "Carts"))

    assert made.get(ONE, query={"versionId": before}).status == 404


def test_a_patch_that_changes_nothing_leaves_no_trace(made: TestServer) -> None:
    before = made.get(ONE).json
    entries = made.count("audit_log")

    assert made.patch(ONE, edit("name", "cart")).json == before
    assert made.count("audit_log") == entries


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (VIEW, 409),
        (VIEW | {"key": "no spaces"}, 400),
        (VIEW | {"key": "other", "urls": []}, 400),
        (VIEW | {"key": "other", "kind": "hover"}, 400),
        (VIEW | {"key": "other", "urls": [{"url": "https://x"}]}, 400),
        (VIEW | {"key": "other", "randomizationUnits": ["a kind"]}, 400),
        (VIEW | {"key": "other", "unknown": 1}, 400),
        ({"key": "other", "kind": "custom"}, 400),
    ],
)
def test_a_metric_that_makes_no_sense_is_refused(made: TestServer, body: Any, status: int) -> None:
    assert made.post(MANY, body).status == status
    assert len(made.get(MANY).json["items"]) == 1


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("key", "new"),
        ("kind", "click"),
        ("urls", []),
        ("maintainerId", "0" * 24),
        ("_version", 7),
        ("name", 1),
    ],
)
def test_a_patch_that_makes_no_sense_changes_nothing(made: TestServer, member: str, value: Any) -> None:
    before = made.get(ONE).json

    assert made.patch(ONE, edit(member, value)).status == 400
    assert made.get(ONE).json == before


def test_a_metric_is_deleted(made: TestServer) -> None:
    assert made.delete(ONE).status == 204
    assert made.get(ONE).status == 404
    assert made.post(MANY, VIEW).status == 201


def test_a_project_has_so_many_metrics(made: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST_METRICS", 1)

    assert made.post(MANY, VIEW | {"key": "other"}).status == 400


def test_the_metrics_of_a_hidden_project_are_not_found(made: TestServer) -> None:
    hidden = Statement("deny", resources=("proj/default",), actions=("viewProject",))

    assert made.get(MANY, as_=made.add_token(hidden)).status == 404
    assert made.get(ONE, as_=made.add_token(hidden)).status == 404
