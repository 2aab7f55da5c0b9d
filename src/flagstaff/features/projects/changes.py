"""Storing a changed project, with what the audit log says about it."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from flagstaff.features.projects import store
from flagstaff.features.projects.model import Project
from flagstaff.http.call import Call
from flagstaff.storage.audit import Entry


def save_changed(
    call: Call, before: Project, after: Project, actions: Sequence[str], description: str
) -> Project:
    """Store `after` under its next version; where nothing differs, nothing is written."""
    if after == before:
        return before
    after = msgspec.structs.replace(after, version=before.version + 1)
    entry = describe_entry(call, before, "updated the project", actions, description)
    store.save_project(call.tx, before, after, replace(entry, name=after.name))
    return after


def describe_entry(
    call: Call, project: Project, verb: str, actions: Sequence[str], description: str = ""
) -> Entry:
    """The audit entry of what the call does to a project."""
    return Entry(
        kind="project",
        name=project.name,
        title_verb=verb,
        description=description,
        accesses=tuple((action, project.resource.text) for action in actions),
        actor=call.actor,
        comment=getattr(call.body, "comment", ""),
    )
