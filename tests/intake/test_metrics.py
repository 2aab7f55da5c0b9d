"""Names that dashboards rely on."""

from prometheus_client import CollectorRegistry, generate_latest

from flagstaff.intake.metrics import Metrics


def test_metrics_are_shown_under_their_names() -> None:
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    metrics.accepted.inc(5)
    metrics.refuse({"malformed": 2})
    metrics.drop({"duplicate": 3, "overload": 1})
    shown = generate_latest(registry).decode()
    assert "flagstaff_events_accepted_total 5.0" in shown
    assert 'flagstaff_events_refused_total{reason="malformed"} 2.0' in shown
    assert 'flagstaff_events_dropped_total{reason="duplicate"} 3.0' in shown
    assert "flagstaff_event_bodies_refused_total 0.0" in shown
