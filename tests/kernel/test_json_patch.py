"""JSON patch and JSON merge patch, applied."""

from copy import deepcopy

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.kernel.errors import InvalidPatch, InvalidRequest, StaleVersion
from flagstaff.kernel.json_bounds import DEEPEST
from flagstaff.kernel.json_patch import Operations, apply_json_patch, apply_merge_patch, refuse_read_only

FLAG = {
    "name": "Checkout",
    "_version": 3,
    "tags": ["a", "b"],
    "variations": [{"value": True}, {"value": False, "name": "off"}],
    "environments": {"test": {"on": False, "version": 1}},
    "a/b": {"m~n": 1},
}


def patched(*operations, document=FLAG, aliases=None):
    return apply_json_patch(document, msgspec.convert(operations, Operations), aliases)


def op(kind, path, **members):
    return {"op": kind, "path": path, **{name.rstrip("_"): value for name, value in members.items()}}


@pytest.mark.parametrize(
    ("operations", "changed"),
    [
        ([], {}),
        ([op("replace", "/name", value="Buy")], {"name": "Buy"}),
        ([op("add", "/description", value="x")], {"description": "x"}),
        ([op("replace", "/description", value="x")], {"description": "x"}),
        ([op("replace", "/name", value=None)], {"name": None}),
        ([op("add", "/tags/0", value="z")], {"tags": ["z", "a", "b"]}),
        ([op("add", "/tags/-", value="z")], {"tags": ["a", "b", "z"]}),
        ([op("add", "/tags/2", value="z")], {"tags": ["a", "b", "z"]}),
        ([op("remove", "/tags/0")], {"tags": ["b"]}),
        ([op("remove", "/tags/0"), op("remove", "/tags/0")], {"tags": []}),
        ([op("replace", "/tags/1", value="z")], {"tags": ["a", "z"]}),
        (
            [op("replace", "/variations/0/name", value="on")],
            {"variations": [{"value": True, "name": "on"}, {"value": False, "name": "off"}]},
        ),
        (
            [op("replace", "/environments/test/contextTargets", value=[])],
            {"environments": {"test": {"on": False, "version": 1, "contextTargets": []}}},
        ),
        ([op("replace", "/a~1b/m~0n", value=2)], {"a/b": {"m~n": 2}}),
        ([op("copy", "/tags/-", from_="/name")], {"tags": ["a", "b", "Checkout"]}),
        ([op("move", "/tags/0", from_="/tags/1")], {"tags": ["b", "a"]}),
        ([op("test", "/_version", value=3), op("replace", "/name", value="Buy")], {"name": "Buy"}),
        ([op("test", "/environments/test/version", value=1.0)], {}),
        ([op("test", "/environments/test", value={"version": 1, "on": False})], {}),
        ([op("add", "/name", value="1"), op("test", "/name", value="1")], {"name": "1"}),
        ([op("add", "/name", value="x", unknown=1)], {"name": "x"}),
    ],
)
def test_operations_are_applied_one_after_another(operations, changed):
    assert patched(*operations) == FLAG | changed


@pytest.mark.parametrize(
    "operation",
    [
        op("remove", "/description"),
        op("remove", "/tags/2"),
        op("remove", "/tags/-"),
        op("remove", ""),
        op("replace", "/tags/2", value="z"),
        op("replace", "/tags/-", value="z"),
        op("replace", "/absent/member", value=1),
        op("replace", "/name/x", value=1),
        op("replace", "", value=[]),
        op("add", "", value="text"),
        op("add", "/tags/3", value="z"),
        op("add", "/tags/01", value="z"),
        op("add", "/tags/-1", value="z"),
        op("add", "/tags/x", value="z"),
        op("add", "/absent/member", value=1),
        op("copy", "/x", from_="/absent"),
        op("copy", "/x", from_="/tags/-"),
        op("move", "/environments/test/x", from_="/environments"),
        op("move", "/x", from_=""),
        op("add", "name", value=1),
        op("add", "/a~2b", value=1),
        op("test", "name", value=1),
        op("add", "/tags/" + "9" * 1_900, value=1),
    ],
)
def test_an_operation_that_is_not_possible_is_an_invalid_patch(operation):
    with pytest.raises(InvalidPatch):
        patched(operation)


