"""Storing a changed project, with what the audit log says about it."""

from collections.abc import Sequence

from msgspec.structs import replace

from flagstaff.features.projects import store
from flagstaff.features.projects.model import Project
from flagstaff.http.call import Call


def save_changed(
    call: Call, before: Project, after: Project, actions: Sequence[str], description: str
) -> Project:
    """Store `after` under its next version; where nothing differs, nothing is written."""
    if after == before:
        return before
    after = replace(after, version=before.version + 1)
    entry = replace(
        store.describe_entry(before, "updated the project", actions, call.actor),
        name=after.name,
        description=description,
        comment=getattr(call.body, "comment", ""),
    )
    store.save_project(call.tx, before, after, entry)
    return after
