from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from flagstaff.features.flags.changes import derive, replay
from flagstaff.features.flags.model import CustomProperty, Defaults, FlagState, Prerequisite, Rule, Variation
from flagstaff.features.flags.patches import apply_flag_merge, apply_flag_patch, show_document
from flagstaff.features.flags.represent import EnvironmentView, FlagView
from flagstaff.features.projects.model import ClientSideAvailability
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import InvalidPatch, InvalidRequest, StaleVersion
from flagstaff.kernel.json_patch import Operations
from tests.support.clauses import a_clause
from tests.support.flag_states import ENVIRONMENTS, a_random_state, flag_states
from tests.support.flags import (
    NOW,
    a_boolean_flag,
    a_flag,
    a_migration_flag,
    a_rollout,
    a_rule,
    a_state,
    a_target,
    a_targeting,
    an_edit,
)
from tests.support.ids import nth_uuid

VIEW = FlagView("default", tuple(EnvironmentView(key, key) for key in ("test", "production")))
A, B, C = a_flag().variations
E = "/environments/test"
LOGIN = Prerequisite(key="login", variation_id="x", variation=1)
FULL = a_state(
    a_flag(description="d", tags=("a", "b"), maintainer_id="m1", version=3),
    test=a_targeting(
        targets=(a_target("b", "bob"), a_target("a", "acme", kind="org")),
        rules=(a_rule("1", "b"), a_rule("2", a_rollout())),
        prerequisites=(LOGIN,),
        version=5,
    ),
)


def op(kind, path, value=msgspec.UNSET, **more):
    return {"op": kind, "path": path, **({} if value is msgspec.UNSET else {"value": value}), **more}


def patch(state, *operations):
    return apply_flag_patch(state, msgspec.convert(operations, Operations), an_edit(""), VIEW)


def merge(state, **document):
    return apply_flag_merge(state, document, an_edit(""), VIEW)


FLAG_CASES = [
    ([op("replace", "/name", "Pay")], {"name": "Pay"}),
    ([op("replace", "/description", "new")], {"description": "new"}),
    ([op("replace", "/description", None)], {"description": ""}),
    ([op("remove", "/description")], {"description": ""}),
    ([op("replace", "/temporary", False)], {"temporary": False}),
    ([op("replace", "/archived", True)], {"archived": True, "archived_date": NOW}),
    ([op("replace", "/deprecated", True)], {"deprecated": True, "deprecated_date": NOW}),
    ([op("add", "/tags/0", "c")], {"tags": ("a", "b", "c")}),
    ([op("add", "/tags/-", "c"), op("remove", "/tags/0")], {"tags": ("b", "c")}),
    (
        [op("replace", "/includeInSnippet", True)],
        {"client_side_availability": ClientSideAvailability(using_environment_id=True)},
    ),
    (
        [op("replace", "/clientSideAvailability/usingMobileKey", False)],
        {"client_side_availability": ClientSideAvailability(using_mobile_key=False)},
    ),
    (
        [
            op("replace", "/clientSideAvailability", {"usingEnvironmentId": True}),
            op("replace", "/includeInSnippet", False),
        ],
        {"client_side_availability": ClientSideAvailability(using_environment_id=True)},
    ),
    (
        [op("replace", "/customProperties/jira", {"name": "Jira", "value": ["A-1"]})],
        {"custom_properties": {"jira": CustomProperty(name="Jira", values=("A-1",))}},
    ),
    ([op("add", "/maintainerTeamKey", "ops")], {"maintainer_id": None, "maintainer_team_key": "ops"}),
    ([op("replace", "/maintainerId", "m2")], {"maintainer_id": "m2"}),
    ([op("remove", "/maintainerId")], {"maintainer_id": None}),
    ([op("replace", "/maintainerId", "")], {"maintainer_id": None}),
    (
        [op("replace", "/defaults", {"onVariation": 1, "offVariation": 0})],
        {"defaults": Defaults(on_variation_id="b", off_variation_id="a")},
    ),
    (
        [op("replace", "/defaults/onVariation", 2)],
        {"defaults": Defaults(on_variation_id="c", off_variation_id="c")},
    ),
    ([op("replace", "/variations/1/value", "lime")], {"variations": (A, replace(B, value="lime"), C)}),
    ([op("replace", "/variations/1/name", "Green")], {"variations": (A, replace(B, name="Green"), C)}),
    ([op("replace", "/variations/1", {"value": "lime"})], {"variations": (A, replace(B, value="lime"), C)}),
    (
        [op("add", "/variations/-", {"value": "pink"})],
        {"variations": (A, B, C, Variation(id=nth_uuid(1), value="pink"))},
    ),
    (
        [
            op(
                "replace",
                "/variations",
                [{"value": "blue"}, {"value": "lime"}, {"value": "red", "name": "Red"}],
            )
        ],
        {"variations": (C, replace(B, value="lime"), replace(A, name="Red"))},
    ),
    ([], {}),
]