def test_the_whole_document_may_be_replaced_by_an_object():
    assert patched(op("replace", "", value={"name": "x"})) == {"name": "x"}
    assert patched(op("copy", "/whole", from_=""))["whole"] == FLAG


@pytest.mark.parametrize(
    "operation",
    [
        op("test", "/_version", value=2),
        op("test", "/absent", value=1),
        op("test", "/tags/9", value=1),
        op("test", "/tags/-", value=1),
        op("test", "/environments/test/version", value=True),
        op("test", "/environments/test/on", value=0),
        op("test", "/name", value="checkout"),
        op("test", "/version", value=3),
    ],
)
def test_a_test_that_fails_is_a_stale_version(operation):
    with pytest.raises(StaleVersion, match=r"at operation `\[1\]`"):
        patched(op("replace", "/name", value="x"), operation)


def test_an_alias_is_another_path_for_a_test_and_for_nothing_else():
    aliases = {"/version": "/_version"}
    assert patched(op("test", "/version", value=3), aliases=aliases) == FLAG
    with pytest.raises(StaleVersion):
        patched(op("test", "/version", value=4), aliases=aliases)
    assert patched(op("replace", "/version", value=9), aliases=aliases)["_version"] == 3


def test_an_error_names_the_operation_by_its_index_and_not_the_document():
    with pytest.raises(InvalidPatch) as caught:
        patched(op("test", "/_version", value=3), op("remove", "/absent"))
    assert caught.value.message == "Cannot remove '/absent' - at operation `[1]`"


def test_neither_the_document_nor_the_patch_is_changed_or_shared():
    document, value = deepcopy(FLAG), {"list": [1]}
    operations = msgspec.convert([op("add", "/x", value=value), op("add", "/x/list/-", value=2)], Operations)
    result = apply_json_patch(document, operations)
    result["tags"].append("c")
    assert (document, value) == (FLAG, {"list": [1]})
    assert result["x"] == {"list": [1, 2]}


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "operations",
    [
        [op("copy", "/x", from_=""), *[op("copy", "/x/x", from_="")] * 40],
        [op("copy", f"/x{number}", from_="") for number in range(40)],
        [op("add", "/text", value="x" * 100_000), *[op("copy", "/t", from_="/text")] * 20],
        [op("add", "/list", value=[0] * 100_000), *[op("move", "/list", from_="/list")] * 20],
    ],
)
def test_copies_and_moves_of_one_patch_are_bounded_in_sum(operations):
    with pytest.raises(InvalidPatch, match=r"copies too much|nest the resource too deep"):
        patched(*operations)


def test_many_small_copies_stay_possible():
    many = [op("copy", "/tags/-", from_="/name")] * 1_000
    assert len(patched(*many)["tags"]) == 1_002


WRAP_A = [op("move", "/b", from_="/a"), op("add", "/a", value={}), op("move", "/a/x", from_="/b")]


@pytest.mark.parametrize(
    "operations",
    [
        [op("add", "/a" * depth, value={}) for depth in range(1, 200)],
        [op("add", "/a", value={}), *[op("copy", "/a/a", from_="/a")] * 100],
        [op("add", "/a", value={}), *WRAP_A * 100],
    ],
)
def test_no_patch_nests_a_document_deeper_than_json_may_be_nested(operations):
    with pytest.raises(InvalidPatch, match="nest the resource too deep"):
        patched(*operations)


def depth_of(value):
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    return 1 + max(map(depth_of, value), default=0) if isinstance(value, list) else 0


PATHS = st.sampled_from(
    ["", "/", "/a", "/a/b", "/a/0", "/a/-", "/l", "/l/0", "/l/1", "/l/-", "/l/0/a", "~", "/l/01"]
)
VALUES = st.sampled_from([None, 1, True, "x", [], [1], {}, {"a": {"b": []}}])
OPERATION = st.one_of(
    st.fixed_dictionaries(
        {"op": st.sampled_from(["add", "replace", "test"]), "path": PATHS, "value": VALUES}
    ),
    st.fixed_dictionaries({"op": st.just("remove"), "path": PATHS}),
    st.fixed_dictionaries({"op": st.sampled_from(["move", "copy"]), "path": PATHS, "from": PATHS}),
)


