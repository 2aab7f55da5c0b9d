"""What the server answered, for `/metrics`: how often, how well and how fast, by route template."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.metrics_core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds
BOUNDS = [*map(str, BUCKETS), "+Inf"]
ELSEWHERE = ("other", "other")  # method and path of what no row is for: anybody can think of more of them
Route = tuple[str, str]


class _Answered:
    """What is known of a route."""

    __slots__ = ("buckets", "seconds", "statuses")

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()  # by hundreds
        self.buckets = [0] * len(BOUNDS)
        self.seconds = 0.0


class RequestMetrics(Collector):
    """Requests but those that became streams; labels come from rows, so that no caller can add any.

    It counts by itself, since every request does, and prometheus_client would take three locks for each.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self._routes: defaultdict[Route, _Answered] = defaultdict(_Answered)
        registry.register(self)

    def count(self, route: Route, status: int, seconds: float) -> None:
        """Count an answer of the route, which is a method and a template. Used on the event loop only."""
        answered = self._routes[route]
        answered.statuses[status // 100] += 1
        answered.buckets[bisect_left(BUCKETS, seconds)] += 1
        answered.seconds += seconds

    def collect(self) -> Iterator[Metric]:
        """What the registry asks for; maybe from another thread."""
        requests = CounterMetricFamily(
            "flagstaff_requests", "Requests answered", labels=("method", "route", "status")
        )
        seconds = HistogramMetricFamily(
            "flagstaff_request_seconds",
            "From the headers of a request to its answer",
            labels=("method", "route"),
        )
        for route, answered in list(self._routes.items()):
            for hundreds, count in list(answered.statuses.items()):
                requests.add_metric((*route, f"{hundreds}xx"), count)
            seconds.add_metric(
                route, list(zip(BOUNDS, accumulate(answered.buckets), strict=True)), answered.seconds
            )
        yield requests
        yield seconds
