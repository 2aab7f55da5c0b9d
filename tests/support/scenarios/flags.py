"""Flags."""

from typing import Any

import pytest
from launch_darkly_python_sdk import BadRequest, Conflict, LaunchDarkly

from tests.support.scenarios.registry import covers


@covers(
    "feature_flags.create_feature_flag",
    "feature_flags.single_flag_by_key",
    "feature_flags.list",
    "feature_flags.update_feature_flag",
    "feature_flags.copy_flag_settings",
    "feature_flags.delete_flag",
    "tags.list",
)
def flags_are_made_changed_in_every_format_copied_and_deleted(client: LaunchDarkly, key: str) -> None:
    value = {"snake_key": {"camelKey": 1}}
    made = client.feature_flags.create_feature_flag(
        project_key=key,
        key="colour",
        name="Colour",
        tags=[f"{key}-tag"],
        variations=[{"value": value, "name": "Odd"}, {"value": {"usual": None}}],
        defaults={"on_variation": 0, "off_variation": 1},
        custom_properties={"bug_tracker": {"name": "Bugs", "value": ["A-1"]}},
        client_side_availability={"using_environment_id": True, "using_mobile_key": False},
    )
    assert made.variations[0].value == value
    assert made.custom_properties["bug_tracker"].value == ["A-1"]
    odd = made.variations[0].id
    instructions: list[dict[str, Any]] = [
        {"kind": "turnFlagOn"},
        {"kind": "addTargets", "context_kind": "user", "variation_id": odd, "values": ["ada"]},
        {
            "kind": "addRule",
            "variation_id": odd,
            "clauses": [{"context_kind": "user", "attribute": "country", "op": "in", "values": ["NO"]}],
        },
    ]
    changed = client.feature_flags.update_feature_flag(
        project_key=key,
        feature_flag_key="colour",
        environment_key="test",
        instructions=instructions,
        comment="on",
    )
    test = changed.environments["test"]
    assert test.on is True
    assert test.rules is not None
    assert test.rules[0].clauses[0].context_kind == "user"
    name = [{"op": "replace", "path": "/name", "value": "Tint"}]
    dry = client.feature_flags.update_feature_flag(
        project_key=key, feature_flag_key="colour", body=name, dry_run=True
    )
    assert (dry.name, dry.preview is not None) == ("Tint", True)
    patched = client.feature_flags.update_feature_flag(
        project_key=key, feature_flag_key="colour", patch=[{"op": "replace", "path": "/name", "value": "Hue"}]
    )
    merged = client.feature_flags.update_feature_flag(
        project_key=key, feature_flag_key="colour", merge={"description": "Of buttons"}, comment="why"
    )
    assert (patched.name, merged.description) == ("Hue", "Of buttons")
    client.feature_flags.copy_flag_settings(
        project_key=key,
        feature_flag_key="colour",
        source={"key": "test", "current_version": test.version},
        target={"key": "production"},
        included_actions=["updateOn"],
    )
    shown = client.feature_flags.single_flag_by_key(
        project_key=key, feature_flag_key="colour", env=["production"]
    )
    assert shown.environments["production"].on is True
    for number in range(3):
        client.feature_flags.create_feature_flag(project_key=key, key=f"flag-{number}", name=f"Flag {number}")
    walk = client.feature_flags.list.iter(project_key=key, limit=2, sort="key")
    assert [flag.key for flag in walk] == ["colour", "flag-0", "flag-1", "flag-2"]
    assert f"{key}-tag" in client.tags.list(kind="flag").items
    client.feature_flags.delete_flag(project_key=key, feature_flag_key="flag-2")
    with pytest.raises(Conflict):
        client.feature_flags.create_feature_flag(project_key=key, key="colour", name="Again")
    with pytest.raises(BadRequest) as refused:
        client.feature_flags.create_feature_flag(project_key=key, key="no key", name="Bad")
    assert (refused.value.code, bool(refused.value.request_id)) == ("invalid_request", True)


@covers(
    "feature_flags_beta.list_dependent_flags",
    "feature_flags_beta.list_dependent_flags_by_env",
    "feature_flags_beta.get_migration_safety_issues",
)
def beta_operations_ask_for_beta_themselves(client: LaunchDarkly, key: str) -> None:
    for name in ("needed", "needing"):
        client.feature_flags.create_feature_flag(project_key=key, key=name, name=name)
    needed = client.feature_flags.single_flag_by_key(project_key=key, feature_flag_key="needed")
    client.feature_flags.update_feature_flag(
        project_key=key,
        feature_flag_key="needing",
        environment_key="test",
        instructions=[{"kind": "addPrerequisite", "key": "needed", "variation_id": needed.variations[0].id}],
    )
    everywhere = client.feature_flags_beta.list_dependent_flags(project_key=key, feature_flag_key="needed")
    here = client.feature_flags_beta.list_dependent_flags_by_env(
        project_key=key, feature_flag_key="needed", environment_key="test"
    )
    assert [flag.key for flag in everywhere.items] == [flag.key for flag in here.items] == ["needing"]
    client.feature_flags.create_feature_flag(
        project_key=key, key="move", name="Move", purpose="migration", migration_settings={"stage_count": 4}
    )
    issues = client.feature_flags_beta.get_migration_safety_issues(
        project_key=key, flag_key="move", environment_key="test", instructions=[{"kind": "turnFlagOn"}]
    )
    assert not issues
