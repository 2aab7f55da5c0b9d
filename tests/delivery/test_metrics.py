"""Names that dashboards rely on."""

from prometheus_client import CollectorRegistry, generate_latest

from flagstaff.delivery.metrics import Metrics


def test_metrics_are_shown_under_their_names() -> None:
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    metrics.streams_open.inc(2)
    metrics.broadcasts.inc()
    shown = generate_latest(registry).decode()
    assert "flagstaff_streams_open 2.0" in shown
    assert "flagstaff_stream_broadcasts_total 1.0" in shown
    assert "flagstaff_streams_dropped_total 0.0" in shown
