"""The project that a call's path names, loaded and seen once per call."""

from flagstaff.features.projects.model import Project
from flagstaff.features.projects.store import get_project, unknown_project
from flagstaff.http.call import Call


def project_of(call: Call) -> Project:
    """The project in the path; raises NotFound when there is none or the caller may not see it."""
    project = call.memory.get("project")
    if not isinstance(project, Project):
        project = get_project(call.tx, call.path["projectKey"])
        if not call.sees(project.resource):
            raise unknown_project(project.key)
        call.memory["project"] = project
    return project
