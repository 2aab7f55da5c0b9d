import msgspec
import pytest

from flagstaff.features.flags.creation import clone_flag, create_flag, fresh_targeting
from flagstaff.features.flags.model import CustomProperty, Defaults, MigrationSettings, Prerequisite
from flagstaff.features.flags.schemas import FlagBody
from flagstaff.features.projects.model import BooleanDefaults, ClientSideAvailability, FlagDefaults
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import (
    NOW,
    SALT,
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


def a_body(**members):
    return msgspec.convert({"name": "Pay", "key": "pay"} | members, FlagBody)


def created(project=FlagDefaults(), environments=None, maintainer=None, **members):  # noqa: B008  frozen
    return create_flag(a_body(**members), project, environments or {"test": False}, an_edit(), maintainer)


def values(state):
    return [variation.value for variation in state.flag.variations]


def defaults_of(flag):
    return flag.indexes[flag.defaults.on_variation_id], flag.indexes[flag.defaults.off_variation_id]


def test_a_flag_with_only_a_name_and_a_key_is_a_temporary_boolean_one():
    flag = created(maintainer="m1").flag
    assert (flag.key, flag.name, flag.kind, flag.temporary, flag.tags) == ("pay", "Pay", "boolean", True, ())
    assert [variation.value for variation in flag.variations] == [True, False]
    assert defaults_of(flag) == (0, 1)
    assert flag.maintainer_id == "m1"
    assert (flag.version, flag.creation_date) == (1, NOW)


def test_the_project_says_what_is_not_said():
    defaults = FlagDefaults(
        temporary=False,
        tags=("prefilled-by-the-console",),
        boolean_defaults=BooleanDefaults(
            true_display_name="Yes", false_description="the old way", on_variation=1, off_variation=1
        ),
        client_side_availability=ClientSideAvailability(using_mobile_key=False, using_environment_id=True),
    )
    flag = created(defaults).flag
    assert (flag.variations[0].name, flag.variations[1].description) == ("Yes", "the old way")
    assert defaults_of(flag) == (1, 1)
    assert not flag.temporary
    assert flag.tags == ()
    assert flag.client_side_availability == defaults.client_side_availability


@pytest.mark.parametrize(
    ("members", "kind", "defaults"),
    [
        ({"variations": [{"value": "a"}, {"value": "b"}, {"value": "c"}]}, "multivariate", (0, 2)),
        ({"variations": [{"value": False}, {"value": True}]}, "boolean", (0, 1)),
        (
            {"variations": [{"value": 1}, {"value": 2}], "defaults": {"onVariation": 1, "offVariation": 0}},
            "multivariate",
            (1, 0),
        ),
        ({"defaults": {"onVariation": 1, "offVariation": 1}}, "boolean", (1, 1)),
    ],
)
def test_the_values_make_the_kind_and_the_first_and_last_are_the_defaults(members, kind, defaults):
    flag = created(**members).flag
    assert (flag.kind, defaults_of(flag)) == (kind, defaults)


@pytest.mark.parametrize(
    ("members", "mobile", "browser"),
    [
        ({"includeInSnippet": True}, True, True),
        ({"clientSideAvailability": {}}, True, False),
        ({"clientSideAvailability": {"usingMobileKey": False}, "includeInSnippet": True}, False, False),
    ],
)
def test_who_sees_a_flag_can_be_said_in_two_ways(members, mobile, browser):
    availability = created(**members).flag.client_side_availability
    assert (availability.using_mobile_key, availability.using_environment_id) == (mobile, browser)


def test_a_team_may_maintain_a_flag_instead_of_who_makes_it():
    flag = created(maintainer="m1", maintainerTeamKey="ops").flag
    assert (flag.maintainer_id, flag.maintainer_team_key) == (None, "ops")
    assert created(maintainer="m1", maintainerId="m2").flag.maintainer_id == "m2"


def test_a_new_flag_may_be_on_and_have_prerequisites_everywhere():
    state = created(
        environments={"test": True, "production": False},
        isFlagOn=True,
        initialPrerequisites=[{"key": "login", "variationId": "x"}],
    )
    assert [targeting.on for targeting in state.environments.values()] == [True, True]
    assert state.environments["test"].prerequisites == (Prerequisite(key="login", variation_id="x"),)
    assert [targeting.track_events for targeting in state.environments.values()] == [True, False]


def test_every_environment_has_salts_of_its_own():
    state = created(environments={"test": False, "production": False})
    salts = {salt for targeting in state.environments.values() for salt in (targeting.salt, targeting.sel)}
    assert len(salts) == 4
    assert all(len(salt) == 32 for salt in salts)


def test_what_is_given_is_kept():
    flag = created(
        description="d",
        tags=["b", "a", "b"],
        temporary=False,
        customProperties={"jira": {"name": "Jira", "value": ["A-1"]}, "none": {"name": "None", "value": []}},
        variations=[{"_id": nth_uuid(99), "value": 1, "name": "one", "description": "d"}, {"value": 2}],
    ).flag
    assert (flag.description, flag.tags, flag.temporary) == ("d", ("a", "b"), False)
    assert flag.custom_properties == {"jira": CustomProperty(name="Jira", values=("A-1",))}
    assert (flag.variations[0].id, flag.variations[0].name) == (nth_uuid(99), "one")


MIGRATION = {"purpose": "migration"}


@pytest.mark.parametrize(
    ("settings", "stages"),
    [
        ({"stageCount": 2}, ["off", "complete"]),
        ({"stageCount": 4}, ["off", "shadow", "live", "complete"]),
        (
            {"stageCount": 6, "contextKind": "account"},
            ["off", "dualwrite", "shadow", "live", "rampdown", "complete"],
        ),
    ],
)
def test_a_migration_starts_with_everybody_in_its_first_stage(settings, stages):
    state = created(**MIGRATION, migrationSettings=settings)
    assert values(state) == stages
    assert state.flag.migration_settings == MigrationSettings(
        stage_count=len(stages), context_kind=settings.get("contextKind")
    )
    targeting = state.environments["test"]
    off = state.flag.variations[0].id
    assert targeting.fallthrough == a_rollout(
        {off: 100_000}, context_kind=settings.get("contextKind", "user")
    )
    assert targeting.off_variation_id == off


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"key": "a b"}, "flag key 'a b' must start"),
        ({"key": "triggers"}, "'triggers' is a reserved word"),
        ({"key": "x" * 257}, "longer than 256"),
        ({"name": ""}, "must not be empty"),
        ({"tags": ["a b"]}, "tag 'a b'"),
        ({"variations": [{"value": 1}]}, "between 2 and 250"),
        ({"variations": [{"value": 1}, {"value": 1}]}, "must be unique"),
        ({"defaults": {"onVariation": 0, "offVariation": 2}}, "indexes 0 to 1"),
        ({"defaults": {"onVariation": -1, "offVariation": 0}}, "indexes 0 to 1"),
        ({"maintainerId": "m", "maintainerTeamKey": "t"}, "not by both"),
        ({"purpose": "migration"}, "needs both"),
        ({"migrationSettings": {"stageCount": 2}}, "needs both"),
        (MIGRATION | {"migrationSettings": {"stageCount": 3}}, "must be 2, 4 or 6"),
        (MIGRATION | {"migrationSettings": {"stageCount": 6}}, "contextKind is required with 6 stages"),
        (MIGRATION | {"migrationSettings": {"stageCount": 2, "contextKind": "user"}}, "and only there"),
        (MIGRATION | {"migrationSettings": {"stageCount": 6, "contextKind": "multi"}}, "context kind"),
        (MIGRATION | {"migrationSettings": {"stageCount": 2}, "variations": []}, "leave them out"),
        (
            MIGRATION
            | {"migrationSettings": {"stageCount": 2}, "defaults": {"onVariation": 0, "offVariation": 0}},
            "leave them out",
        ),
        ({"initialPrerequisites": [{"key": "a", "variationId": "1"}] * 2}, "more than once"),
        ({"customProperties": {"k" * 65: {"name": "K", "value": ["1"]}}}, "1 to 64"),
    ],
)
def test_what_a_flag_cannot_be_is_refused(members, error):
    with pytest.raises(InvalidRequest, match=error):
        created(**members)


