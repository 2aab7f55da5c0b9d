"""Rate limits."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from flagstaff.http.rate_limits import MOST_ADDRESSES, WINDOW, RateLimits
from flagstaff.kernel.errors import RateLimited

START = 1_700_000_000_000  # the first moment of a window
LIST, GET = "GET /api/v2/flags/{projectKey}", "GET /api/v2/flags/{projectKey}/{featureFlagKey}"


class Time:
    """A clock that a test moves."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


def remaining(headers):
    return int(headers["X-Ratelimit-Global-Remaining"]), int(headers["X-Ratelimit-Route-Remaining"])


def test_each_call_tells_what_remains_to_the_account_and_to_its_route(time):
    limits = RateLimits(time, account=5, route=3)
    assert remaining(limits.count_call(LIST)) == (4, 2)
    assert remaining(limits.count_call(LIST)) == (3, 1)
    assert remaining(limits.count_call(GET)) == (2, 2)


@pytest.mark.parametrize("later", [0, 1, 9_999])
def test_the_reset_is_the_end_of_the_window_in_milliseconds(time, later):
    time.now += later
    assert RateLimits(time).count_call(LIST)["X-Ratelimit-Reset"] == str(START + WINDOW)


def test_a_call_above_the_limit_of_its_route_is_refused_with_the_same_headers(time):
    limits = RateLimits(time, account=10, route=2)
    limits.count_call(LIST)
    limits.count_call(LIST)
    with pytest.raises(RateLimited) as caught:
        limits.count_call(LIST)
    assert remaining(caught.value.headers) == (7, 0)
    assert caught.value.headers["X-Ratelimit-Reset"] == str(START + WINDOW)
    assert caught.value.retry_after is None
    assert remaining(limits.count_call(GET)) == (6, 1)


def test_a_call_above_the_limit_of_the_account_is_refused_on_every_route(time):
    limits = RateLimits(time, account=2, route=2)
    limits.count_call(LIST)
    limits.count_call(GET)
    with pytest.raises(RateLimited) as caught:
        limits.count_call("GET /api/v2/projects")
    assert remaining(caught.value.headers) == (0, 1)


def test_a_new_window_starts_every_count_anew(time):
    limits = RateLimits(time, account=1, route=1, address=1)
    limits.count_call(LIST)
    limits.count_failure("192.0.2.1")
    time.now += WINDOW - 1
    with pytest.raises(RateLimited):
        limits.count_call(LIST)
    with pytest.raises(RateLimited):
        limits.count_failure("192.0.2.1")
    time.now += 1
    assert remaining(limits.count_call(LIST)) == (0, 0)
    limits.count_failure("192.0.2.1")


@pytest.mark.parametrize(("later", "seconds"), [(0, 10), (1, 10), (1_000, 9), (9_999, 1)])
def test_an_address_that_fails_too_often_is_told_when_to_come_back(time, later, seconds):
    limits = RateLimits(time, address=2)
    limits.count_failure("192.0.2.1")
    limits.count_failure("192.0.2.1")
    time.now += later
    with pytest.raises(RateLimited) as caught:
        limits.count_failure("192.0.2.1")
    assert (caught.value.retry_after, caught.value.headers) == (seconds, {})
    limits.count_failure("192.0.2.2")


@pytest.mark.parametrize("other", ["2001:db8:0:1:ffff::9", "2001:db8:0:1::1%eth0"])
def test_the_addresses_of_one_ipv6_network_count_as_one(time, other):
    limits = RateLimits(time, address=1)
    limits.count_failure("2001:db8:0:1::1")
    with pytest.raises(RateLimited):
        limits.count_failure(other)


@pytest.mark.parametrize("other", ["2001:db8:0:2::1", "not:an:address", "unknown"])
def test_other_addresses_count_for_themselves(time, other):
    limits = RateLimits(time, address=1)
    limits.count_failure("2001:db8:0:1::1")
    limits.count_failure(other)
    with pytest.raises(RateLimited):
        limits.count_failure(other)


def test_addresses_beyond_the_bound_share_one_count(time):
    limits = RateLimits(time, address=2)
    for number in range(MOST_ADDRESSES):
        limits.count_failure(f"first-{number}")
    limits.count_failure("later-1")
    limits.count_failure("later-2")
    with pytest.raises(RateLimited):
        limits.count_failure("later-3")
    limits.count_failure("first-0")


def test_calls_from_many_threads_are_all_counted(time):
    limits = RateLimits(time, account=100_000, route=100_000)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: [limits.count_call(LIST) for _ in range(500)], range(8)))
    assert remaining(limits.count_call(LIST)) == (100_000 - 4_001, 100_000 - 4_001)
