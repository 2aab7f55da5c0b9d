import pytest

from flagstaff.evaluation.bucketing import END, START, find_end
from flagstaff.evaluation.traced_splits import as_fraction


@pytest.mark.parametrize(
    ("place", "fraction"),
    [(START, 0.0), (END, 1.0), (bytes(20), 0.0), (b"\xff" * 20, 1.0), (b"\x80" + bytes(19), 0.5)],
)
def test_a_place_is_a_fraction_of_the_scale(place: bytes, fraction: float) -> None:
    assert as_fraction(place) == pytest.approx(fraction, abs=1e-15)


@pytest.mark.parametrize("fraction", [0.25, 0.1, 0.333, 0.00001, 0.99999, 1.0])
def test_the_end_of_a_share_is_what_its_weight_says(fraction: float) -> None:
    assert as_fraction(find_end(fraction)) == pytest.approx(fraction, abs=1e-6)
