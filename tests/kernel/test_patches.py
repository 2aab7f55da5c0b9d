"""Which format a PATCH body has."""

import msgspec
import pytest

from flagstaff.kernel.errors import InvalidPatch, InvalidRequest
from flagstaff.kernel.json_patch import Operations
from flagstaff.kernel.patches import (
    MOST_INSTRUCTIONS,
    JsonPatch,
    MergePatch,
    PatchFormat,
    SemanticPatch,
    parse_patch,
)

ALL = frozenset(PatchFormat)
PLAIN = ALL - {PatchFormat.SEMANTIC}
WIRE = [{"op": "replace", "path": "/name", "value": None}, {"op": "copy", "path": "/a", "from": "/b"}]
OPERATIONS = msgspec.convert(WIRE, Operations)
TURN_ON = {"kind": "turnFlagOn"}


@pytest.mark.parametrize(
    ("body", "semantic", "allowed", "patch"),
    [
        (WIRE, False, ALL, JsonPatch(OPERATIONS)),
        ([], False, ALL, JsonPatch(())),
        ({"patch": WIRE, "comment": "why"}, False, ALL, JsonPatch(OPERATIONS, "why")),
        ({"patch": WIRE, "comment": None}, False, ALL, JsonPatch(OPERATIONS)),
        ({"merge": {"name": "x"}, "comment": "why"}, False, ALL, MergePatch({"name": "x"}, "why")),
        ({"name": "x", "comment": "why"}, False, ALL, MergePatch({"name": "x", "comment": "why"})),
        ({}, False, ALL, MergePatch({})),
        ({"instructions": "of an assistant"}, False, PLAIN, MergePatch({"instructions": "of an assistant"})),
        ({"instructions": [TURN_ON]}, True, ALL, SemanticPatch((TURN_ON,))),
        (
            {"instructions": [TURN_ON], "environmentKey": "test", "comment": "why"},
            True,
            {PatchFormat.SEMANTIC},
            SemanticPatch((TURN_ON,), "test", "why"),
        ),
        (
            {"instructions": [TURN_ON], "environmentKey": None},
            True,
            ALL,
            SemanticPatch((TURN_ON,)),
        ),
    ],
)
def test_a_body_is_read_in_its_format(body, semantic, allowed, patch):
    assert parse_patch(body, semantic=semantic, allowed=allowed) == patch


@pytest.mark.parametrize(
    ("body", "semantic", "allowed", "message"),
    [
        (
            {"instructions": [TURN_ON]},
            False,
            ALL,
            "application/json; domain-model=launchdarkly.semanticpatch",
        ),
        ({"instructions": []}, False, {PatchFormat.SEMANTIC}, "domain-model=launchdarkly.semanticpatch"),
        (WIRE, True, ALL, "The body is a JSON patch, but its media type has domain-model"),
        ({"instructions": []}, True, ALL, "`array` of length >= 1 - at `$.instructions`"),
        ({}, True, ALL, "missing required field `instructions`"),
        (None, True, ALL, "Expected `object`"),
        ({"instructions": TURN_ON}, True, ALL, "Expected `array`, got `object` - at `$.instructions`"),
        ({"instructions": [TURN_ON, "x"]}, True, ALL, "at `$.instructions[1]`"),
        (
            {"instructions": [TURN_ON, {}]},
            True,
            ALL,
            "every instruction needs a kind - at `$.instructions[1]`",
        ),
        (
            {"instructions": [{"kind": 1}]},
            True,
            ALL,
            "every instruction needs a kind - at `$.instructions[0]`",
        ),
        ({"instructions": [TURN_ON] * (MOST_INSTRUCTIONS + 1)}, True, ALL, "at `$.instructions`"),
        ({"instructions": [TURN_ON], "comment": 1}, True, ALL, "at `$.comment`"),
        ({"instructions": [TURN_ON], "environmentKey": 1}, True, ALL, "at `$.environmentKey`"),
        ({"patch": WIRE, "comment": ["x"]}, False, ALL, "at `$.comment`"),
        ({"instructions": [TURN_ON], "environmentkey": "test"}, True, ALL, "unknown field `environmentkey`"),
        ({"patch": WIRE, "instructions": []}, False, {PatchFormat.JSON}, "unknown field `instructions`"),
        ({"merge": {}, "remark": "x"}, False, ALL, "unknown field `remark`"),
        ({"patch": {}}, False, ALL, "Expected `array`, got `object` - at `$.patch`"),
        ({"merge": []}, False, ALL, "Expected `object`, got `array` - at `$.merge`"),
        ({"merge": {}, "comment": 1}, False, ALL, "at `$.comment`"),
        ("text", False, ALL, "A patch must be an array or an object"),
        (None, False, ALL, "A patch must be an array or an object"),
        ([WIRE[0], "x"], False, ALL, "at `$[1]`"),
        ([WIRE[0], {"path": "/a"}], False, ALL, "missing required field `op` - at `$[1]`"),
        ([WIRE[0], {"op": "Add", "path": "/a"}], False, ALL, "Invalid value 'Add' - at `$[1].op`"),
        ([{"op": "add", "value": 1}], False, ALL, "missing required field `path` - at `$[0]`"),
        ([{"op": "add", "path": "/a"}], False, ALL, "missing required field `value` - at `$[0]`"),
        ([{"op": "move", "path": "/a"}], False, ALL, "missing required field `from` - at `$[0]`"),
        ([{"op": "remove", "path": 5}], False, ALL, "Expected `str`, got `int` - at `$[0].path`"),
        ([{"op": "remove", "path": "/" * 2_001}], False, ALL, "at `$[0].path`"),
        ({"patch": [{"op": "x", "path": "/a"}]}, False, ALL, "at `$.patch[0].op`"),
        ([{"op": "remove", "path": "/a"}] * 2_001, False, ALL, "length <= 2000"),
        (WIRE, False, {PatchFormat.SEMANTIC}, "is a JSON patch, but this resource takes a semantic patch"),
        ({"a": 1}, False, {PatchFormat.JSON}, "is a JSON merge patch, but this resource takes a JSON patch"),
        ({"instructions": [TURN_ON]}, True, PLAIN, "takes a JSON patch or a JSON merge patch"),
    ],
)
def test_a_body_in_no_format_that_is_allowed_is_refused(body, semantic, allowed, message):
    with pytest.raises(InvalidRequest) as caught:
        parse_patch(body, semantic=semantic, allowed=allowed)
    assert message in caught.value.message
    assert not isinstance(caught.value, InvalidPatch)
