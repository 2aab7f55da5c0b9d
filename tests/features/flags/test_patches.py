import pytest
from msgspec.structs import replace

from flagstaff.features.flags.model import CustomProperty, Defaults, Variation
from flagstaff.features.flags.patches import show_document
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import InvalidPatch, InvalidRequest, StaleVersion
from tests.support.flags import (
    a_boolean_flag,
    a_flag,
    a_migration_flag,
    a_rollout,
    a_rule,
    a_state,
    a_target,
    a_targeting,
)
from tests.support.ids import nth_uuid
from tests.support.patches import FULL, TEST, VIEW, merge, op, patch

A, B, C = a_flag().variations
E = TEST
RULE = {"clauses": [{"attribute": "country", "op": "in", "values": ["SE", "NO"]}], "variation": 0}

TESTED = [
    op("test", "/version", 3),
    op("test", "/_version", 3),
    op("test", f"{E}/version", 5),
    op("test", "/name", "Checkout"),
    op("test", f"{E}/rules/0/_id", "1"),
    op("test", f"{E}/_environmentName", "test"),
]


@pytest.mark.parametrize("expectation", TESTED)
def test_a_patch_may_be_bound_to_what_is_there(expectation):
    assert patch(FULL, expectation, op("replace", "/name", "Pay")).flag.name == "Pay"


@pytest.mark.parametrize(
    "expectation",
    [
        op("test", "/version", 2),
        op("test", f"{E}/version", 4),
        op("test", "/nowhere", 1),
        op("test", "/name", "x"),
    ],
)
def test_a_patch_that_expects_something_else_is_stale(expectation):
    with pytest.raises(StaleVersion):
        patch(FULL, op("replace", "/name", "Pay"), expectation)


@pytest.mark.parametrize(
    "operation",
    [
        op("remove", "/maintainerTeamKey"),
        op("remove", f"{E}/rules/7"),
        op("replace", f"{E}/rules/7", RULE),
        op("add", "/nowhere/deep", 1),
        op("add", f"{E}/rules/x", RULE),
        op("replace", "/environments/nowhere/on", True),
    ],
)
def test_an_operation_on_what_is_not_there_cannot_be_applied(operation):
    with pytest.raises(InvalidPatch):
        patch(FULL, operation)


@pytest.mark.parametrize(
    "path",
    [
        "/key",
        "/kind",
        "/_version",
        "/_links",
        "/_maintainer",
        "/_new",
        "/creationDate",
        "/archivedDate",
        "/goalIds",
        "/experiments",
        "/variations/0/_id",
        f"{E}/version",
        f"{E}/salt",
        f"{E}/sel",
        f"{E}/lastModified",
        f"{E}/archived",
        f"{E}/_site",
        f"{E}/_summary",
        f"{E}/rules/0/_id",
        f"{E}/rules/0/clauses/0/_id",
    ],
)
def test_what_only_the_server_sets_is_read_only(path):
    with pytest.raises(InvalidRequest, match="is read-only"):
        patch(FULL, op("add", path, "x"))


