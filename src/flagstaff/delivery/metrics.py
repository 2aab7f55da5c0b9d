"""What the SDK plane counts, for `/metrics`."""

from prometheus_client import CollectorRegistry, Counter, Gauge


class Metrics:
    """Counters in one registry, which the caller shows."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.streams_open = Gauge(
            "flagstaff_streams_open", "Open streams of server-side SDKs", registry=registry
        )
        self.client_streams_open = Gauge(
            "flagstaff_client_streams_open",
            "Open streams of browsers and mobile SDKs",
            registry=registry,
        )
        self.relay_streams_open = Gauge(
            "flagstaff_relay_streams_open", "Open streams of Relay Proxies", registry=registry
        )
        self.broadcasts = Counter(
            "flagstaff_stream_broadcasts", "Changes sent to the streams of an environment", registry=registry
        )
        self.dropped = Counter(
            "flagstaff_streams_dropped", "Streams closed because nobody read from them", registry=registry
        )
