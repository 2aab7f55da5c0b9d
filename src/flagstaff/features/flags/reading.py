"""Reading flags over REST: the handlers of the list, of one flag and of what depends on it."""

from typing import Any

from msgspec import UNSET, Struct, field
from msgspec.structs import replace

from flagstaff.features.flags.list_schemas import (
    DependentFlagRep,
    DependentFlagsRep,
    DependentRep,
    DependentsRep,
    FlagsRep,
)
from flagstaff.features.flags.listing import OLD_FILTERS, condition_of, order_of, read_filter
from flagstaff.features.flags.model import Flag, FlagState, Targeting
from flagstaff.features.flags.observed import ObservedFlags, with_evaluations
from flagstaff.features.flags.represent import represent_flag
from flagstaff.features.flags.schemas import FlagRep
from flagstaff.features.flags.scope import environment_in, flag_of, place_of, resources_of, view_of
from flagstaff.features.flags.store import FlagPlace, list_dependents, list_flags
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.kernel.links import Link, site
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.kernel.versions import V20191212, V20240415
from flagstaff.storage.conditions import Condition

PAGE, LONGEST_PAGE = 20, 100  # since 20240415; before, a list was whole unless told otherwise


class FlagQuery(Struct, frozen=True):
    """Which environments a flag is shown in, and what is shown besides."""

    env: list[str] = field(default_factory=list)
    expand: str = ""


class FlagListQuery(Struct, frozen=True):
    """How a list of flags is narrowed, ordered, paged and shown."""

    env: list[str] = field(default_factory=list)
    tag: str = ""
    limit: int | None = None
    offset: int | None = None
    archived: bool | None = None
    summary: bool | None = None
    filter: str = ""
    sort: str = ""
    compare: bool = False
    expand: str = ""


def get_feature_flags(call: Call) -> FlagsRep:
    """List the flags of a project, newest first; without `limit` all of them, since 20240415 the first 20.

    `env` names the environments to show, `filter` and `sort` choose and order, `summary=false` shows rules
    and targets as well. With `compare=true` only flags that differ between the environments are shown.
    """
    query, is_paged = call.query, _is_paged(call)
    filtered = read_filter(
        query.filter, tag=query.tag, archived=query.archived, refused=OLD_FILTERS if is_paged else frozenset()
    )
    place = place_of(call, query.env)
    about = filtered.environment_key and environment_in(place_of(call), filtered.environment_key, "filterEnv")
    observed = ObservedFlags(call, about or None)
    condition = condition_of(filtered, about.id if about else None, observed.find)
    order = order_of(query.sort, place.environments[0].id if query.env else None)
    page = read_page(query.limit, query.offset, *((PAGE, LONGEST_PAGE) if is_paged else (None,)))
    if is_paged and not query.env:
        place = FlagPlace(place.project, (about,) if about else ())
    if query.compare and not is_paged:
        return _compare(call, place, condition, order)
    found = list_flags(call.tx, place, condition, order, page)
    return FlagsRep(
        items=show_all(call, place, found.states),
        links=page_links(call.url, call.query_pairs, found.total, page),
        total_count=found.total,
    )


def get_feature_flag(call: Call) -> FlagRep:
    """Show one flag with its targeting in every environment, or in those that `env` names."""
    place = place_of(call, call.query.env)
    return show(call, place, flag_of(call, place))


def get_dependent_flags(call: Call) -> DependentFlagsRep:
    """List the flags that have this one as a prerequisite, with the environments where they do.

    Archived flags depend on nothing.
    """
    place = place_of(call)
    key = flag_of(call, place).flag.key
    found: dict[str, DependentFlagRep] = {}
    for environment in place.environments:
        for flag in _live_dependents(call, environment, key):
            row = found.setdefault(flag.key, DependentFlagRep(name=flag.name, key=flag.key, environments=[]))
            row.environments.append(
                _dependent(place, environment, flag.key, environment.name, environment.key)
            )
    return DependentFlagsRep(
        items=[found[name] for name in sorted(found)],
        links={"self": Link(call.url), "parent": Link(f"/api/v2/flags/{place.project.key}/{key}")},
        site=site(place.project.key, "~", "features", key),
    )


