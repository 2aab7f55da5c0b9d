"""What the audit entry of each write shows of the resource before and after it, as it shall be."""

from collections.abc import Mapping
from typing import Any

from flagstaff.http.operations import Operation
from flagstaff.kernel.patches import PatchFormat
from tests.sweeps.examples import EXAMPLES

BEFORE, AFTER = "previousVersion", "currentVersion"
MADE, CHANGED, DELETED, NEITHER = {AFTER}, {BEFORE, AFTER}, {BEFORE}, set[str]()
BY_METHOD = {"POST": MADE, "PUT": CHANGED, "PATCH": CHANGED, "DELETE": DELETED}
OTHERWISE: dict[str, set[str]] = {
    **dict.fromkeys(
        (
            *("acceptInvitation", "resetPassword", "confirmSecondFactor", "deleteSecondFactor"),
            *("postMemberTeams", "postTeamMembers", "resetToken", "resetRelayAutoConfig"),
            *("resetEnvironmentSdkKey", "resetEnvironmentMobileKey", "copyFeatureFlag"),
            *("updateBigSegmentContextTargets", "updateBigSegmentTargets"),
        ),
        CHANGED,
    ),
    **dict.fromkeys(("putContextKind", "patchApplication", "patchApplicationVersion"), MADE),
    # Links, authorizations, replays, and what events have shown: nothing of it is a resource with a version.
    **dict.fromkeys(
        (
            *(
                "renewInvitation",
                "makeResetLink",
                "giveAuthorization",
                "deleteAuthorization",
                "replayWebhookDelivery",
            ),
            *("deleteContextInstances", "deleteUser", "deleteApplication", "deleteApplicationVersion"),
            *("createBigSegmentImport", "patchSegmentImport", "createBigSegmentExport"),
        ),
        NEITHER,
    ),
}

SAY_IT_ALL = {"putPassword", "putContextKind", "patchFeatureFlag"}  # by the verb of their examples


def expected_of(row: Operation) -> set[str]:
    """The members that the entry of the row's example has beside those of every entry."""
    body = EXAMPLES[row.id].json
    shown = OTHERWISE.get(row.id, BY_METHOD[row.method])
    if EXAMPLES[row.id].semantic or not row.patch:
        return shown
    is_json = isinstance(body, list) or "patch" in body
    assert (PatchFormat.JSON if is_json else PatchFormat.MERGE) in row.patch
    return shown | {"delta" if is_json else "merge"}


def tells(row: Operation) -> bool:
    """Whether the entry must tell what has changed: what was made, deleted or switched says so itself."""
    return row.method in {"PATCH", "PUT"} and row.id not in SAY_IT_ALL


def shown_by(detail: Mapping[str, Any]) -> set[str]:
    """Which of those members it has."""
    return {BEFORE, AFTER, "delta", "merge"} & detail.keys()
