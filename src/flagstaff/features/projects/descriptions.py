"""What the audit log says about a change of a project, its flag defaults or an environment."""

from collections.abc import Iterator, Mapping
from typing import Any

from flagstaff.kernel.markdown import quote, strike

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


def describe_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """A Markdown list of the members, in their wire names, that differ between the two."""
    old, new = dict(_flatten(before)), dict(_flatten(after))
    items = [item for name in new if old[name] != new[name] for item in _describe(name, old[name], new[name])]
    return "\n\n".join(f"- {item}" for item in items)


def _flatten(members: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in members.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _describe(name: str, old: Any, new: Any) -> Iterator[str]:
    if name == "tags":
        yield from (f"Added tag {quote(tag)}" for tag in new if tag not in old)
        yield from (f"Removed tag {strike(quote(tag))}" for tag in old if tag not in new)
    elif name in SWITCHES:
        yield SWITCHES[name][0 if new else 1]
    elif name in LABELS:
        yield f"Changed the {LABELS[name]} from {strike(quote(old))} to {quote(new)}"
