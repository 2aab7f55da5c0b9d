from flagstaff.features.flags.wording import name_variation, word_serve
from flagstaff.features.targeting.model import Allocation, Weight
from tests.support.flags import a_flag, a_rollout, variations


def test_a_variation_is_known_by_its_name_unless_another_has_it_too():
    named, twin, plain = variations("red", "green", "blue")
    flag = a_flag(variations=(type(named)(id="a", value="red", name="Red"), twin, plain))
    assert name_variation(flag, "a") == "`Red`"
    assert name_variation(flag, "b") == "`green`"
    alike = tuple(type(named)(id=own.id, value=own.value, name="Same") for own in flag.variations)
    assert name_variation(a_flag(variations=alike), "a") == "`red`"


def test_an_experiment_is_told_with_all_that_makes_it_one():
    rollout = a_rollout(
        weights=(
            Weight(variation_id="a", weight=50_000),
            Weight(variation_id="b", weight=50_000, untracked=True),
        ),
        seed=7,
        allocation=Allocation(variation_id="c", can_reshuffle=True),
    )
    assert word_serve(a_flag(), rollout) == (
        "50% `red`, 50% `green` (untracked) by `user key`, seed 7, "
        "as an experiment with `blue` outside of it, may be reshuffled"
    )
