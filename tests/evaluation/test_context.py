import json
from typing import Any

import pytest

from flagstaff.evaluation.context import InvalidContext, parse_context


@pytest.mark.parametrize(
    ("context", "kinds"),
    [
        (
            {"kind": "user", "key": "u", "name": "Ann", "anonymous": True, "a": [1]},
            {"user": {"kind": "user", "key": "u", "name": "Ann", "anonymous": True, "a": [1]}},
        ),
        (
            {
                "kind": "org.Unit_1-x",
                "key": "o",
                "name": None,
                "_meta": {"privateAttributes": ["a"], "other": 1},
            },
            {"org.Unit_1-x": {"kind": "org.Unit_1-x", "key": "o", "name": None, "anonymous": False}},
        ),
        (
            {"kind": "multi", "user": {"key": "u", "_meta": None}, "org": {"key": "o", "anonymous": True}},
            {
                "user": {"kind": "user", "key": "u", "anonymous": False},
                "org": {"kind": "org", "key": "o", "anonymous": True},
            },
        ),
        (
            {"kind": "multi", "user": {"kind": "device", "key": "d"}},
            {"device": {"kind": "device", "key": "d", "anonymous": False}},
        ),
        (
            {"kind": "user", "key": "u", "": 1, "custom": {"x": 1}, "secondary": "s"},
            {"user": {"kind": "user", "key": "u", "anonymous": False, "custom": {"x": 1}, "secondary": "s"}},
        ),
    ],
)
def test_contexts_are_laid_out_by_kind(context: Any, kinds: Any) -> None:
    assert parse_context(context).kinds == kinds
    assert parse_context(json.dumps(context)).kinds == kinds
    assert parse_context(json.dumps(context).encode()).kinds == kinds


@pytest.mark.parametrize(
    ("user", "attributes"),
    [
        ({"key": ""}, {"key": ""}),
        ({"key": "u", "anonymous": None, "custom": None, "privateAttributeNames": None}, {"key": "u"}),
        ({"key": "u", "anonymous": True}, {"key": "u", "anonymous": True}),
        (
            {"key": "u", "email": "e", "ip": "1", "unknown": 1, "secondary": "s", "lastName": None},
            {"key": "u", "email": "e", "ip": "1"},
        ),
        (
            {"key": "u", "name": "Ann", "custom": {"email": "c", "name": "Bob", "a": {"b": 1}}, "email": "e"},
            {"key": "u", "name": "Ann", "email": "e", "a": {"b": 1}},
        ),
        (
            {"key": "u", "custom": {"key": "c", "kind": "c", "anonymous": 3, "_meta": 1, "": 1, "email": 5}},
            {"key": "u", "email": 5},
        ),
    ],
)
def test_users_of_the_old_schema_are_flattened(user: Any, attributes: dict[str, Any]) -> None:
    assert parse_context(user).kinds == {"user": {"kind": "user", "anonymous": False} | attributes}


@pytest.mark.parametrize(
    "context",
    [
        None,
        [],
        "",
        "{",
        "null",
        '"text"',
        b"\xff",
        5,
        {},
        {"kind": "user"},
        {"kind": "user", "key": ""},
        {"kind": "user", "key": None},
        {"kind": "user", "key": 5},
        {"kind": "user", "key": 5.0},
        {"kind": "", "key": "k"},
        {"kind": None, "key": "k"},
        {"kind": 5, "key": "k"},
        {"kind": 10**5000, "key": "k"},
        {"kind": "multi", 10**5000: {"key": "k"}},
        {"kind": "multi", 10**5000: 5},
        {"kind": ["user"], "key": "k"},
        {"kind": "kind", "key": "k"},
        {"kind": "multi"},
        {"kind": "multi", "key": "k"},
        {"kind": "multi", "user": None},
        {"kind": "multi", "user": {"key": ""}},
        {"kind": "multi", "multi": {"key": "k"}},
        {"kind": "multi", "kind ": {"key": "k"}},
        {"kind": "multi", "user": {"key": "u"}, "org": {"kind": "user", "key": "o"}},
        {"kind": "ürg", "key": "k"},
        {"kind": "user\n", "key": "k"},
        {"kind": "a b", "key": "k"},
        {"kind": "user", "key": "k", "name": 5},
        {"kind": "user", "key": "k", "anonymous": None},
        {"kind": "user", "key": "k", "anonymous": "yes"},
        {"kind": "user", "key": "k", "_meta": []},
        {"kind": "user", "key": "k", "_meta": {"privateAttributes": "a"}},
        {"kind": "user", "key": "k", "_meta": {"privateAttributes": [5]}},
        {"key": None},
        {"key": 3},
        {"name": "Ann"},
        {"key": "k", "name": 3},
        {"key": "k", "email": ["e"]},
        {"key": "k", "anonymous": "yes"},
        {"key": "k", "anonymous": 0},
        {"key": "k", "custom": []},
        {"key": "k", "custom": ""},
        {"key": "k", "privateAttributeNames": [1]},
    ],
)
def test_invalid_contexts_are_refused(context: Any) -> None:
    with pytest.raises(InvalidContext):
        parse_context(context)


def test_text_nested_too_deeply_is_an_invalid_context() -> None:
    with pytest.raises(InvalidContext):
        parse_context('{"kind":"user","key":"k","a":' + "[" * 100_000)


def test_a_parsed_context_stays_as_it_is() -> None:
    context = parse_context({"kind": "user", "key": "u"})
    assert parse_context(context) is context


def test_parsing_leaves_the_json_alone() -> None:
    source = {"kind": "user", "key": "u", "_meta": {}}
    parse_context(source)
    assert source == {"kind": "user", "key": "u", "_meta": {}}


@pytest.mark.parametrize(
    ("context", "key"),
    [
        ({"kind": "user", "key": "a:b%"}, "a:b%"),
        ({"key": "u"}, "u"),
        ({"kind": "org", "key": "a:b%c"}, "org:a%3Ab%25c"),
        ({"kind": "multi", "user": {"key": "u:1"}}, "u:1"),
        ({"kind": "multi", "user": {"key": "u:1"}, "org": {"key": "o%"}}, "org:o%25:user:u%3A1"),
    ],
)
def test_the_fully_qualified_key_names_all_kinds_in_order(context: Any, key: str) -> None:
    assert parse_context(context).fully_qualified_key == key


@pytest.mark.parametrize(
    ("context", "lone"),
    [
        ({"key": ""}, True),
        ({"kind": "multi", "user": {"key": "u"}}, True),
        ({"kind": "org", "key": "u"}, False),
        ({"kind": "multi", "user": {"key": "u"}, "org": {"key": "o"}}, False),
    ],
)
def test_a_lone_user_is_known_as_such(context: Any, lone: bool) -> None:
    assert parse_context(context).is_lone_user is lone
