import pytest

from flagstaff.features.flags.model import Prerequisite
from flagstaff.features.flags.prerequisites import check_prerequisites, resolve_prerequisites
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_flag, a_targeting


def needs(*keys):
    return a_targeting(
        prerequisites=tuple(Prerequisite(key=key, variation_id="a", variation=0) for key in keys)
    )


FLAGS = {
    "login": (a_flag("login"), a_targeting()),
    "cart": (a_flag("cart"), needs("login")),
    "loop": (a_flag("loop"), needs("cart", "checkout")),
    "far": (a_flag("far"), needs("loop")),
    "old": (a_flag("old", archived=True), a_targeting()),
    "ring": (a_flag("ring"), needs("ring")),
}


def resolve(*prerequisites):
    targeting = a_targeting(prerequisites=prerequisites)
    return resolve_prerequisites("checkout", targeting, FLAGS.get).prerequisites


@pytest.mark.parametrize(
    ("given", "resolved"),
    [
        (
            Prerequisite(key="login", variation_id="b"),
            Prerequisite(key="login", variation_id="b", variation=1),
        ),
        (Prerequisite(key="cart", variation=2), Prerequisite(key="cart", variation_id="c", variation=2)),
        (
            Prerequisite(key="login", variation_id="b", variation=0),
            Prerequisite(key="login", variation_id="b", variation=1),
        ),
        (
            Prerequisite(key="gone", variation_id="b", variation=0),
            Prerequisite(key="gone", variation_id="b", variation=0),
        ),
        (
            Prerequisite(key="old", variation_id="gone", variation=7),
            Prerequisite(key="old", variation_id="gone", variation=7),
        ),
    ],
)
def test_the_id_leads_to_the_index_and_else_the_index_to_the_id(given, resolved):
    assert resolve(given) == (resolved,)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (Prerequisite(key="checkout", variation=0), "cannot be a prerequisite of itself"),
        (Prerequisite(key="nowhere", variation=0), "prerequisites: unknown flag 'nowhere'"),
        (Prerequisite(key="old", variation=0), "the flag 'old' is archived"),
        (Prerequisite(key="login", variation_id="x"), "the flag 'login' has no variation 'x'"),
        (Prerequisite(key="login", variation=3), "the flag 'login' has no variation 3"),
        (Prerequisite(key="login", variation=-1), "the flag 'login' has no variation -1"),
        (Prerequisite(key="loop", variation=0), "cycle, checkout -> loop -> checkout"),
        (Prerequisite(key="far", variation=0), "cycle, checkout -> far -> loop -> checkout"),
    ],
)
def test_a_prerequisite_that_cannot_be_met_is_refused(given, error):
    with pytest.raises(InvalidRequest, match=error):
        resolve(given)


def test_a_circle_of_other_flags_does_not_catch_the_search():
    assert resolve(Prerequisite(key="ring", variation=0))[0].variation_id == "a"


def test_what_is_resolved_already_is_the_same_object():
    targeting = needs("login")
    assert resolve_prerequisites("checkout", targeting, FLAGS.get) is targeting


def test_an_old_cycle_is_no_reason_to_refuse_another_change():
    targeting = needs("loop")
    assert resolve_prerequisites("checkout", targeting, FLAGS.get) is targeting


def test_a_flag_is_named_once():
    with pytest.raises(InvalidRequest, match="'a' is named more than once"):
        check_prerequisites([Prerequisite(key="a"), Prerequisite(key="a")])
