"""The course of a call, step by step."""

from typing import Any

import pytest

from launch_darkly_python_sdk import NoAnswer, RawResponse, UnexpectedRedirect
from launch_darkly_python_sdk.errors import Received
from launch_darkly_python_sdk.exchange import Outcome, Send, Wait, exchange
from launch_darkly_python_sdk.forms import build_form
from launch_darkly_python_sdk.request import Form, Request
from launch_darkly_python_sdk.retries import Retries

HOST = "https://flags.example.com"
QUICK = Retries(attempts=2, backoff=0.0)


def request(http: str = "GET", form: Form | None = None) -> Request:
    return Request("CALL", http, "/api/v2/tokens", form=form, repeatable=http == "GET")


def received(status: int, **headers: str) -> Received:
    return Received(
        status, "", {name.replace("_", "-").title(): value for name, value in headers.items()}, b"{}", 0.1
    )


def play(outcomes: list[Outcome], sent: Request | None = None) -> tuple[RawResponse[Any], list[str]]:
    """Run a call against these outcomes; its answer and the steps it took."""
    sent = sent or request()
    steps = exchange(sent, HOST + sent.target, "any", QUICK)
    taken: list[str] = []
    given: Outcome | None = None
    try:
        while True:
            step = steps.send(given)
            taken.append("wait" if isinstance(step, Wait) else step.url)
            given = outcomes.pop(0) if isinstance(step, Send) else None
    except StopIteration as done:
        return done.value, taken


HERE = f"{HOST}/api/v2/tokens"


def test_an_answer_ends_the_call() -> None:
    answer, steps = play([received(200)])
    assert (answer.status, steps) == (200, [HERE])


def test_a_passing_failure_is_waited_out() -> None:
    answer, steps = play([NoAnswer("broken"), received(503), received(200)])
    assert (answer.status, steps) == (200, [HERE, "wait", HERE, "wait", HERE])


def test_the_last_failure_is_told() -> None:
    with pytest.raises(NoAnswer, match="third"):
        play([NoAnswer("first"), NoAnswer("second"), NoAnswer("third")])


def test_what_changes_something_is_only_repeated_if_it_was_refused() -> None:
    answer, steps = play([received(429), received(200)], request("POST"))
    assert (answer.status, steps) == (200, [HERE, "wait", HERE])
    with pytest.raises(NoAnswer, match="broken"):
        play([NoAnswer("broken")], request("POST"))


def test_a_stream_that_is_used_up_is_not_sent_again() -> None:
    class Pipe:
        def read(self, _size: int = -1) -> bytes:
            return b""

    with pytest.raises(Exception, match="Too Many Requests"):
        play([received(429)], request("POST", build_form("file", Pipe(), {})))
    answer, _steps = play([received(429), received(200)], request("POST", build_form("file", b"key", {})))
    assert answer.status == 200


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/api/v2/other?x=1", f"{HOST}/api/v2/other?x=1"),
        ("other", f"{HOST}/api/v2/other"),
        (f"{HOST}:443/x", f"{HOST}:443/x"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_reading_follows_a_redirect_on_the_same_host(status: int, location: str, url: str) -> None:
    answer, steps = play([received(status, location=location), received(200)])
    assert (answer.status, steps) == (200, [HERE, url])


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.org/api/v2/tokens",
        "//evil.org/",
        "http://flags.example.com/api/v2/tokens",
        f"{HOST}:8443/",
        "https://[x",
    ],
)
def test_no_redirect_leads_to_another_host(location: str) -> None:
    with pytest.raises(
        UnexpectedRedirect, match="another host, where the access token is not sent"
    ) as raised:
        play([received(302, location=location)])
    assert raised.value.status == 302


def test_a_change_follows_no_redirect() -> None:
    with pytest.raises(UnexpectedRedirect, match="only reading follows"):
        play([received(307, location="/api/v2/other")], request("DELETE"))


def test_circles_are_left() -> None:
    with pytest.raises(UnexpectedRedirect, match="in circles"):
        play([received(302, location="/api/v2/tokens")] * 9)


def test_a_status_without_a_place_is_no_redirect() -> None:
    with pytest.raises(Exception, match="Not Modified"):
        play([received(304)])
