"""Media types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.kernel.media import MediaType, parse_media_type


@pytest.mark.parametrize(
    ("header", "essence", "parameters"),
    [
        ("", "", {}),
        ("  ", "", {}),
        ("application/json", "application/json", {}),
        (" Application/JSON ; Charset=UTF-8", "application/json", {"charset": "UTF-8"}),
        ('multipart/form-data; boundary="a;b\\"c"', "multipart/form-data", {"boundary": 'a;b"c'}),
        ("application/json;a=1;;b;c=2;=3;a=4", "application/json", {"a": "1", "c": "2"}),
        ('application/json; a=""; b="x', "application/json", {"a": ""}),
        ("application/json charset=utf-8", "application/json charset=utf-8", {}),
        ("text", "text", {}),
        ("application/json-patch+json", "application/json-patch+json", {}),
    ],
)
def test_a_header_is_read_into_essence_and_parameters(header, essence, parameters):
    assert parse_media_type(header) == MediaType(essence, parameters)


@pytest.mark.parametrize(
    ("header", "semantic"),
    [
        ("application/json; domain-model=launchdarkly.semanticpatch", True),
        ("application/json;domain-model=launchdarkly.semanticpatch", True),
        ("application/json ;  Domain-Model = launchdarkly.semanticpatch ; charset=utf-8", True),
        ('application/json; charset=utf-8; DOMAIN-MODEL="launchdarkly.semanticpatch"', True),
        ("application/json; domain-model=LaunchDarkly.SemanticPatch", True),
        ("application/json; domain-model=launchdarkly.semanticpatch2", False),
        ("application/json; x-domain-model=launchdarkly.semanticpatch", False),
        ('application/json; a="; domain-model=launchdarkly.semanticpatch"', False),
        ("application/json", False),
    ],
)
def test_a_semantic_patch_is_told_by_its_parameter(header, semantic):
    assert parse_media_type(header).is_semantic_patch is semantic


@pytest.mark.timeout(5)
@given(st.text(alphabet='a/;="\\ ', max_size=100), st.integers(1, 20_000))
def test_any_header_is_read_at_little_cost(text, times):
    assert isinstance(parse_media_type("a/b" + text * times).essence, str)