REFUSALS = [
    (op("replace", "/name", ""), "must not be empty"),
    (op("replace", "/name", None), r"missing required field `name`"),
    (op("replace", "/temporary", "yes"), r"Expected `bool`, got `str` - at `\$.temporary`"),
    (op("add", "/tags/-", "a b"), "tag 'a b'"),
    (op("add", "/version", 4), "unknown field `version`"),
    (op("add", "/releasePipelineKey", "x"), "unknown field `releasePipelineKey`"),
    (op("replace", "/defaults/onVariation", 3), "there is no variation 3; the flag has 3"),
    (op("replace", "/defaults/onVariation", -1), "there is no variation -1"),
    (op("remove", "/defaults"), "missing required field `defaults`"),
    (op("replace", "/variations/0/value", "blue"), "must be unique"),
    (op("replace", "/variations/0", 7), r"got `int` - at `\$.variations\[0\]`"),
    (op("add", "/variations/-", {"value": "red"}), "must be unique"),
    (op("add", "/variations/-", {"value": 1}), "one type"),
    (op("copy", "/variations/-", **{"from": "/variations/0"}), "must be unique"),
    (op("remove", "/variations/0/value"), "missing required field `value`"),
    (op("remove", "/variations/0"), "default variation of the flag cannot be removed"),
    (op("add", "/environments/new", {"on": True}), "'new' can be neither added nor removed"),
    (op("remove", "/environments/test"), "'test' can be neither added nor removed"),
    (op("replace", "/environments", {}), "can be neither added nor removed"),
    (op("replace", f"{E}/on", 1), r"got `int` - at `\$.environments.test.on`"),
    (op("add", f"{E}/nonsense", 1), "unknown field `nonsense`"),
    (op("replace", f"{E}/offVariation", 3), "there is no variation 3; .* in environment 'test'"),
    (op("remove", f"{E}/fallthrough"), "missing required field `fallthrough`"),
    (op("replace", f"{E}/fallthrough", {}), "the fallthrough must have exactly one of"),
    (op("add", f"{E}/rules/-", {**RULE, "rollout": {"variations": []}}), "rule 2 must have exactly one of"),
    (op("add", f"{E}/rules/-", {"variation": 0}), r"`clauses` - at `\$.environments.test.rules\[2\]`"),
    (op("replace", f"{E}/rules/1/rollout/variations/0/weight", 1), "add up to 100000"),
    (op("replace", f"{E}/rules/0/clauses/0/op", "is"), "unknown operator 'is'"),
    (op("add", f"{E}/targets/-", {"variation": 0, "values": ["bob"]}), "two variations, b and a"),
    (op("add", f"{E}/targets/-", {"variation": 9, "values": ["x"]}), "there is no variation 9"),
    (op("add", f"{E}/prerequisites/-", {"key": "login", "variation": 0}), "named more than once"),
    (op("add", f"{E}/migrationSettings", {"checkRatio": 1}), "for migration flags"),
]


@pytest.mark.parametrize(("operation", "error"), REFUSALS)
def test_what_would_be_no_valid_flag_is_refused(operation, error):
    with pytest.raises(InvalidRequest, match=error):
        patch(FULL, operation)


def test_a_member_and_a_team_cannot_both_maintain_a_flag():
    both = [op("replace", "", show_document(FULL, VIEW) | {"maintainerTeamKey": "ops"})]
    with pytest.raises(InvalidRequest, match="not by both"):
        patch(FULL, *both)


SERVING = a_targeting(
    targets=(a_target("b", "bob"), a_target("c", "x", kind="org")),
    rules=(a_rule("1", "b"), a_rule("2", a_rollout({"b": 50_000, "c": 50_000}))),
    fallthrough="b",
)


def test_references_follow_variations_that_change_places():
    before = a_state(test=SERVING)
    after = patch(before, op("move", "/variations/0", **{"from": "/variations/2"}))
    assert after == replace(before, flag=a_flag(variations=(C, A, B)))


def test_an_operation_sees_the_indexes_that_those_before_it_have_made():
    before = a_state(test=SERVING)
    after = patch(
        before,
        op("add", "/variations/0", {"value": "pink"}),
        op("test", f"{E}/fallthrough/variation", 2),
        op("replace", f"{E}/offVariation", 0),
    )
    assert after.flag.variations == (Variation(id=nth_uuid(1), value="pink"), A, B, C)
    assert after.environments["test"] == replace(SERVING, off_variation_id=nth_uuid(1))


def test_what_refers_to_a_removed_variation_is_settled():
    after = patch(a_state(test=SERVING), op("remove", "/variations/1"))
    assert after.flag.variations == (A, C)
    assert after.environments["test"] == a_targeting(
        targets=(a_target("c", "x", kind="org"),),
        rules=(a_rule("2", a_rollout({"c": 100_000})),),
        fallthrough="c",
    )


def test_what_a_later_operation_says_goes_before_what_a_removal_entails():
    after = patch(
        a_state(test=SERVING),
        op("remove", "/variations/2"),
        op("replace", "/defaults/offVariation", 1),
        op("replace", f"{E}/offVariation", 0),
    )
    assert after.flag.defaults == Defaults(on_variation_id="a", off_variation_id="b")
    assert after.environments["test"].off_variation_id == "a"


def test_several_removals_go_one_after_another():
    state = a_state(
        a_flag(defaults=Defaults(on_variation_id="c", off_variation_id="c"), variations=(A, B, C))
    )
    four = patch(state, op("add", "/variations/-", {"value": "pink"}))
    after = patch(four, op("remove", "/variations/0"), op("remove", "/variations/0"))
    assert [variation.value for variation in after.flag.variations] == ["blue", "pink"]


