"""Which members of a metric go together."""

from typing import Any

import pytest
from msgspec.structs import replace

from flagstaff.features.metrics.model import MOST_URLS, Metric, UrlMatcher, check_metric
from flagstaff.kernel.errors import InvalidRequest

BLANK = Metric(
    id="1", version_id="v", project_id="p", key="m", name="M", kind="custom", created=1, modified=1
)
CART = (UrlMatcher("substring", substring="/cart"),)
CONVERSION: dict[str, Any] = {"event_key": "bought"}
NUMERIC: dict[str, Any] = {
    **CONVERSION,
    "is_numeric": True,
    "unit": "EUR",
    "success_criteria": "LowerThanBaseline",
}
VIEW: dict[str, Any] = {"kind": "pageview", "urls": CART}
CLICK: dict[str, Any] = {"kind": "click", "urls": CART, "selector": ".buy"}


def a_metric(**members: Any) -> Metric:
    return replace(BLANK, **members)


@pytest.mark.parametrize("members", [CONVERSION, NUMERIC, VIEW, CLICK])
def test_each_kind_is_kept_with_what_it_needs(members: dict[str, Any]) -> None:
    kept = check_metric(a_metric(**members))

    assert kept == a_metric(**{"success_criteria": "HigherThanBaseline"} | members)


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({}, "$.eventKey"),
        (NUMERIC | {"unit": ""}, "$.unit"),
        (NUMERIC | {"success_criteria": None}, "$.successCriteria"),
        (CONVERSION | {"unit": "EUR"}, "$.unit"),
        (CONVERSION | {"urls": CART}, "$.urls"),
        (CONVERSION | {"selector": "a"}, "$.selector"),
        (CONVERSION | {"percentile_value": 90}, "$.percentileValue"),
        (CONVERSION | {"analysis_type": "percentile"}, "$.percentileValue"),
        (CONVERSION | {"analysis_type": "percentile", "percentile_value": 100}, "$.percentileValue"),
        (VIEW | {"urls": ()}, "$.urls"),
        (VIEW | {"selector": "a"}, "$.selector"),
        (VIEW | {"is_numeric": True}, "$.isNumeric"),
        (VIEW | {"event_key": "e"}, "$.eventKey"),
        (CLICK | {"selector": ""}, "$.selector"),
        (CLICK | {"urls": CART * (MOST_URLS + 1)}, "$.urls"),
        (VIEW | {"urls": (*CART, UrlMatcher("exact"))}, "$.urls[1].url"),
        (VIEW | {"urls": (UrlMatcher("regex", pattern="a", url="b"),)}, "$.urls[0].url"),
    ],
)
def test_what_does_not_go_together_is_refused_with_its_place(members: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        check_metric(a_metric(**members))

    assert caught.value.message.endswith(f"at `{place}`")


@pytest.mark.parametrize(
    ("members", "expected"),
    [(VIEW | {"is_active": True}, True), (VIEW, False), (CONVERSION | {"is_active": True}, False)],
)
def test_pages_watch_for_active_metrics_of_clicks_and_views(members: Any, expected: bool) -> None:
    assert a_metric(**members).is_goal is expected
