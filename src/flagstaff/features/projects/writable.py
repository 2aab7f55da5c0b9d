"""The projects in which roles let something be changed, for those that show it."""

from collections.abc import Sequence

from flagstaff.access.policies import Policy
from flagstaff.access.reach import reaches
from flagstaff.features.accounts.teams.schemas import ProjectSummaryRep
from flagstaff.features.projects.represent import project_path
from flagstaff.features.projects.store import list_projects
from flagstaff.http.call import Call
from flagstaff.kernel.links import Link


def find_writable(call: Call, policies: Sequence[Policy]) -> list[ProjectSummaryRep]:
    """Those of the projects that the caller sees in which one of the policies allows a change."""
    return [
        ProjectSummaryRep(
            links={"self": Link(project_path(project))},
            id=project.id,
            key=project.key,
            name=project.name,
        )
        for project in list_projects(call.tx)
        if call.sees(project.resource) and reaches(policies, project.resource)
    ]