def get_dependent_flags_by_env(call: Call) -> DependentsRep:
    """List the flags that have this one as a prerequisite in one environment, but for archived ones."""
    environment = environment_of(call)
    place = place_of(call)
    key = flag_of(call, place).flag.key
    return DependentsRep(
        items=[
            _dependent(place, environment, flag.key, flag.name, flag.key)
            for flag in _live_dependents(call, environment, key)
        ],
        links={"self": Link(call.url), "parent": Link(f"/api/v2/flags/{place.project.key}/{key}")},
        site=site(place.project.key, environment.key, "features", key),
    )


def show(
    call: Call, place: FlagPlace, state: FlagState, *, summary: bool = False, migration_settings: bool = False
) -> FlagRep:
    """One flag as this call asks for it, or with the settings of a migration without being asked."""
    views = view_of(call, place, [state.flag], summary=summary, migration_settings=migration_settings)
    rep = represent_flag(state, views[state.flag.id])
    (shown,) = with_evaluations(call, place, [_with_access(call, place, state, rep)])
    return shown


def show_all(call: Call, place: FlagPlace, states: list[FlagState]) -> list[FlagRep]:
    """Many flags as this call asks for them: since 20191212 in their summary form unless told otherwise."""
    summary = call.version >= V20191212 if call.query.summary is None else call.query.summary
    views = view_of(call, place, [state.flag for state in states], summary=summary)
    shown = []
    for state in states:
        call.tx.pace()
        rep = _with_access(call, place, state, represent_flag(state, views[state.flag.id]))
        shown.append(rep if place.environments else replace(rep, environments=UNSET))
    return with_evaluations(call, place, shown)


def _with_access(call: Call, place: FlagPlace, state: FlagState, rep: FlagRep) -> FlagRep:
    """The flag with what the caller may do with it in each environment, if that was asked for."""
    if not call.checks or rep.environments is UNSET:
        return rep
    resources = resources_of(place, state.flag)
    shown = {key: call.with_access(one, resources[key]) for key, one in rep.environments.items()}
    return replace(rep, environments=shown)


def _is_paged(call: Call) -> bool:
    return call.version >= V20240415


def _compare(call: Call, place: FlagPlace, condition: Condition, order: Condition) -> FlagsRep:
    page = read_page(call.query.limit, call.query.offset, None)
    every = list_flags(call.tx, place, condition, order, read_page(None, None, None))
    differing = [state for state in every.states if _differs(state)]
    return FlagsRep(
        items=show_all(call, place, differing[page.offset : page.end]),
        links=page_links(call.url, call.query_pairs, len(differing), page),
        total_count=every.total,
        total_count_with_differences=len(differing),
    )


def _differs(state: FlagState) -> bool:
    """Whether a flag behaves differently in some of the environments."""
    return len({_behaviour(targeting) for targeting in state.environments.values()}) > 1


def _behaviour(targeting: Targeting) -> tuple[Any, ...]:
    rules = tuple((_clauses(rule), rule.serve, rule.track_events) for rule in targeting.rules)
    return (
        targeting.on,
        targeting.targets,
        repr(rules),
        targeting.fallthrough,
        targeting.off_variation_id,
        targeting.prerequisites,
        targeting.track_events,
        targeting.track_events_fallthrough,
        targeting.check_ratio,
    )


def _clauses(rule: Any) -> tuple[Any, ...]:
    return tuple(
        (clause.context_kind, clause.attribute, clause.op, clause.values, clause.negate)
        for clause in rule.clauses
    )


def _live_dependents(call: Call, environment: Environment, key: str) -> list[Flag]:
    return [flag for flag in list_dependents(call.tx, environment, key) if not flag.archived]


def _dependent(
    place: FlagPlace, environment: Environment, flag_key: str, name: str, key: str
) -> DependentRep:
    return DependentRep(
        name=name,
        key=key,
        links={"self": Link(f"/api/v2/flags/{place.project.key}/{flag_key}")},
        site=site(place.project.key, environment.key, "features", flag_key),
    )
