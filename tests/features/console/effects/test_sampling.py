import pytest

from flagstaff.features.console.effects.sampling import Sample


@pytest.mark.parametrize(
    ("total", "sampled", "count", "estimate"),
    [(10, 10, 3, 3), (100, 50, 3, 6), (100, 0, 0, 0), (5, 10, 3, 3)],
)
def test_counts_of_a_sample_are_scaled_to_all(total: int, sampled: int, count: int, estimate: int) -> None:
    assert Sample(0, total, sampled).scale(count) == estimate
