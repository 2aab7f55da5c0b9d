"""Which format a PATCH body has, and what no patch may change."""

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
    refuse_read_only,
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
            {"instructions": [TURN_ON], "environmentKey": None, "more": 1},
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


FLAG = {
    "_version": 1,
    "_links": {"self": {"href": "/x"}},
    "name": "x",
    "salt": "s",
    "customProperties": {"_own": 1, "salt": 2},
    "environments": {"a": {"salt": "s", "_site": {}, "on": True}, "b": {"salt": "t", "on": True}},
}
PATHS = ("/environments/*/salt", "/environments/*/_*")


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"_version": 2}, "/_version"),
        ({"_new": 1}, "/_new"),
        ({"_links": {}}, "/_links"),
        ({"salt": "other"}, "/salt"),
        ({"environments": {**FLAG["environments"], "b": {"salt": "u", "on": True}}}, "/environments/b/salt"),
        ({"environments": {**FLAG["environments"], "b": {"on": True}}}, "/environments/b/salt"),
        ({"environments": {**FLAG["environments"], "c": {"salt": "u"}}}, "/environments/c/salt"),
        ({"environments": {**FLAG["environments"], "b": {"salt": "t", "_x": 1}}}, "/environments/b/_x"),
        ({"environments": None}, "/environments/a/_site"),
    ],
)
def test_a_change_of_what_only_the_server_sets_is_refused_by_its_path(changed, path):
    with pytest.raises(InvalidRequest) as caught:
        refuse_read_only(FLAG, FLAG | changed, ["salt"], reversed(PATHS))
    assert caught.value.message == f"'{path}' is read-only"


def test_a_member_that_only_the_server_sets_cannot_be_removed():
    after = {name: value for name, value in FLAG.items() if name != "_version"}
    with pytest.raises(InvalidRequest, match="'/_version' is read-only"):
        refuse_read_only(FLAG, after)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"name": "y", "description": "z"},
        {"customProperties": {"_own": 2, "salt": 3}},
        {"environments": {**FLAG["environments"], "b": {"salt": "t", "on": False}}},
        {"environments": {**FLAG["environments"], "c": {"on": False}}},
    ],
)
def test_every_other_change_is_let_through(changed):
    refuse_read_only(FLAG, FLAG | changed, ["salt"], PATHS)


def test_a_name_is_not_taken_for_a_path():
    with pytest.raises(InvalidRequest, match="'/a/b' is read-only"):
        refuse_read_only({"a": {"b": 1}}, {"a": {"b": 1}, "a/b": 2}, ["a/b"])
    refuse_read_only({"a": {"b": 1}}, {"a": {"b": 2}}, ["a/b"])
