"""Flags over REST: one row per operation; their handlers stand in `reading`, `writing` and `evaluations`."""

from typing import Any

from flagstaff.features.flags import context_settings
from flagstaff.features.flags.evaluations import EvaluateQuery, evaluate_context_instance
from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.list_schemas import (
    DependentFlagsRep,
    DependentsRep,
    FlagsRep,
    PatchedFlagRep,
    SafetyIssueRep,
    ServedFlagsRep,
)
from flagstaff.features.flags.reading import (
    FlagListQuery,
    FlagQuery,
    get_dependent_flags,
    get_dependent_flags_by_env,
    get_feature_flag,
    get_feature_flags,
)
from flagstaff.features.flags.schemas import FlagBody, FlagCopyBody, FlagRep
from flagstaff.features.flags.statuses import operations as statuses
from flagstaff.features.flags.writing import (
    CloneQuery,
    FlagPatchQuery,
    SafetyBody,
    copy_feature_flag,
    delete_feature_flag,
    patch_feature_flag,
    post_feature_flag,
    post_migration_safety_issues,
)
from flagstaff.features.targeting.datasets import prepare_dataset
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.patches import PatchFormat

MANY = "/api/v2/flags/{projectKey}"
ONE = MANY + "/{featureFlagKey}"
ENVIRONMENT = "/api/v2/projects/{projectKey}/environments/{environmentKey}"
SAFETY = "/api/v2/projects/{projectKey}/flags/{flagKey}/environments/{environmentKey}/migration-safety-issues"
FLAGS, BETA = "feature_flags", "feature_flags_beta"

OPERATIONS = (
    Operation(
        get_feature_flags, "GET", MANY, (FLAGS, "list"), query=FlagListQuery, answer=FlagsRep, steady=True
    ),
    Operation(
        post_feature_flag,
        "POST",
        MANY,
        (FLAGS, "create_feature_flag"),
        "createFlag",
        query=CloneQuery,
        body=FlagBody,
        answer=FlagRep,
        status=201,
    ),
    Operation(
        get_feature_flag,
        "GET",
        ONE,
        (FLAGS, "single_flag_by_key"),
        query=FlagQuery,
        answer=FlagRep,
        steady=True,
    ),
    Operation(
        patch_feature_flag,
        "PATCH",
        ONE,
        (FLAGS, "update_feature_flag"),
        BY_CHANGE,
        query=FlagPatchQuery,
        patch=frozenset(PatchFormat),
        vocabulary=FLAG,
        answer=PatchedFlagRep,
    ),
    Operation(delete_feature_flag, "DELETE", ONE, (FLAGS, "delete_flag"), "deleteFlag", status=204),
    Operation(
        copy_feature_flag,
        "POST",
        ONE + "/copy",
        (FLAGS, "copy_flag_settings"),
        "copyFlagConfigTo",
        body=FlagCopyBody,
        answer=FlagRep,
        status=201,
    ),
    Operation(
        get_dependent_flags,
        "GET",
        ONE + "/dependent-flags",
        (BETA, "list_dependent_flags"),
        answer=DependentFlagsRep,
        beta=True,
    ),
    Operation(
        get_dependent_flags_by_env,
        "GET",
        MANY + "/{environmentKey}/{featureFlagKey}/dependent-flags",
        (BETA, "list_dependent_flags_by_env"),
        answer=DependentsRep,
        beta=True,
    ),
    Operation(
        post_migration_safety_issues,
        "POST",
        SAFETY,
        (BETA, "get_migration_safety_issues"),
        body=SafetyBody,
        answer=list[SafetyIssueRep],
        may_be_empty=True,
        beta=True,
        reads=True,
    ),
    Operation(
        evaluate_context_instance,
        "POST",
        ENVIRONMENT + "/flags/evaluate",
        ("contexts", "evaluate_flags_for_context_instance"),
        query=EvaluateQuery,
        body=dict[str, Any],
        answer=ServedFlagsRep,
        reads=True,
        prepare=prepare_dataset,
    ),
    *context_settings.OPERATIONS,
    *statuses.OPERATIONS,
)
