import threading

import pytest

from flagstaff.kernel.errors import Unavailable
from flagstaff.storage.events.shares import Shares


def test_owners_take_turns() -> None:
    shares: Shares[str] = Shares()
    for name in ("a1", "a2", "a3", "b1", "c1", "b2"):
        shares.put(name[0], 1, name)
    assert shares.take(4) == ["a1", "b1", "c1", "a2"]
    assert shares.take(100) == ["b2", "a3"]
    assert shares.take(100) == []


def test_what_is_larger_than_a_group_is_taken_alone() -> None:
    shares: Shares[str] = Shares(most=100, most_each=100)
    shares.put("a", 50, "large")
    shares.put("b", 1, "small")
    assert shares.take(10) == ["large"]
    assert shares.take(10) == ["small"]


def test_a_full_share_does_not_cost_others_theirs() -> None:
    shares: Shares[int] = Shares(most=100, most_each=10)
    shares.put("a", 10, 1)
    with pytest.raises(Unavailable):
        shares.put("a", 1, 2)
    shares.put("b", 10, 3)
    assert shares.take(100) == [1, 3]
    shares.put("a", 10, 4)


def test_an_empty_share_takes_in_one_of_any_size() -> None:
    shares: Shares[int] = Shares(most=5, most_each=5)
    shares.put("a", 1_000, 1)
    shares.put("b", 1_000, 2)
    with pytest.raises(Unavailable):
        shares.put("a", 1, 3)
    assert shares.take(1) == [1]
    shares.put("a", 1, 4)


def test_nothing_is_taken_in_once_it_is_closed() -> None:
    shares: Shares[int] = Shares()
    shares.put("a", 1, 1)
    shares.close()
    with pytest.raises(Unavailable):
        shares.put("b", 1, 2)
    assert shares.wait()
    assert shares.take(10) == [1]
    assert not shares.wait()


def test_who_empties_it_sleeps_until_something_waits() -> None:
    shares: Shares[int] = Shares()
    woken: list[bool] = []
    thread = threading.Thread(target=lambda: woken.append(shares.wait()))
    thread.start()
    shares.put("a", 1, 1)
    thread.join(10)
    assert woken == [True]


def test_lingering_ends_when_enough_waits() -> None:
    shares: Shares[int] = Shares()
    thread = threading.Thread(target=shares.linger, args=(60, 2))
    thread.start()
    shares.put("a", 2, 1)
    thread.join(10)
    assert not thread.is_alive()
