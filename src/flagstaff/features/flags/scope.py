"""What a call about flags is about: its project, the environments to show, the flag in its path."""

from collections.abc import Sequence

from flagstaff.access.specifiers import Resource
from flagstaff.features.accounts.store import find_summary
from flagstaff.features.accounts.teams.model import Team
from flagstaff.features.accounts.teams.store import find_team
from flagstaff.features.flags.model import Flag, FlagState
from flagstaff.features.flags.represent import EnvironmentView, FlagView
from flagstaff.features.flags.store import FlagPlace, get_flag
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.scope import project_of
from flagstaff.http.call import Call
from flagstaff.kernel.errors import InvalidRequest


def place_of(call: Call, only: Sequence[str] = ()) -> FlagPlace:
    """The project in the path with its environments, or with those whose keys are in `only`, in that order.

    Raises NotFound for a project that the caller does not see, InvalidRequest for an unknown environment.
    """
    project = project_of(call)
    every = list_environments(call.tx, project)
    if not only:
        return FlagPlace(project, tuple(every))
    by_key = {environment.key: environment for environment in every}
    unknown = [key for key in only if key not in by_key]
    if unknown:
        raise InvalidRequest(f"query: unknown environment {unknown[0][:80]!r} - at `env`")
    return FlagPlace(project, tuple(by_key[key] for key in dict.fromkeys(only)))


def environment_in(place: FlagPlace, key: str, where: str) -> Environment:
    """The environment of the place with that key; raises InvalidRequest naming the member `where`."""
    for environment in place.environments:
        if environment.key == key:
            return environment
    raise InvalidRequest(f"unknown environment {key[:80]!r} - at `{where}`")


def flag_of(call: Call, place: FlagPlace) -> FlagState:
    """The flag in the path, with its targeting in the environments of the place; raises NotFound."""
    return get_flag(call.tx, place, call.path.get("featureFlagKey") or call.path["flagKey"])


def resources_of(place: FlagPlace, flag: Flag) -> dict[str, Resource]:
    """What policies call the flag in each environment, by environment key."""
    return {environment.key: resource_in(place, environment, flag) for environment in place.environments}


def resource_in(place: FlagPlace, environment: Environment, flag: Flag) -> Resource:
    """What policies call the flag in one environment."""
    return environment.resource(place.project).child("flag", flag.key, flag.tags)


def view_of(
    call: Call,
    place: FlagPlace,
    flags: Sequence[Flag],
    *,
    summary: bool = False,
    migration_settings: bool = False,
) -> dict[str, FlagView]:
    """How to show each flag, by id: with its maintainer, in the environments of the place."""
    expanded = getattr(call.query, "expand", "").split(",")
    views: dict[tuple[str | None, str | None], FlagView] = {}  # by maintainer
    for member_id, team_key in {(flag.maintainer_id, flag.maintainer_team_key) for flag in flags}:
        views[member_id, team_key] = FlagView(
            project_key=place.project.key,
            environments=tuple(EnvironmentView(shown.key, shown.name) for shown in place.environments),
            summary=summary,
            migration_settings=migration_settings or "migrationSettings" in expanded,
            maintainer=find_summary(call.tx, member_id),
            maintainer_team=_find_team(call, team_key),
        )
    return {flag.id: views[flag.maintainer_id, flag.maintainer_team_key] for flag in flags}


def _find_team(call: Call, key: str | None) -> Team | None:
    """The team that maintains a flag, unless it is gone or the caller may not see it."""
    team = find_team(call.tx, key) if key else None
    return team if team is not None and call.sees(team.resource) else None
