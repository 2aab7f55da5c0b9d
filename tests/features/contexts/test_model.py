import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.features.contexts.model import (
    Position,
    instance_id,
    keys_of_instance,
    read_token,
    show_body,
    write_token,
)
from flagstaff.kernel.errors import InvalidRequest


def test_the_id_of_an_instance_is_the_one_that_is_documented():
    assert instance_id({"org": "launchdarkly"}) == "b3JnOmxhdW5jaGRhcmtseQ"


@given(st.dictionaries(st.from_regex(r"[a-z.]{1,5}", fullmatch=True), st.text(), min_size=1, max_size=4))
def test_an_instance_tells_the_keys_that_its_id_was_made_of(keys):
    assert keys_of_instance(instance_id(keys)) == keys


@pytest.mark.parametrize("text", ["nonsense", "*", "dXNlcg", "é", "A" * 5_000, "_____w"])
def test_another_text_is_no_instance(text):
    assert keys_of_instance(text) == {}


def test_a_token_leads_back_to_its_position():
    position = Position(1_700_000_000_000, 17)
    assert read_token(write_token(position)) == position
    assert read_token("") is None


@pytest.mark.parametrize("token", ["x", "W10", "WzEsImEiXQ", "A" * 5_000])
def test_another_token_is_refused(token):
    with pytest.raises(InvalidRequest, match="continuationToken"):
        read_token(token)


def test_what_was_held_back_stands_beside_what_was_sent():
    assert bytes(show_body('{"key":"a"}', ())) == b'{"key":"a"}'
    assert bytes(show_body('{"key":"a"}', ("/b",))) == b'{"key":"a","_meta":{"redactedAttributes":["/b"]}}'
