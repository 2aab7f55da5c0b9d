"""What a page is told to watch for."""

import msgspec

from flagstaff.features.metrics.represent import represent_goals
from tests.features.metrics.test_model import CLICK, CONVERSION, VIEW, a_metric


def test_goals_are_the_active_clicks_and_views_with_nothing_that_pages_do_not_know() -> None:
    metrics = [
        a_metric(**CLICK, key="buy", is_active=True),
        a_metric(**VIEW, key="cart", is_active=True),
        a_metric(**VIEW, key="idle"),
        a_metric(**CONVERSION, key="bought", is_active=True),
    ]

    cart = [{"kind": "substring", "substring": "/cart"}]
    assert msgspec.json.decode(msgspec.json.encode(represent_goals(metrics))) == [
        {"key": "buy", "kind": "click", "urls": cart, "selector": ".buy"},
        {"key": "cart", "kind": "pageview", "urls": cart},
    ]
