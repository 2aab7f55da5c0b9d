"""Joining what several processes know of connections."""

import pytest

from flagstaff.features.projects.connections.model import (
    Connected,
    Delivered,
    EnvironmentReceipts,
    Holders,
    ProcessReceipts,
    Reached,
    Sdk,
    count_connections,
    join_receipts,
    of_environment,
    quantile,
    share,
)

PYTHON, NODE = Sdk("PythonClient", "9.18.2"), Sdk("NodeJSClient", "9.13.7")


def test_connections_of_one_sdk_and_version_are_counted_together() -> None:
    one = EnvironmentReceipts(streams=(Holders(PYTHON, 7, 2, 100), Holders(PYTHON, 6, 1, 90)))
    other = EnvironmentReceipts(streams=(Holders(PYTHON, 7, 3, 110), Holders(NODE, 7, 1, 50)))

    assert join_receipts([one, other]).streams == (
        Holders(NODE, 7, 1, 50),
        Holders(PYTHON, 6, 1, 90),
        Holders(PYTHON, 7, 5, 110),
    )


def test_lags_of_one_change_are_counted_together_from_its_commit() -> None:
    one = EnvironmentReceipts(changes=(Delivered(7, 1_000, ((1, 5), (3, 1))),))
    other = EnvironmentReceipts(changes=(Delivered(7, 1_001, ((1, 2), (9, 1))), Delivered(8, 1_005, ())))

    assert join_receipts([one, other]).changes == (
        Delivered(7, 1_000, ((1, 7), (3, 1), (9, 1))),
        Delivered(8, 1_005, ()),
    )


def test_of_each_sdk_the_newest_change_is_told_that_any_process_gave_it() -> None:
    one = EnvironmentReceipts(reached=(Reached(PYTHON, 7, ((1, 5), (3, 1))), Reached(NODE, 7, ((2, 1),))))
    other = EnvironmentReceipts(reached=(Reached(PYTHON, 7, ((1, 2), (9, 1))), Reached(NODE, 8, ((4, 3),))))

    joined = (Reached(NODE, 8, ((4, 3),)), Reached(PYTHON, 7, ((1, 7), (3, 1), (9, 1))))
    assert join_receipts([one, other]).reached == join_receipts([other, one]).reached == joined


def test_connections_are_counted_over_all_processes() -> None:
    one = EnvironmentReceipts(streams=(Holders(PYTHON, 7, 2, 1), Holders(NODE, 6, 1, 1)))
    other = EnvironmentReceipts(streams=(Holders(PYTHON, 7, 4, 1),), polls=(Holders(NODE, 7, 3, 1),))
    silent = EnvironmentReceipts(changes=(Delivered(7, 1, ()),))

    every = [ProcessReceipts(8, {"e": one, "silent": silent}, begun=5), ProcessReceipts(9, {"e": other}, 7)]

    assert count_connections(every) == Connected({"e": (7, 3)}, begun=5)
    ended = [ProcessReceipts(9, {}, ended=9), ProcessReceipts(7, {}, ended=7)]
    assert count_connections([*every, *ended]) == Connected({"e": (7, 3)}, begun=9)


def test_processes_that_know_nothing_of_an_environment_add_nothing() -> None:
    known = EnvironmentReceipts(polls=(Holders(NODE, 3, 1, 1),))

    found = of_environment([ProcessReceipts(1, {"e": known}), ProcessReceipts(2, {})], "e")

    assert found == known
    assert of_environment([], "e") == EnvironmentReceipts()


@pytest.mark.parametrize(("version", "part"), [(6, 1.0), (7, 0.75), (8, 0.0)])
def test_the_share_is_of_those_that_hold_at_least_that_version(version: int, part: float) -> None:
    assert share([Holders(PYTHON, 7, 3, 1), Holders(NODE, 6, 1, 1)], version) == part


def test_where_nobody_is_connected_nobody_is_behind() -> None:
    assert share([], 7) == 1.0


@pytest.mark.parametrize(("part", "lag"), [(0.5, 1), (0.9, 1), (0.95, 4), (0.99, 4), (1, 50)])
def test_quantiles_are_of_connections(part: float, lag: int) -> None:
    assert quantile([(50, 1), (1, 90), (4, 9)], part) == lag


def test_without_deliveries_there_is_no_lag() -> None:
    assert quantile([], 0.5) == 0