@given(st.lists(OPERATION, max_size=12))
def test_any_patch_gives_an_object_or_a_documented_error(operations):
    document = {"a": {"b": 1}, "l": [[], {"a": 1}]}
    before = deepcopy(document)
    try:
        result = patched(*operations, document=document)
    except (InvalidPatch, StaleVersion):
        result = {}
    assert isinstance(result, dict)
    assert depth_of(result) <= DEEPEST
    assert document == before


@given(st.binary(max_size=3).map(lambda raw: "/a/" + raw.decode("latin-1")))
def test_a_member_of_any_name_is_added_and_removed(path):
    escaped = "/a/" + path[3:].replace("~", "~0").replace("/", "~1")
    document = {"a": {}}
    assert patched(op("add", escaped, value=1), document=document) == {"a": {path[3:]: 1}}
    assert patched(op("add", escaped, value=1), op("remove", escaped), document=document) == document


def test_the_targets_of_a_large_flag_can_be_copied():
    targets = [f"{number:036}" for number in range(15_000)]
    assert (
        patched(op("copy", "/copied", from_="/targets"), document={"targets": targets})["copied"] == targets
    )


@pytest.mark.parametrize(
    ("document", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_merge_patch_sets_and_removes_members(document, patch, result):
    before = deepcopy((document, patch))
    assert apply_merge_patch(document, patch) == result
    assert (document, patch) == before


SHOWN = {
    "_version": 1,
    "_links": {"self": {"href": "/x"}},
    "name": "x",
    "salt": "s",
    "customProperties": {"_own": 1, "salt": 2},
    "environments": {"a": {"salt": "s", "_site": {}, "on": True}, "b": {"salt": "t", "on": True}},
}
READ_ONLY = ("/environments/*/salt", "/environments/*/_*")


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"_version": 2}, "/_version"),
        ({"_new": 1}, "/_new"),
        ({"_links": {}}, "/_links"),
        ({"salt": "other"}, "/salt"),
        ({"environments": {**SHOWN["environments"], "b": {"salt": "u", "on": True}}}, "/environments/b/salt"),
        ({"environments": {**SHOWN["environments"], "b": {"on": True}}}, "/environments/b/salt"),
        ({"environments": {**SHOWN["environments"], "c": {"salt": "u"}}}, "/environments/c/salt"),
        ({"environments": {**SHOWN["environments"], "b": {"salt": "t", "_x": 1}}}, "/environments/b/_x"),
        ({"environments": None}, "/environments/a/_site"),
    ],
)
def test_a_change_of_what_only_the_server_sets_is_refused_by_its_path(changed, path):
    with pytest.raises(InvalidRequest) as caught:
        refuse_read_only(SHOWN, SHOWN | changed, ["salt"], reversed(READ_ONLY))
    assert caught.value.message == f"'{path}' is read-only"


def test_a_member_that_only_the_server_sets_cannot_be_removed():
    after = {name: value for name, value in SHOWN.items() if name != "_version"}
    with pytest.raises(InvalidRequest, match="'/_version' is read-only"):
        refuse_read_only(SHOWN, after)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"name": "y", "description": "z"},
        {"customProperties": {"_own": 2, "salt": 3}},
        {"environments": {**SHOWN["environments"], "b": {"salt": "t", "on": False}}},
        {"environments": {**SHOWN["environments"], "c": {"on": False}}},
    ],
)
def test_every_other_change_is_let_through(changed):
    refuse_read_only(SHOWN, SHOWN | changed, ["salt"], READ_ONLY)


def test_a_name_is_not_taken_for_a_path():
    with pytest.raises(InvalidRequest, match="'/a/b' is read-only"):
        refuse_read_only({"a": {"b": 1}}, {"a": {"b": 1}, "a/b": 2}, ["a/b"])
    refuse_read_only({"a": {"b": 1}}, {"a": {"b": 2}}, ["a/b"])


def test_what_an_operation_entails_is_settled_before_the_next_one():
    def settle(document, operation):
        document["seen"] = [*document.get("seen", []), operation.path]

    operations = msgspec.convert([op("replace", "/name", value="Buy"), op("remove", "/seen/0")], Operations)
    assert apply_json_patch(FLAG, operations, settle=settle)["seen"] == ["/seen/0"]
