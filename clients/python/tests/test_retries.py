"""When a call is tried again."""

import pytest

from launch_darkly_python_sdk.errors import NoAnswer, Received
from launch_darkly_python_sdk.retries import Retries, Try, find_wait

NOW = 1_700_000_000.0
PLAIN = Retries(attempts=3, backoff=1.0, longest=60.0)


def received(status: int, **headers: str) -> Received:
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return Received(status, "", named, b"", 0.1)


LIMITED = received(429)
FAILED = NoAnswer("no answer")


@pytest.mark.parametrize(
    ("outcome", "tries", "repeatable", "wait"),
    [
        (received(200), 1, True, None),
        (received(404), 1, True, None),
        (received(500), 1, True, None),
        (LIMITED, 1, False, 0.5),
        (received(429, retry_after="7"), 1, False, 7.5),
        (received(429, retry_after="7"), 2, False, 8.0),
        (received(429, x_ratelimit_reset="1700000004000"), 1, False, 4.5),
        (received(429, x_ratelimit_reset="1600000000000"), 1, False, 0.5),
        (received(429, x_ratelimit_reset="soon"), 1, False, 0.5),
        (received(429, retry_after="2", x_ratelimit_reset="1700000009000"), 1, False, 2.5),
        (received(429, retry_after="Tue, 14 Nov 2023 22:13:25 GMT"), 1, False, 5.5),
        (received(429, retry_after="Tue, 14 Nov 2023 22:13:00 GMT"), 1, False, 0.5),
        (received(429, retry_after="later"), 1, False, 0.5),
        (received(429, retry_after="3600"), 1, True, None),
        (received(502), 1, True, 0.5),
        (received(503), 2, True, 1.0),
        (received(504), 3, True, 2.0),
        (received(504), 4, True, None),
        (received(503, retry_after="3"), 1, True, 3.5),
        (received(503, x_ratelimit_reset="1700000004000"), 1, True, 0.5),
        (received(503), 1, False, None),
        (FAILED, 1, True, 0.5),
        (FAILED, 1, False, None),
        (FAILED, 4, True, None),
        (LIMITED, 4, False, None),
    ],
)
def test_a_call_waits_as_long_as_is_asked_and_a_little_longer(
    outcome: Received | NoAnswer, tries: int, repeatable: bool, wait: float | None
) -> None:
    assert find_wait(PLAIN, Try(outcome, tries, repeatable), NOW, 0.0) == wait


def test_chance_makes_the_wait_longer_and_never_shorter() -> None:
    waits = [
        find_wait(PLAIN, Try(received(429, retry_after="7"), 1, False), NOW, chance) for chance in (0, 0.5, 1)
    ]
    assert waits == [7.5, 7.75, 8.0]


def test_no_retries_at_all() -> None:
    assert find_wait(Retries(0), Try(LIMITED, 1, True), NOW, 0.0) is None


def test_the_backoff_has_an_end() -> None:
    assert find_wait(Retries(attempts=20, backoff=1.0), Try(FAILED, 15, True), NOW, 1.0) == 30.0
