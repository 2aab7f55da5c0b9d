"""What the server counts of its answers."""

from prometheus_client.parser import text_string_to_metric_families

from tests.support.client import NOBODY
from tests.support.flag_calls import MANY, make
from tests.support.server import TestServer

FLAG = "/api/v2/flags/{projectKey}/{featureFlagKey}"


def counted(server: TestServer, metric: str, **labels: str) -> dict[tuple[str, ...], float]:
    """The samples of a metric with these labels, by method, route and class of status."""
    text = server.get("/metrics").body.decode()
    return {
        tuple(
            sample.labels[name] for name in ("method", "route", "status") if name in sample.labels
        ): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == metric and labels.items() <= sample.labels.items()
    }


def test_answers_are_counted_by_template_and_class_of_status(server: TestServer) -> None:
    make(server)
    for key in ("checkout", "checkout", "nowhere"):
        server.get(f"{MANY}/{key}")
    server.get(f"{MANY}/checkout", as_=NOBODY)
    server.request("HEAD", f"{MANY}/checkout")

    assert counted(server, "flagstaff_requests_total", route=FLAG) == {
        ("GET", FLAG, "2xx"): 3,
        ("GET", FLAG, "4xx"): 2,
    }
    assert counted(server, "flagstaff_requests_total", method="POST") == {
        ("POST", "/api/v2/flags/{projectKey}", "2xx"): 1
    }


def test_every_answer_is_timed(server: TestServer) -> None:
    make(server)
    for _ in range(3):
        server.get(f"{MANY}/checkout")

    assert counted(server, "flagstaff_request_seconds_count", route=FLAG) == {("GET", FLAG): 3}
    assert counted(server, "flagstaff_request_seconds_bucket", route=FLAG, le="+Inf") == {("GET", FLAG): 3}
    assert 0 < counted(server, "flagstaff_request_seconds_sum", route=FLAG)["GET", FLAG] < 60


def test_no_caller_can_add_a_label(server: TestServer) -> None:
    for path in ("/one", "/two"):
        server.get(path)
    server.request("BREW", f"{MANY}/checkout")

    assert counted(server, "flagstaff_requests_total", status="4xx") == {("other", "other", "4xx"): 3}


def test_polls_of_sdks_are_counted_as_well(server: TestServer) -> None:
    server.get("/sdk/latest-all", as_=server.sdk_key())
    server.get("/sdk/latest-all", as_=NOBODY)

    assert counted(server, "flagstaff_requests_total", route="/sdk/latest-all") == {
        ("GET", "/sdk/latest-all", "2xx"): 1,
        ("GET", "/sdk/latest-all", "4xx"): 1,
    }
