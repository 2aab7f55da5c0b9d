"""Contexts as OpenFeature clients send them."""

import json
from typing import Any

import pytest

from flagstaff.delivery.ofrep_contexts import Refused, read_ofrep_context


def read(context: Any) -> Any:
    return read_ofrep_context(json.dumps({"context": context}).encode())


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"targetingKey": "ada"}, "ada"),
        ({"key": "ada"}, "ada"),
        ({"targetingKey": "ada", "key": "bob"}, "ada"),
        ({"targetingKey": "", "key": "ada"}, "ada"),
        ({"targetingKey": "acme", "kind": "org"}, "org:acme"),
        ({"kind": "multi", "user": {"targetingKey": "ada"}, "org": {"key": "acme"}}, "org:acme:user:ada"),
        ({"kind": "multi", "user": {"key": "ada", "kind": "x"}, "note": "y"}, "ada"),
    ],
)
def test_the_targeting_key_is_the_key(given: Any, key: str) -> None:
    assert read(given).fully_qualified_key == key


def test_all_other_members_are_attributes() -> None:
    context = read({"targetingKey": "ada", "plan": "pro", "privateAttributes": ["plan"], "address": {"a": 1}})
    assert context.kinds["user"] == {
        "kind": "user",
        "key": "ada",
        "plan": "pro",
        "address": {"a": 1},
        "anonymous": False,
    }


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "PARSE_ERROR"),
        (b"{", "PARSE_ERROR"),
        (b"[]", "PARSE_ERROR"),
        (b'"\xff"', "PARSE_ERROR"),
        (b"[" * 100_000, "PARSE_ERROR"),
        (b"{}", "TARGETING_KEY_MISSING"),
        (b'{"context":{}}', "TARGETING_KEY_MISSING"),
        (b'{"context":{"targetingKey":null}}', "TARGETING_KEY_MISSING"),
        (b'{"context":{"kind":"multi","user":{}}}', "TARGETING_KEY_MISSING"),
        (b'{"context":null}', "INVALID_CONTEXT"),
        (b'{"context":{"targetingKey":7}}', "INVALID_CONTEXT"),
        (b'{"context":{"targetingKey":"a","kind":"a b"}}', "INVALID_CONTEXT"),
        (b'{"context":{"targetingKey":"a","anonymous":"yes"}}', "INVALID_CONTEXT"),
        (b'{"context":{"kind":"multi"}}', "INVALID_CONTEXT"),
    ],
)
def test_what_is_no_context_is_refused_in_words_of_openfeature(body: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_ofrep_context(body)
    assert refused.value.code == code
    assert refused.value.details
