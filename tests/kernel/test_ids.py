"""Identifiers, keys and tags."""

import re
from uuid import UUID

import pytest

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import MOST_TAGS, Ids, check_key, check_name, check_tags
from tests.support.ids import counting_ids


def test_ids_are_drawn_from_the_source_that_was_handed_in():
    asked = []
    ids = Ids(lambda size: asked.append(size) or bytes(range(size)))
    assert ids.object_id() == "000102030405060708090a0b"
    assert ids.salt() == "000102030405060708090a0b0c0d0e0f"
    assert ids.uuid() == "00010203-0405-4607-8809-0a0b0c0d0e0f"
    assert asked == [12, 16, 16]


@pytest.mark.parametrize(
    ("draw", "form"),
    [
        (Ids.object_id, r"[0-9a-f]{24}"),
        (Ids.uuid, r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
        (Ids.salt, r"[0-9a-f]{32}"),
        (lambda ids: ids.long_secret("oauth"), r"oauth-[0-9a-f]{64}"),
        (lambda ids: ids.secret("api"), r"api-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    ],
)
def test_an_id_has_its_form_and_is_new_each_time(draw, form):
    ids = counting_ids()
    drawn = [draw(ids) for _ in range(3)]
    assert all(re.fullmatch(form, one) for one in drawn)
    assert len(set(drawn)) == 3


def test_a_uuid_is_marked_as_random():
    assert UUID(Ids(lambda size: b"\xff" * size).uuid()).version == 4


@pytest.mark.parametrize("key", ["a", "0", "A.b_c-d", "a" * 256, "search"])
def test_a_key_of_the_documented_form_is_returned(key):
    assert check_key(key, "flag") == key


@pytest.mark.parametrize("key", ["", ".a", "-a", "_a", "a b", "a/b", "ä", "a\n", "a%", "a:b", "a\u0660"])
def test_a_key_of_another_form_is_refused(key):
    with pytest.raises(InvalidRequest, match=r"^flag key .* must start with a letter or digit"):
        check_key(key, "flag")


def test_a_key_has_a_greatest_length():
    assert check_key("a" * 20, "project", longest=20) == "a" * 20
    with pytest.raises(InvalidRequest, match="project key is longer than 20 characters"):
        check_key("a" * 21, "project", longest=20)
    with pytest.raises(InvalidRequest, match="longer than 256 characters"):
        check_key("a" * 257, "flag")


@pytest.mark.parametrize(
    ("tags", "checked"),
    [([], ()), (["b", "a", "b"], ("a", "b")), (("B", "a"), ("B", "a")), (["-", "x" * 64], ("-", "x" * 64))],
)
def test_tags_are_a_set_in_order(tags, checked):
    assert check_tags(tags) == checked


@pytest.mark.parametrize("tag", ["", "a b", "a,b", "ä", "x" * 65, "a\n"])
def test_a_malformed_tag_is_refused(tag):
    with pytest.raises(InvalidRequest, match="must be 1 to 64 characters"):
        check_tags(["fine", tag])


def test_tags_are_bounded():
    tags = [f"t{number:03}" for number in range(MOST_TAGS)]
    assert check_tags([*tags, *tags]) == tuple(tags)
    with pytest.raises(InvalidRequest, match="201 tags are more than the 200 that a resource may have"):
        check_tags([*tags, "one-more"])


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "a flag must not be empty"), (" ", "empty"), ("x" * 257, "a flag must not be longer than 256")],
)
def test_a_name_that_cannot_be_shown_is_refused(name, reason):
    with pytest.raises(InvalidRequest, match=reason):
        check_name(name, "flag")


def test_any_other_name_is_taken_as_it_is():
    assert check_name(" Straße 7 ", "flag") == " Straße 7 "
