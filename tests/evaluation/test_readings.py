from typing import Any

import pytest

from flagstaff.evaluation.context import Context, parse_context
from flagstaff.evaluation.readings import Reading, read
from flagstaff.evaluation.values import as_number, as_text


def a_context() -> Context:
    return parse_context(
        {
            "kind": "multi",
            "user": {"key": "u", "text": "a", "list": ["a", 1, None, "b"], "deep": {"er": [2]}, "null": None},
            "org": {"key": "o"},
        }
    )


@pytest.mark.parametrize(
    ("kind", "path", "values"),
    [
        ("user", ("key",), ("u",)),
        ("org", ("key",), ("o",)),
        ("user", ("text",), ("a",)),
        ("user", ("list",), ("a", "b")),
        ("user", ("deep",), ()),
        ("user", ("deep", "er"), ()),
        ("user", ("null",), None),
        ("user", ("absent",), None),
        ("user", ("text", "x"), None),
        ("device", ("key",), None),
        (None, (), ("user", "org")),
    ],
)
def test_values_that_have_the_type_are_read(kind: str | None, path: tuple[str, ...], values: Any) -> None:
    reading = Reading(kind, path, as_text)
    context = a_context()
    assert read(reading, context) == values
    assert read(reading, context) == values


def test_an_array_can_be_read_as_one_value() -> None:
    assert read(Reading("user", ("list",), as_text, each=False), a_context()) == ()
    assert read(Reading("user", ("text",), as_text, each=False), a_context()) == ("a",)


def test_readings_do_not_take_each_other_for_the_same() -> None:
    context = a_context()
    readings = [
        Reading("user", ("list",), as_text),
        Reading("user", ("list",), as_number),
        Reading("user", ("list",), as_text, each=False),
        Reading("org", ("list",), as_text),
        Reading("user", ("li", "st"), as_text),
        Reading(None, ("list",), as_text),
        Reading("user', ('list',", ("x",), as_text),
    ]
    assert len({reading.name for reading in readings}) == len(readings)
    assert [read(reading, context) for reading in readings[:4]] == [("a", "b"), (1.0,), (), None]