@pytest.mark.parametrize(
    "members", [{"archived": True}, {"deprecated": True}, {"_version": 3}, {"kind": "x"}]
)
def test_members_that_only_the_server_sets_are_not_read(members):
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        a_body(**members)


def test_a_later_environment_starts_from_the_defaults_of_the_flag():
    flag = a_flag(defaults=Defaults(on_variation_id="b", off_variation_id="a"))
    targeting = fresh_targeting(flag, default_track_events=True, edit=an_edit("new"))
    assert targeting == a_targeting(
        fallthrough="b",
        off_variation_id="a",
        track_events=True,
        salt=targeting.salt,
        sel=targeting.sel,
        last_modified=NOW,
    )


SOURCE = a_state(
    a_flag(
        "old",
        description="d",
        tags=("a",),
        temporary=False,
        maintainer_id="m0",
        archived=True,
        archived_date=5,
        deprecated=True,
        deprecated_date=5,
        version=9,
    ),
    test=a_targeting(on=True, version=7, rules=(a_rule(),), targets=(a_target(),), fallthrough=a_rollout()),
)


def test_a_clone_has_the_targeting_of_its_source_under_new_salts():
    clone = clone_flag(a_body(), SOURCE, an_edit(), "m1")
    targeting = clone.environments["test"]
    assert targeting.salt != SALT
    assert targeting == a_targeting(
        on=True,
        rules=(a_rule(),),
        targets=(a_target(),),
        fallthrough=a_rollout(),
        salt=targeting.salt,
        sel=targeting.sel,
        last_modified=NOW,
    )


