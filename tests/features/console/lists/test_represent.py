import pytest

from flagstaff.features.console.lists.represent import represent_row, represent_targeting, represent_variation
from flagstaff.features.flags.model import Variation
from tests.support.flags import NOW, a_flag, a_rollout, a_state, a_target, a_targeting


@pytest.mark.parametrize(
    ("variation", "label"),
    [
        (Variation(id="a", value="", name=""), '""'),
        (Variation(id="a", value=True), "true"),
        (Variation(id="a", value=1, name="One"), "One"),
        (Variation(id="a", value=["x"]), '["x"]'),
    ],
)
def test_a_label_is_the_name_or_the_value(variation: Variation, label: str) -> None:
    assert represent_variation(variation).label == label


def test_a_flag_without_off_variation_serves_nothing_while_it_is_off() -> None:
    assert represent_targeting(a_flag(), a_targeting(off_variation_id=None)).serves == ()


def test_the_shares_of_a_rollout_are_by_index() -> None:
    targeting = a_targeting(
        on=True, fallthrough=a_rollout({"c": 1_000, "a": 99_000}), targets=(a_target("b"),)
    )
    shown = represent_targeting(a_flag(), targeting)
    assert [(share.variation, share.weight) for share in shown.serves] == [(2, 1_000), (0, 99_000)]
    assert (shown.servable, shown.targets) == (3, 1)


def test_a_flag_of_which_nothing_is_known_has_no_status() -> None:
    row = represent_row("default", a_state(), None, {}, NOW, switchable=True)
    assert (row.status, row.links["self"].href) == ("", "/api/v2/flags/default/checkout")