@pytest.mark.parametrize(("operations", "changes"), FLAG_CASES)
def test_a_json_patch_changes_what_all_environments_share(operations, changes):
    given = {"description": "d", "tags": ("a", "b"), "maintainer_id": "m1", "version": 3}
    before = a_state(a_flag(**given), test=a_targeting(fallthrough="a", off_variation_id="a"))
    assert patch(before, *operations) == replace(before, flag=a_flag(**(given | changes)))


RULE = {"clauses": [{"attribute": "country", "op": "in", "values": ["SE", "NO"]}], "variation": 0}
TARGETING_CASES = [
    ({}, [op("replace", f"{E}/on", True)], {"on": True}),
    ({}, [op("replace", f"{E}/trackEvents", True)], {"track_events": True}),
    ({}, [op("replace", f"{E}/trackEventsFallthrough", True)], {"track_events_fallthrough": True}),
    ({}, [op("replace", f"{E}/offVariation", 1)], {"off_variation_id": "b"}),
    ({}, [op("remove", f"{E}/offVariation")], {"off_variation_id": None}),
    ({"off_variation_id": None}, [op("replace", f"{E}/offVariation", 2)], {"off_variation_id": "c"}),
    ({}, [op("replace", f"{E}/fallthrough/variation", 1)], {"fallthrough": "b"}),
    (
        {},
        [
            op(
                "replace",
                f"{E}/fallthrough",
                {
                    "rollout": {
                        "variations": [{"variation": 0, "weight": 60_000}, {"variation": 1, "weight": 40_000}]
                    }
                },
            )
        ],
        {"fallthrough": a_rollout()},
    ),
    (
        {},
        [
            op(
                "add",
                f"{E}/fallthrough/rollout",
                {
                    "variations": [
                        {"variation": 1, "weight": 40_000},
                        {"variation": 0, "weight": 60_000},
                        {"variation": 2, "weight": 0},
                    ],
                    "bucketBy": "key",
                    "contextKind": "org",
                    "seed": 7,
                },
            )
        ],
        {"fallthrough": a_rollout({"b": 40_000, "a": 60_000}, bucket_by="key", context_kind="org", seed=7)},
    ),
    ({"fallthrough": a_rollout()}, [op("add", f"{E}/fallthrough/variation", 0)], {"fallthrough": "a"}),
    (
        {"targets": (a_target("b", "bob"),)},
        [op("add", f"{E}/targets/0/values/-", "eve")],
        {"targets": (a_target("b", "bob", "eve"),)},
    ),
    (
        {"targets": (a_target("b", "bob"),)},
        [op("add", f"{E}/targets/-", {"variation": 0, "values": ["ann"]})],
        {"targets": (a_target("b", "bob"), a_target("a", "ann"))},
    ),
    (
        {"targets": (a_target("a", "acme", kind="org"),)},
        [op("add", f"{E}/targets/-", {"variation": 0, "values": ["ann"]})],
        {"targets": (a_target("a", "ann"), a_target("a", "acme", kind="org"))},
    ),
    (
        {
            "targets": (
                a_target("a", "acme", kind="org"),
                a_target("b", "bob"),
                a_target("c", "x", kind="org"),
            )
        },
        [op("add", f"{E}/targets/-", {"variation": 0, "values": ["ann"]})],
        {
            "targets": (
                a_target("a", "acme", kind="org"),
                a_target("b", "bob"),
                a_target("a", "ann"),
                a_target("c", "x", kind="org"),
            )
        },
    ),
    (
        {"targets": (a_target("b", "bob"),)},
        [op("replace", f"{E}/contextTargets", [{"contextKind": "org", "variation": 0, "values": ["acme"]}])],
        {"targets": (a_target("b", "bob"), a_target("a", "acme", kind="org"))},
    ),
    (
        {"targets": (a_target("b", "bob"),)},
        [op("add", f"{E}/contextTargets/-", {"variation": 1, "values": ["eve"]})],
        {"targets": (a_target("b", "bob", "eve"),)},
    ),
    ({"targets": (a_target("b", "bob"),)}, [op("remove", f"{E}/targets/0/values/0")], {"targets": ()}),
    ({"targets": (a_target("b", "bob"),)}, [op("replace", f"{E}/targets", [])], {"targets": ()}),
    (
        {"rules": (a_rule("1"),)},
        [op("add", f"{E}/rules/-", RULE)],
        {"rules": (a_rule("1"), Rule(id=nth_uuid(1), clauses=(a_clause(nth_uuid(2)),), serve="a"))},
    ),
    (
        {"rules": (a_rule("1"), a_rule("2"))},
        [op("move", f"{E}/rules/0", **{"from": f"{E}/rules/1"})],
        {"rules": (a_rule("2"), a_rule("1"))},
    ),
    (
        {"rules": (a_rule("1", clauses=()),)},
        [op("copy", f"{E}/rules/-", **{"from": f"{E}/rules/0"})],
        {"rules": (a_rule("1", clauses=()), a_rule(nth_uuid(1), clauses=()))},
    ),
    (
        {"rules": (a_rule("1"),)},
        [op("replace", f"{E}/rules/0/clauses/0/negate", True)],
        {"rules": (a_rule("1", clauses=(a_clause("clause-of-1", negate=True),)),)},
    ),
    (
        {"rules": (a_rule("1", a_rollout()),)},
        [op("add", f"{E}/rules/0/variation", 2)],
        {"rules": (a_rule("1", "c"),)},
    ),
    (
        {"rules": (a_rule("1"),)},
        [op("add", f"{E}/rules/0/description", "d"), op("add", f"{E}/rules/0/ref", "r")],
        {"rules": (a_rule("1", description="d", ref="r"),)},
    ),
    (
        {"prerequisites": (LOGIN,)},
        [op("add", f"{E}/prerequisites/-", {"key": "cart", "variation": 0})],
        {"prerequisites": (LOGIN, Prerequisite(key="cart", variation=0))},
    ),
    (
        {"prerequisites": (LOGIN,)},
        [op("replace", f"{E}/prerequisites/0/variation", 0)],
        {"prerequisites": (Prerequisite(key="login", variation=0),)},
    ),
    ({"prerequisites": (LOGIN,)}, [op("replace", f"{E}/prerequisites", [])], {"prerequisites": ()}),
]