def test_the_variations_of_a_boolean_flag_can_be_named_all_at_once():
    state = a_state(a_boolean_flag(), test=a_targeting(off_variation_id="b"))
    listed = [{"value": False, "name": "Off"}, {"value": True, "name": "On"}]
    after = patch(state, op("replace", "/variations", listed))
    assert [(own.id, own.name) for own in after.flag.variations] == [("b", "Off"), ("a", "On")]
    assert after.environments == state.environments


def test_a_migration_keeps_its_stages_and_serves_rollouts():
    state = a_state(
        a_migration_flag(), test=a_targeting(fallthrough=a_rollout({"a": 100_000}), off_variation_id="a")
    )
    assert (
        patch(state, op("add", f"{E}/migrationSettings/checkRatio", 9)).environments["test"].check_ratio == 9
    )
    for operation in (
        op("replace", "/variations/0/value", "start"),
        op("add", "/variations/-", {"value": "x"}),
    ):
        with pytest.raises(InvalidRequest, match="migration flag cannot be changed"):
            patch(state, operation)
    with pytest.raises(InvalidRequest, match="serves percentage rollouts"):
        patch(state, op("replace", f"{E}/fallthrough", {"variation": 0}))


MERGES = [
    ({"description": "x"}, {"description": "x"}),
    ({"description": None}, {"description": ""}),
    ({"tags": ["z"]}, {"tags": ("z",)}),
    ({"maintainerTeamKey": "ops"}, {"maintainer_id": None, "maintainer_team_key": "ops"}),
    (
        {"maintainerId": None, "maintainerTeamKey": "ops"},
        {"maintainer_id": None, "maintainer_team_key": "ops"},
    ),
    (
        {"customProperties": {"k": {"name": "K", "value": ["1"]}, "gone": None}},
        {"custom_properties": {"k": CustomProperty(name="K", values=("1",))}},
    ),
    (
        {"defaults": {"onVariation": 1}},
        {"defaults": Defaults(on_variation_id="b", off_variation_id="c")},
    ),
    (
        {"defaults": {"offVariation": 1}, "variations": [{"value": "red"}, {"value": "green"}]},
        {"variations": (A, B), "defaults": Defaults(on_variation_id="a", off_variation_id="b")},
    ),
    ({}, {}),
]


@pytest.mark.parametrize(("document", "changes"), MERGES)
def test_a_merge_patch_replaces_the_members_it_has(document, changes):
    given = {"description": "d", "tags": ("a", "b"), "maintainer_id": "m1"}
    before = a_state(a_flag(**given), test=a_targeting(off_variation_id="a"))
    assert merge(before, **document) == replace(before, flag=a_flag(**(given | changes)))


@pytest.mark.parametrize(
    ("document", "changes"),
    [
        ({"on": True, "offVariation": None}, {"on": True, "off_variation_id": None}),
        (
            {"fallthrough": {"rollout": {"variations": [{"variation": 1, "weight": 100_000}]}}},
            {"fallthrough": a_rollout({"b": 100_000})},
        ),
        (
            {
                "fallthrough": {
                    "variation": None,
                    "rollout": {"variations": [{"variation": 1, "weight": 100_000}]},
                }
            },
            {"fallthrough": a_rollout({"b": 100_000})},
        ),
        (
            {"targets": [{"variation": 1, "values": ["ann"]}]},
            {"targets": (a_target("b", "ann"),)},
        ),
    ],
)
def test_a_merge_patch_goes_into_environments(document, changes):
    after = merge(a_state(), environments={"test": document})
    assert after.environments["test"] == a_targeting(**changes)


def test_the_representation_itself_is_a_merge_that_changes_nothing():
    assert same(merge(FULL, **show_document(FULL, VIEW)), FULL)


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ({"name": None}, "missing required field `name`"),
        ({"environments": None}, "neither added nor removed"),
        ({"environments": {"nowhere": {"on": True}}}, "'nowhere' can be neither"),
        ({"_version": 9}, "read-only"),
    ],
)
def test_a_merge_that_makes_no_valid_flag_is_refused(document, error):
    with pytest.raises(InvalidRequest, match=error):
        merge(FULL, **document)
