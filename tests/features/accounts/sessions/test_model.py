"""When a session is over."""

import pytest

from flagstaff.features.accounts.sessions.model import IDLE, LIFETIME, Session


def a_session(last_used: int = 0) -> Session:
    return Session(
        id="s1",
        member_id="m1",
        created=1_000,
        expires=1_000 + LIFETIME,
        address="",
        user_agent="",
        last_used=last_used,
    )


@pytest.mark.parametrize(
    ("last_used", "now", "over"),
    [
        (0, 1_000, False),
        (0, 1_000 + IDLE - 1, False),
        (0, 1_000 + IDLE, True),
        (2_000, 1_000 + IDLE, False),
        (2_000, 2_000 + IDLE, True),
        (LIFETIME + 999, LIFETIME + 999, False),
        (LIFETIME + 999, LIFETIME + 1_000, True),
    ],
)
def test_a_session_ends_when_it_is_not_used_and_in_any_case_after_a_while(
    last_used: int, now: int, over: bool
) -> None:
    assert a_session(last_used).is_over(now) is over
