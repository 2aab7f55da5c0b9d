"""What the server answered, for `/metrics`: how often, how well and how fast, by route template."""

from prometheus_client import CollectorRegistry, Counter, Histogram

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds
ELSEWHERE = ("other", "other")  # method and path of what no row is for: anybody can think of more of them


class RequestMetrics:
    """Requests but those that became streams; labels come from rows, so that no caller can add any."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "flagstaff_requests",
            "Requests answered",
            ("method", "route", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "flagstaff_request_seconds",
            "From the headers of a request to its answer",
            ("method", "route"),
            registry=registry,
            buckets=BUCKETS,
        )
        self._counters: dict[tuple[tuple[str, str], int], Counter] = {}
        self._histograms: dict[tuple[str, str], Histogram] = {}

    def count(self, route: tuple[str, str], status: int, seconds: float) -> None:
        """Count an answer of the route, which is a method and a template."""
        counter = self._counters.get((route, status // 100))
        if counter is None:
            counter = self._requests.labels(*route, f"{status // 100}xx")
            self._counters[route, status // 100] = counter
        histogram = self._histograms.get(route)
        if histogram is None:
            histogram = self._histograms[route] = self._seconds.labels(*route)
        counter.inc()
        histogram.observe(seconds)
