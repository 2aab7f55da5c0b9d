"""Values into JSON."""

from typing import Any

import pytest

from launch_darkly_python_sdk.encoding import dump_json, encode
from launch_darkly_python_sdk.kinds import parse_kind
from launch_darkly_python_sdk.models import FeatureFlag


@pytest.mark.parametrize(
    ("kind", "given", "wire"),
    [
        ("StatementPost", {"not_actions": ["*"]}, {"notActions": ["*"]}),
        ("StatementPost", {"notActions": ["*"]}, {"notActions": ["*"]}),
        ("StatementPost", {"newMember": {"not_actions": 1}}, {"newMember": {"not_actions": 1}}),
        ("StatementPost", {"_newer": 1}, {"_newer": 1}),
        ("[StatementPost]", ({"not_actions": ("*",)},), [{"notActions": ["*"]}]),
        (
            "{CustomProperty}",
            {"a_key": {"name": "x", "value": ["y"]}},
            {"a_key": {"name": "x", "value": ["y"]}},
        ),
        (
            "Variation",
            {"id": "v", "value": {"user_key": {"on_variation": 1}}},
            {"_id": "v", "value": {"user_key": {"on_variation": 1}}},
        ),
        (
            "Instruction",
            {"kind": "addRule", "variation_id": "v", "rollout_weights": {"v_1": 5}},
            {"kind": "addRule", "variationId": "v", "rolloutWeights": {"v_1": 5}},
        ),
        (
            "Instruction",
            {"kind": "addClauses", "clauses": [{"context_kind": "user", "values": [{"a_b": 1}]}]},
            {"kind": "addClauses", "clauses": [{"contextKind": "user", "values": [{"a_b": 1}]}]},
        ),
        (
            "Instruction",
            {"kind": "x", "value": {"rule_id": 1}, "made_up": 2},
            {"kind": "x", "value": {"rule_id": 1}, "made_up": 2},
        ),
        ("{any}", {"first_name": "Ada", "kind": "user"}, {"first_name": "Ada", "kind": "user"}),
        (
            "PatchOperation",
            {"op": "move", "from": "/a", "path": "/b"},
            {"op": "move", "from": "/a", "path": "/b"},
        ),
        ("float", 1, 1),
        ("[StatementPost]", None, None),
        ("StatementPost", {"actions": None}, {"actions": None}),
    ],
)
def test_documented_names_are_translated_where_the_shape_is_known(kind: str, given: Any, wire: Any) -> None:
    assert encode(parse_kind(kind), given, "here") == wire


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("str", 5, "here takes a text, not int"),
        ("int", True, "here takes an integer, not bool"),
        ("int", 1.5, "here takes an integer, not float"),
        ("millis", "now", "here takes an integer, not str"),
        ("float", "1", "here takes a number, not str"),
        ("bool", 1, "here takes True or False, not int"),
        ("[str]", "text", "here takes a list, not str"),
        ("[str]", {"a"}, "here takes a list, not set"),
        ("[str]", ["a", 1], "here[1] takes a text, not int"),
        ("{any}", ["a"], "here takes a dictionary, not list"),
        ("{any}", {1: "a"}, "here: the key 1 is no text"),
        ("StatementPost", "allow", "here takes a dictionary, not str"),
        ("StatementPost", {"actions": "*"}, "here.actions takes a list, not str"),
        ("{CustomProperty}", {"a": {"value": [1]}}, "here['a'].value[0] takes a text, not int"),
        ("StatementPost", {"not_actions": [], "notActions": []}, "here.notActions: given twice"),
        ("StatementPost", {"not_action": []}, "here has no member not_action; do you mean not_actions"),
        ("[StatementPost]", [{"my_own": 1}], "here[0] has no member my_own; there are"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_its_place(kind: str, value: Any, problem: str) -> None:
    with pytest.raises(TypeError) as refused:
        encode(parse_kind(kind), value, "here")
    assert problem in str(refused.value)


def test_parts_of_answers_can_be_sent_back() -> None:
    flag = FeatureFlag({"variations": [{"_id": "v", "value": 1}], "_maintainer": {"firstName": "Ada"}})
    assert encode(parse_kind("[Variation]"), flag.variations, "here") == [{"_id": "v", "value": 1}]
    assert dump_json({"value": flag.maintainer}) == b'{"value":{"firstName":"Ada"}}'


def test_json_is_utf8_without_spaces() -> None:
    assert dump_json({"name": "Grün", "n": [1, 2]}) == '{"name":"Grün","n":[1,2]}'.encode()


@pytest.mark.parametrize(
    ("value", "error"),
    [(float("nan"), ValueError), (float("inf"), ValueError), ("\ud800", ValueError), (object(), TypeError)],
)
def test_what_json_cannot_hold_is_refused(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        dump_json({"value": value})
