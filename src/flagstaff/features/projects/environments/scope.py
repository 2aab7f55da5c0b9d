"""The environment that a call's path names, loaded once per call."""

from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.store import get_environment
from flagstaff.features.projects.scope import project_of
from flagstaff.http.call import Call


def environment_of(call: Call) -> Environment:
    """The environment in the path, in a project that the caller sees; raises NotFound."""
    environment = call.memory.get("environment")
    if not isinstance(environment, Environment):
        project = project_of(call)
        environment = get_environment(call.tx, project, call.path["environmentKey"])
        call.memory["environment"] = environment
    return environment
