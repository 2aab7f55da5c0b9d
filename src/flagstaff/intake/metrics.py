"""What intake counts, for `/metrics`."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter


class Metrics:
    """Counters in one registry, which the caller shows."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.accepted = Counter("flagstaff_events_accepted", "Events stored", registry=registry)
        self.refused = Counter(
            "flagstaff_events_refused", "Events that make no sense", ["reason"], registry=registry
        )
        self.dropped = Counter(
            "flagstaff_events_dropped",
            "Events, or new names in them, that were understood and not stored",
            ["reason"],
            registry=registry,
        )
        self.refused_bodies = Counter(
            "flagstaff_event_bodies_refused",
            "Event bodies answered with 202 but discarded as too large",
            registry=registry,
        )

    def refuse(self, reasons: Mapping[str, int]) -> None:
        for reason, count in reasons.items():
            self.refused.labels(reason).inc(count)

    def drop(self, reasons: Mapping[str, int]) -> None:
        for reason, count in reasons.items():
            self.dropped.labels(reason).inc(count)
