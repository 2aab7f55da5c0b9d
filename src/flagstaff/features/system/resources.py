"""Resources by their text, with the tags that they have today, on which policies depend."""

from flagstaff.access.specifiers import InvalidSpecifier, Resource, parse_resource
from flagstaff.features.flags.scope import resource_in
from flagstaff.features.flags.store import FlagPlace, find_flag
from flagstaff.features.projects.environments.store import find_environment
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.store import PROJECTS
from flagstaff.features.segments.model import SegmentPlace
from flagstaff.features.segments.store import find_segment
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.storage.transaction import Transaction


def read_resource(tx: Transaction, text: str, where: str) -> Resource:
    """The resource that a specifier names; what is not there (yet) has the tags of its text.

    Raises InvalidRequest naming the member `where`.
    """
    try:
        named = parse_resource(text)
    except InvalidSpecifier as error:
        raise InvalidRequest(f"{error} - at `{where}`") from None
    return find_tagged(tx, named)


def find_tagged(tx: Transaction, named: Resource) -> Resource:
    """The resource with the tags of today."""
    names = {segment.type: segment.name for segment in named.segments}
    project = PROJECTS.find(tx, "key = :key", key=names["proj"]) if "proj" in names else None
    return named if project is None else _in_project(tx, project, named, names)


def _in_project(tx: Transaction, project: Project, named: Resource, names: dict[str, str]) -> Resource:
    if named.path == "proj":
        return project.resource
    environment = find_environment(tx, project, names["env"]) if "env" in names else None
    if environment is None:
        parent = project.resource
        return _again(parent, named, 1)
    if named.path == "proj:env:flag":
        state = find_flag(tx, FlagPlace(project, (environment,)), names["flag"])
        if state is not None:
            return resource_in(FlagPlace(project, (environment,)), environment, state.flag)
    if named.path == "proj:env:segment":
        segment = find_segment(tx, environment, names["segment"])
        if segment is not None:
            return SegmentPlace(project, environment).resource(segment)
    return _again(environment.resource(project), named, 2)


def _again(parent: Resource, named: Resource, depth: int) -> Resource:
    """The resource below a parent as it is today, from the place `depth` of its text on."""
    for segment in named.segments[depth:]:
        parent = parent.child(segment.type, segment.name, segment.tags, segment.properties)
    return parent