@pytest.mark.parametrize(("given", "operations", "changes"), TARGETING_CASES)
def test_a_json_patch_changes_the_targeting_of_one_environment(given, operations, changes):
    before = a_state(test=a_targeting(**given), production=a_targeting(**given))
    after = patch(before, *operations)
    assert after.environments["test"] == a_targeting(**(given | changes))
    assert after.environments["production"] is before.environments["production"]
    assert after.flag == before.flag


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


# Variations that move take along what refers to them.

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


# Merge patches

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


# Properties

BOTH = FlagView("default", tuple(EnvironmentView(key, key) for key in ENVIRONMENTS))


def places(document, path=""):
    """Every path of a document, with its value."""
    if path:
        yield path, document
    members = document.items() if isinstance(document, dict) else enumerate(document)
    for name, member in members:
        if isinstance(member, dict | list) and not str(name).startswith("_"):
            yield from places(member, f"{path}/{name}")
        elif path:
            yield f"{path}/{name}", member


def a_random_patch(state, seed):
    """A patch that takes parts of the flag to other places, or brings such parts from another flag."""
    random = Random(seed)
    own = list(places(show_document(state, BOTH)))
    others = list(places(show_document(a_random_state(seed), BOTH)))
    operations = []
    for _ in range(random.randint(1, 3)):
        path, value = random.choice(others)
        kind = random.choice(["replace", "replace", "replace", "add", "remove", "move", "copy"])
        if kind in {"replace", "add"}:
            operations.append(op(kind, path, value))
        elif kind == "remove":
            operations.append(op(kind, random.choice(own)[0]))
        else:
            path, _ = random.choice(own)
            operations.append(op(kind, f"{path.rpartition('/')[0]}/0", **{"from": path}))
    return msgspec.convert(operations, Operations)


@settings(max_examples=150, deadline=None)
@given(flag_states)
def test_an_empty_patch_reads_back_what_is_shown(state):
    assert same(apply_flag_patch(state, (), an_edit(""), BOTH), state)
    moved = msgspec.convert(
        [op("replace", "/variations", show_document(state, BOTH)["variations"])], Operations
    )
    assert same(apply_flag_patch(state, moved, an_edit(""), BOTH), state)


@settings(max_examples=300, deadline=None)
@given(flag_states, st.integers(0, 2**32))
def test_any_patch_is_refused_with_a_reason_or_can_be_replayed_as_instructions(state, seed):
    try:
        after = apply_flag_patch(state, a_random_patch(state, seed), an_edit(""), BOTH)
    except InvalidRequest:
        return
    assert same(
        open_prerequisites(replay(state, derive(state, after), an_edit(""))), open_prerequisites(after)
    )
    assert same(apply_flag_patch(after, (), an_edit(""), BOTH), after)


def open_prerequisites(state: FlagState) -> FlagState:
    """Without the indexes, which are found again after a replay."""
    environments = {
        key: replace(
            targeting,
            prerequisites=tuple(replace(held, variation=None) for held in targeting.prerequisites),
        )
        for key, targeting in state.environments.items()
    }
    return replace(state, environments=environments)
