from flagstaff.features.console.lists.traffic import Traffic, represent_variations


def test_counts_outside_of_the_hours_are_left_out() -> None:
    traffic = Traffic(0, 2)
    for hour, count in ((-1, 1), (0, 2), (0, 3), (1, 4), (2, 5)):
        traffic.add("flag", 0, hour, count)
    assert traffic.counts == {"flag": {0: [5, 4]}}


def test_the_fallback_value_comes_last() -> None:
    shown = represent_variations({-1: [1, 2], 1: [0, 4], 0: [1, 0]})
    assert [(one.variation, one.count) for one in shown] == [(0, 1), (1, 4), (None, 3)]
