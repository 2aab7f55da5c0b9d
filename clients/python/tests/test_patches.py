"""Patches: format and media type follow from the argument."""

from typing import Any

import pytest

from launch_darkly_python_sdk.groups.access_tokens import AccessTokens
from launch_darkly_python_sdk.groups.account_members_beta import AccountMembersBeta
from launch_darkly_python_sdk.groups.feature_flags import FeatureFlags
from launch_darkly_python_sdk.groups.feature_flags_beta import FeatureFlagsBeta
from launch_darkly_python_sdk.groups.release_pipelines_beta import ReleasePipelinesBeta
from launch_darkly_python_sdk.groups.segments import Segments
from launch_darkly_python_sdk.operation import Operation
from launch_darkly_python_sdk.patches import build_patch

JSON = "application/json"
SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"
FLAG = FeatureFlags.update_feature_flag.operation
TOKEN = AccessTokens.update_settings.operation
SEGMENT = Segments.update_semantic_patch.operation
MEMBERS = AccountMembersBeta.modify_members_roles.operation
OPERATIONS = [{"op": "replace", "path": "/name", "value": "x"}]
ON = [{"kind": "turnFlagOn"}]


@pytest.mark.parametrize(
    ("operation", "given", "body", "media"),
    [
        (FLAG, {"patch": OPERATIONS}, {"patch": OPERATIONS}, JSON),
        (FLAG, {"patch": OPERATIONS, "comment": "why"}, {"comment": "why", "patch": OPERATIONS}, JSON),
        (FLAG, {"merge": {"name": "x"}}, {"name": "x"}, JSON),
        (FLAG, {"merge": {"name": "x"}, "comment": "why"}, {"comment": "why", "merge": {"name": "x"}}, JSON),
        (FLAG, {"merge": {"comment": "x"}}, {"merge": {"comment": "x"}}, JSON),
        (FLAG, {"instructions": ON}, {"instructions": ON}, SEMANTIC),
        (FLAG, {"instructions": ON, "comment": None}, {"instructions": ON}, SEMANTIC),
        (
            FLAG,
            {"instructions": ON, "environment_key": "test"},
            {"environmentKey": "test", "instructions": ON},
            SEMANTIC,
        ),
        (TOKEN, {"patch": OPERATIONS}, OPERATIONS, JSON),
        (TOKEN, {"patch": OPERATIONS, "comment": "why"}, {"comment": "why", "patch": OPERATIONS}, JSON),
        (
            SEGMENT,
            {"instructions": ON, "environment_key": "test"},
            {"environmentKey": "test", "instructions": ON},
            SEMANTIC,
        ),
        (SEGMENT, {"patch": OPERATIONS, "environment_key": "test"}, {"patch": OPERATIONS}, JSON),
        (
            MEMBERS,
            {"instructions": [{"kind": "k", "member_ids": ["m"]}]},
            {"instructions": [{"kind": "k", "memberIDs": ["m"]}]},
            SEMANTIC,
        ),
        (
            FeatureFlagsBeta.get_migration_safety_issues.operation,
            {"instructions": ON},
            {"instructions": ON},
            SEMANTIC,
        ),
        (TOKEN, {"body": OPERATIONS}, OPERATIONS, JSON),
        (FLAG, {"body": {"patch": OPERATIONS}, "comment": "ignored"}, {"patch": OPERATIONS}, JSON),
        (FLAG, {"body": {"merge": {"name": "x"}}}, {"merge": {"name": "x"}}, JSON),
        (FLAG, {"body": {"name": "x"}}, {"name": "x"}, JSON),
        (
            FLAG,
            {"body": {"instructions": [{"kind": "k", "rule_id": "r"}], "environment_key": "e"}},
            {"instructions": [{"kind": "k", "ruleId": "r"}], "environmentKey": "e"},
            SEMANTIC,
        ),
        (TOKEN, {"body": {"instructions": ON}}, {"instructions": ON}, JSON),
    ],
)
def test_the_format_follows_from_what_is_given(
    operation: Operation, given: dict[str, Any], body: Any, media: str
) -> None:
    assert build_patch(operation, given) == (body, media)


@pytest.mark.parametrize(
    ("operation", "given", "problem"),
    [
        (FLAG, {}, "give one of patch, merge, instructions, body, not none of them"),
        (FLAG, {"patch": [], "merge": {}}, "not patch and merge at once"),
        (FLAG, {"instructions": ON, "body": {}}, "not instructions and body at once"),
        (
            FLAG,
            {"patch": OPERATIONS, "environment_key": "test"},
            "environment_key goes with instructions alone",
        ),
        (FLAG, {"merge": None}, "merge cannot be None"),
        (FLAG, {"patch": {"op": "add"}}, "patch takes a list, not dict"),
        (FLAG, {"patch": OPERATIONS, "comment": 5}, "comment takes a text, not int"),
        (FLAG, {"instructions": ON, "environment_key": 5}, "environment_key takes a text, not int"),
        (FLAG, {"instructions": [5]}, "instructions[0] takes a dictionary, not int"),
        (FLAG, {"body": "name"}, "body takes a list or a dictionary, not str"),
    ],
)
def test_anything_but_one_format_is_refused(
    operation: Operation, given: dict[str, Any], problem: str
) -> None:
    with pytest.raises(TypeError) as refused:
        build_patch(operation, given)
    assert problem in str(refused.value)


def test_a_patch_may_be_left_out_only_where_the_documentation_does() -> None:
    assert build_patch(ReleasePipelinesBeta.update_pipeline_patch.operation, {}) is None
