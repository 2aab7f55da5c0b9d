import pytest

from flagstaff.features.targeting.names import IdClaims, check_attribute, check_context_keys
from flagstaff.kernel.errors import InvalidRequest
from tests.support.ids import counting_ids, nth_uuid


@pytest.mark.parametrize("reference", ["email", "/address/city", "a/b", "/a~1b/~0", "~x", "ключ", "kind"])
def test_an_attribute_is_a_name_or_a_path(reference):
    assert check_attribute(reference) == reference


@pytest.mark.parametrize("reference", ["", "/", "//a", "/a/", "/a~", "/a~2", "///"])
def test_a_malformed_attribute_reference_is_refused(reference):
    with pytest.raises(InvalidRequest, match="attribute reference"):
        check_attribute(reference)


def test_context_keys_are_kept_once_and_in_order():
    assert check_context_keys(["b", "a", "b"]) == ("b", "a")


def test_an_empty_context_key_is_refused():
    with pytest.raises(InvalidRequest, match="must not be empty"):
        check_context_keys(["a", ""])


@pytest.mark.parametrize(
    ("sent", "taken", "known", "claimed"),
    [
        (nth_uuid(7), set(), (), nth_uuid(7)),
        (nth_uuid(7), {nth_uuid(7)}, (), nth_uuid(1)),
        ("", set(), (), nth_uuid(1)),
        ("not a uuid", set(), (), nth_uuid(1)),
        ("known", set(), ("known",), "known"),
        ("known", {"known"}, ("known",), nth_uuid(1)),
    ],
)
def test_an_element_keeps_an_id_that_is_free_and_else_gets_a_new_one(sent, taken, known, claimed):
    assert IdClaims(counting_ids(), taken, known).claim(sent) == claimed
    assert claimed in taken
