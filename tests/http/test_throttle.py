"""How often signing in may fail."""

import pytest

from flagstaff.http import throttle
from flagstaff.http.throttle import BY_ACCOUNT, BY_ADDRESS, BY_PAIR, LEAST, WINDOW, Throttle
from flagstaff.kernel.errors import RateLimited
from tests.support.server import MovableClock


def fail(counts: Throttle, times: int, account: str = "a@example.com", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        counts.admit(account, address)


def is_refused(counts: Throttle, account: str = "a@example.com", address: str = "10.0.0.1") -> bool:
    try:
        counts.admit(account, address)
    except RateLimited:
        return True
    counts.take_back(account, address)
    return False


def test_an_account_from_one_address_is_refused_and_others_are_not() -> None:
    counts = Throttle(MovableClock())
    fail(counts, BY_PAIR)

    assert is_refused(counts)
    assert is_refused(counts, " A@EXAMPLE.com ")
    assert not is_refused(counts, "b@example.com")
    assert not is_refused(counts, address="10.0.0.2")


def test_an_account_is_refused_to_everybody_after_failures_from_many_addresses() -> None:
    counts = Throttle(MovableClock())
    for number in range(BY_ACCOUNT):
        fail(counts, 1, address=f"10.1.0.{number}")

    assert is_refused(counts, address="10.2.0.1")
    assert not is_refused(counts, "b@example.com", "10.2.0.1")


def test_an_address_is_refused_after_failures_for_many_accounts() -> None:
    counts = Throttle(MovableClock())
    for number in range(BY_ADDRESS):
        fail(counts, 1, f"u{number}@example.com", f"2001:db8::{number:x}")

    assert is_refused(counts, "fresh@example.com", "2001:db8::ffff")
    assert not is_refused(counts, "fresh@example.com", "2001:db9::1")


def test_a_window_ends_and_says_when() -> None:
    clock = MovableClock()
    counts = Throttle(clock)
    fail(counts, 1)
    clock.advance(seconds=60)
    fail(counts, BY_PAIR - 1)

    with pytest.raises(RateLimited) as refused:
        counts.admit("a@example.com", "10.0.0.1")

    assert refused.value.retry_after == WINDOW // 1000 - 60
    clock.advance(seconds=WINDOW // 1000 - 60)
    assert not is_refused(counts)


def test_success_takes_back_its_own_attempt_and_no_other() -> None:
    counts = Throttle(MovableClock())
    fail(counts, BY_PAIR - 1)

    for _ in range(5):
        counts.admit("a@example.com", "10.0.0.1")
        counts.take_back("a@example.com", "10.0.0.1")
    fail(counts, 1)

    assert is_refused(counts)


def test_each_of_many_workers_takes_its_part() -> None:
    two, many = Throttle(MovableClock(), 2), Throttle(MovableClock(), 100)
    fail(two, BY_PAIR // 2)
    fail(many, LEAST)

    assert is_refused(two)
    assert is_refused(many)


def test_many_other_accounts_wash_no_count_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_COUNTED", 100)
    counts = Throttle(MovableClock())
    fail(counts, BY_PAIR)

    for number in range(1_000):
        fail(counts, 1, f"u{number}@example.com", f"10.{number // 250}.0.{number % 250}")

    assert is_refused(counts)
    assert len(counts._counts) <= 100