def test_a_clone_is_a_live_flag_of_its_own():
    flag = clone_flag(a_body(), SOURCE, an_edit(), "m1").flag
    assert flag == a_flag(
        "pay",
        id=flag.id,
        name="Pay",
        description="d",
        tags=("a",),
        temporary=False,
        maintainer_id="m1",
        creation_date=NOW,
    )
    assert flag.id != SOURCE.flag.id


def test_what_the_request_says_goes_before_what_the_source_has():
    body = a_body(
        description="",
        tags=["z"],
        temporary=True,
        defaults={"onVariation": 1, "offVariation": 1},
        customProperties={"k": {"name": "K", "value": ["1"]}},
        clientSideAvailability={"usingEnvironmentId": True},
    )
    flag = clone_flag(body, SOURCE, an_edit()).flag
    assert (flag.description, flag.tags, flag.temporary) == ("", ("z",), True)
    assert defaults_of(flag) == (1, 1)
    assert list(flag.custom_properties) == ["k"]
    assert flag.include_in_snippet


def test_a_clone_starts_as_the_request_says_in_every_environment():
    everywhere = dict.fromkeys(("test", "production"), SOURCE.environments["test"])
    source = msgspec.structs.replace(SOURCE, environments=everywhere)
    plain = clone_flag(a_body(), source, an_edit())
    on = not SOURCE.environments["test"].on
    body = a_body(isFlagOn=on, initialPrerequisites=[{"key": "login", "variationId": "x"}])

    found = clone_flag(body, source, an_edit())

    for key in ("test", "production"):
        assert plain.environments[key].on != found.environments[key].on == on
        assert plain.environments[key].prerequisites == SOURCE.environments["test"].prerequisites
        assert found.environments[key].prerequisites == (Prerequisite(key="login", variation_id="x"),)


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"variations": [{"value": "red"}, {"value": "blue"}]}, "has the variations of its source"),
        (MIGRATION, "has the purpose of its source"),
        ({"migrationSettings": {"stageCount": 2}, **MIGRATION}, "of its source"),
        ({"key": "expiring-targets"}, "is a reserved word"),
    ],
)
def test_a_clone_cannot_be_another_sort_of_flag(members, error):
    with pytest.raises(InvalidRequest, match=error):
        clone_flag(a_body(**members), SOURCE, an_edit())


def test_a_clone_may_repeat_what_it_gets_anyway():
    variations = [{"value": variation.value} for variation in SOURCE.flag.variations]
    assert clone_flag(a_body(variations=variations), SOURCE, an_edit()).flag.variations == a_flag().variations
    migration = a_state(a_migration_flag(), test=a_targeting(off_variation_id="a"))
    body = a_body(**MIGRATION, migrationSettings={"stageCount": 2})
    assert clone_flag(body, migration, an_edit()).flag.is_migration
