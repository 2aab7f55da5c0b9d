"""Statuses of flags over REST: the handlers, then one row per operation."""

from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from flagstaff.features.flags.scope import environment_in, flag_of, place_of
from flagstaff.features.flags.statuses.model import Observed, status_of
from flagstaff.features.flags.statuses.store import list_observed
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.clock import show_moment
from flagstaff.kernel.links import Link, Links

ACROSS = "/api/v2/flag-status"
MANY = "/api/v2/flag-statuses/{projectKey}/{environmentKey}"


class EnvironmentQuery(Struct, frozen=True):
    """Which environment to show; without it, all of them."""

    env: str = ""


class EnvironmentStatusRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The status of a flag in one environment; `default` is the fallback value last seen in code."""

    name: str
    last_requested: str | UnsetType = UNSET
    default: msgspec.Raw | UnsetType = UNSET


class FlagStatusRep(EnvironmentStatusRep, frozen=True, kw_only=True):
    """The same with its links."""

    links: Links = field(name="_links")


class FlagStatusesRep(Struct, frozen=True, kw_only=True):
    """The statuses of all flags in an environment."""

    items: list[FlagStatusRep]
    links: Links = field(name="_links")


class AcrossEnvironmentsRep(Struct, frozen=True, kw_only=True):
    """The status of a flag in each environment."""

    environments: dict[str, EnvironmentStatusRep]
    key: str
    links: Links = field(name="_links")


def get_feature_flag_status_across_environments(call: Call) -> AcrossEnvironmentsRep:
    """Show the status of a flag in every environment, or in the one that `env` names."""
    place = place_of(call)
    key = flag_of(call, place).flag.key
    named = call.query.env
    shown = [environment_in(place, named, "env")] if named else place.environments
    project = place.project.key
    return AcrossEnvironmentsRep(
        environments={
            environment.key: _show(_observe(call, environment, key), call.tx.now) for environment in shown
        },
        key=key,
        links={"parent": Link(ACROSS), "self": Link(f"{ACROSS}/{project}/{key}")},
    )


def get_feature_flag_statuses(call: Call) -> FlagStatusesRep:
    """List the statuses of the flags in an environment, but for archived ones, by key."""
    environment, project = environment_of(call), place_of(call).project
    items = []
    live = ("project_id = :project AND NOT archived", {"project": project.id})
    for observed in list_observed(call.tx, environment, live):
        call.tx.pace()
        items.append(_link(project.key, environment.key, observed, call.tx.now))
    path = f"/api/v2/flag-statuses/{project.key}/{environment.key}"
    return FlagStatusesRep(items=items, links={"self": Link(path)})


def get_feature_flag_status(call: Call) -> FlagStatusRep:
    """Show the status of a flag in an environment."""
    environment, place = environment_of(call), place_of(call)
    key = flag_of(call, place).flag.key
    return _link(place.project.key, environment.key, _observe(call, environment, key), call.tx.now)


def _observe(call: Call, environment: Environment, key: str) -> Observed:
    where = "project_id = :project AND key = :key", {"project": environment.project_id, "key": key}
    (observed,) = list_observed(call.tx, environment, where)
    return observed


def _show(observed: Observed, now: int) -> EnvironmentStatusRep:
    return EnvironmentStatusRep(**_members(observed, now))


def _link(project_key: str, environment_key: str, observed: Observed, now: int) -> FlagStatusRep:
    links = {
        "parent": Link(f"/api/v2/flags/{project_key}/{observed.key}"),
        "self": Link(f"/api/v2/flag-statuses/{project_key}/{environment_key}/{observed.key}"),
    }
    return FlagStatusRep(**_members(observed, now), links=links)


def _members(observed: Observed, now: int) -> dict[str, Any]:
    requested = observed.last_requested
    default = None if requested is None else observed.default
    return {
        "name": status_of(observed, now),
        "last_requested": UNSET if requested is None else show_moment(requested),
        "default": UNSET if default is None else msgspec.Raw(default.encode()),
    }


GROUP = "feature_flags"
OPERATIONS = (
    Operation(
        get_feature_flag_status_across_environments,
        "GET",
        ACROSS + "/{projectKey}/{featureFlagKey}",
        (GROUP, "across_environments"),
        query=EnvironmentQuery,
        answer=AcrossEnvironmentsRep,
    ),
    Operation(get_feature_flag_statuses, "GET", MANY, (GROUP, "list_flag_statuses"), answer=FlagStatusesRep),
    Operation(
        get_feature_flag_status,
        "GET",
        MANY + "/{featureFlagKey}",
        (GROUP, "get_status"),
        answer=FlagStatusRep,
    ),
)
