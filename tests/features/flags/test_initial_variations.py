import msgspec
import pytest

from flagstaff.features.flags.initial_variations import initial_defaults, initial_variations, settings_of
from flagstaff.features.flags.model import Variation
from flagstaff.features.flags.schemas import FlagBody
from flagstaff.features.projects.model import BooleanDefaults
from tests.support.ids import counting_ids, nth_uuid


def a_body(**members):
    return msgspec.convert({"name": "Pay", "key": "pay"} | members, FlagBody)


def test_an_ordinary_flag_has_no_migration_settings():
    assert settings_of(a_body()) is None


def test_without_variations_there_are_true_and_false_named_as_the_project_likes():
    booleans = BooleanDefaults(true_display_name="On", true_description="t", false_display_name="Off")
    assert initial_variations(a_body(), booleans, counting_ids()) == (
        Variation(id=nth_uuid(1), value=True, name="On", description="t"),
        Variation(id=nth_uuid(2), value=False, name="Off"),
    )


@pytest.mark.parametrize(("count", "off"), [(2, 1), (5, 4)])
def test_the_first_variation_serves_on_and_the_last_off(count, off):
    body = a_body(variations=[{"value": number} for number in range(count)])
    variations = initial_variations(body, BooleanDefaults(), counting_ids())
    defaults = initial_defaults(body, variations, BooleanDefaults(on_variation=1, off_variation=0))
    assert (defaults.on_variation_id, defaults.off_variation_id) == (variations[0].id, variations[off].id)
