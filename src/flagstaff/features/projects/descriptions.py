"""What the audit log says about a change of a project, its flag defaults or an environment."""

from collections.abc import Mapping
from typing import Any

from flagstaff.kernel import descriptions as kernel
from flagstaff.kernel.descriptions import TAGS, Wording

LABELS = {
    "name": "name",
    "description": "description",
    "color": "color",
    "defaultTtl": "default TTL",
    "booleanDefaults.trueDisplayName": "name of the true variation in new flags",
    "booleanDefaults.falseDisplayName": "name of the false variation in new flags",
    "booleanDefaults.trueDescription": "description of the true variation in new flags",
    "booleanDefaults.falseDescription": "description of the false variation in new flags",
    "booleanDefaults.onVariation": "variation that new flags serve when on",
    "booleanDefaults.offVariation": "variation that new flags serve when off",
}
SWITCHES = {
    "archived": ("Archived", "Restored from the archive"),
    "secureMode": ("Turned on secure mode", "Turned off secure mode"),
    "defaultTrackEvents": ("New flags track events in detail", "New flags do not track events in detail"),
    "requireComments": ("Required comments", "Made comments optional"),
    "confirmChanges": ("Required confirmation of changes", "Made changes possible without confirmation"),
    "critical": ("Marked as critical", "Marked as not critical"),
    "temporary": ("Made new flags temporary", "Made new flags permanent"),
    "defaultClientSideAvailability.usingEnvironmentId": (
        "Made new flags available to client-side SDKs",
        "Made new flags unavailable to client-side SDKs",
    ),
    "defaultClientSideAvailability.usingMobileKey": (
        "Made new flags available to mobile SDKs",
        "Made new flags unavailable to mobile SDKs",
    ),
}


WORDING = Wording(LABELS, SWITCHES, TAGS)


def describe_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """A Markdown list of the members, in their wire names, that differ between the two."""
    return kernel.describe_change(before, after, WORDING)
