"""What new flags of a project start from, over REST: the handlers, then one row per operation."""

from typing import Any

import msgspec

from flagstaff.features.projects import represent
from flagstaff.features.projects.changes import save_changed
from flagstaff.features.projects.descriptions import describe_change
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.schemas import FlagDefaultsFields, FlagDefaultsRep
from flagstaff.features.projects.scope import project_of
from flagstaff.http.call import Call
from flagstaff.http.editing import edit_fields
from flagstaff.http.operations import Operation
from flagstaff.kernel.ids import check_tags
from flagstaff.kernel.patches import PatchFormat

PATH = "/api/v2/projects/{projectKey}/flag-defaults"
ACTION = "updateProjectFlagDefaults"


def get_flag_defaults_by_project(call: Call) -> Project:
    """Show what new flags of the project start from."""
    return project_of(call)


def put_flag_defaults_by_project(call: Call) -> Project:
    """Set what new flags of the project start from."""
    return _save(call, _changeable(call), call.body)


def patch_flag_defaults_by_project(call: Call) -> Project:
    """Change some of what new flags of the project start from, by JSON patch or merge patch."""
    before = _changeable(call)
    shown = represent.represent_flag_defaults(before)
    return _save(call, before, edit_fields(shown, call.body, FlagDefaultsFields))


def _changeable(call: Call) -> Project:
    project = project_of(call)
    call.require(ACTION, project.resource)
    return project


def _save(call: Call, before: Project, fields: FlagDefaultsFields) -> Project:
    defaults = represent.read_flag_defaults(fields, check_tags(fields.tags))
    after = msgspec.structs.replace(before, flag_defaults=defaults)
    return save_changed(call, before, after, (ACTION,), describe_change(_wire(before), _wire(after)))


def _wire(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(represent.represent_flag_defaults(project))
    return found


def _show(_: Call, project: Project) -> FlagDefaultsRep:
    return represent.represent_flag_defaults(project)


GROUP = "projects"
SHOWN: Any = {"represent": _show, "answer": FlagDefaultsRep}
OPERATIONS = (
    Operation(get_flag_defaults_by_project, "GET", PATH, (GROUP, "get_flag_defaults"), **SHOWN),
    Operation(
        put_flag_defaults_by_project,
        "PUT",
        PATH,
        (GROUP, "update_flag_defaults_for_project"),
        ACTION,
        body=FlagDefaultsFields,
        **SHOWN,
    ),
    Operation(
        patch_flag_defaults_by_project,
        "PATCH",
        PATH,
        (GROUP, "update_flag_default"),
        ACTION,
        patch=frozenset({PatchFormat.JSON, PatchFormat.MERGE}),
        **SHOWN,
    ),
)
