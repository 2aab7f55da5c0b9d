import pytest

from flagstaff.features.contexts.kinds.model import (
    LONGEST_DESCRIPTION,
    check_context_kind,
    check_kind_description,
)
from flagstaff.kernel.errors import InvalidRequest


@pytest.mark.parametrize("kind", ["user", "a.b_c-D9", "-", "x" * 256])
def test_a_kind_is_of_letters_digits_and_a_few_marks(kind):
    assert check_context_kind(kind) == kind


@pytest.mark.parametrize("kind", ["", "kind", "multi", "a b", "a/b", "ä", "x" * 257])
def test_a_kind_that_no_context_can_have_is_refused(kind):
    with pytest.raises(InvalidRequest, match="context kind"):
        check_context_kind(kind)


def test_a_description_is_bounded():
    assert check_kind_description("x" * LONGEST_DESCRIPTION)
    with pytest.raises(InvalidRequest, match=r"\$\.description"):
        check_kind_description("x" * (LONGEST_DESCRIPTION + 1))
