"""Lists for reading over REST: the handlers, then one row per operation."""

from collections.abc import Iterable

from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.features.accounts.store import find_summary
from flagstaff.features.console.lists.represent import represent_row
from flagstaff.features.console.lists.schemas import (
    FlagRowsRep,
    FlagTrafficRep,
    RowsQuery,
    TrafficQuery,
    TrafficRep,
)
from flagstaff.features.console.lists.traffic import HOUR, read_traffic, represent_variations
from flagstaff.features.flags.listing import FlagFilter, condition_of, match_order, order_of, read_filter
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.observed import ObservedFlags
from flagstaff.features.flags.scope import place_of, resource_in
from flagstaff.features.flags.statuses.store import list_observed
from flagstaff.features.flags.store import list_flags
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.expression import find_value
from flagstaff.kernel.links import Link
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.storage.conditions import Condition, one_of

ENVIRONMENT = "/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}"
PAGE, LONGEST_PAGE = 100, 500
MOST_KEYS, MOST_HOURS = 100, 168
BY_MATCH = "match"


def get_flag_rows(call: Call) -> FlagRowsRep:
    """List flags in brief: without rules and values, with what each serves in every environment.

    `filter` and `sort` are those of the list of flags, for the environment in the path; newest first.
    With the sort `match` the flags whose key or name fits the filter's `query` best come first.
    """
    query: RowsQuery = call.query
    environment, place = environment_of(call), place_of(call)
    about = f"filterEnv:{environment.key}"
    filtered = read_filter(f"{about},{query.filter}" if query.filter else about)
    condition = condition_of(filtered, environment.id, ObservedFlags(call, environment).find)
    order = _order_of(query.sort, filtered, environment.id)
    page = read_page(query.limit, query.offset, PAGE, LONGEST_PAGE)
    found = list_flags(call.tx, place, condition, order, page)
    shown = one_of("id", [state.flag.id for state in found.states], "ids")
    observed = {flag.key: flag for flag in list_observed(call.tx, environment, shown)}
    maintainers = _list_maintainers(call, found.states)
    items = []
    for state in found.states:
        call.tx.pace()
        flag = state.flag
        seen = observed.get(flag.key)
        may = not flag.archived and call.may("updateOn", resource_in(place, environment, flag))
        items.append(represent_row(place.project.key, state, seen, maintainers, call.tx.now, switchable=may))
    links = page_links(call.url, call.query_pairs, found.total, page)
    return FlagRowsRep(items=tuple(items), total_count=found.total, links=links)


def get_flag_traffic(call: Call) -> TrafficRep:
    """Count how often some flags were served in the last hours, by variation and hour.

    The last point is the hour that is still running. Flags are counted by key, whether or not they exist.
    """
    query: TrafficQuery = call.query
    environment = environment_of(call)
    keys = list(dict.fromkeys(query.key))
    if len(keys) > MOST_KEYS:
        raise InvalidRequest(f"query: at most {MOST_KEYS} flags at once - at `key`")
    if not 1 <= query.hours <= MOST_HOURS:
        raise InvalidRequest(f"query: hours must be from 1 to {MOST_HOURS} - at `hours`")
    traffic = read_traffic(call.tx, environment, keys, query.hours)
    return TrafficRep(
        begin=traffic.begin,
        step=HOUR,
        points=traffic.hours,
        items=tuple(_represent_traffic(key, traffic.counts.get(key, {})) for key in keys),
        links={"self": Link(call.url)},
    )


def _order_of(sort: str, filtered: FlagFilter, environment_id: str) -> Condition:
    if sort != BY_MATCH:
        return order_of(sort, environment_id)
    return match_order(str(find_value(filtered.terms, "query") or ""))


def _list_maintainers(call: Call, states: Iterable[FlagState]) -> dict[str, MemberSummaryRep | None]:
    named = {state.flag.maintainer_id for state in states}
    return {member_id: find_summary(call.tx, member_id) for member_id in named if member_id}


def _represent_traffic(key: str, counts: dict[int, list[int]]) -> FlagTrafficRep:
    variations = represent_variations(counts)
    return FlagTrafficRep(key=key, count=sum(one.count for one in variations), variations=variations)


OPERATIONS = (
    Operation(
        get_flag_rows,
        "GET",
        ENVIRONMENT + "/flags",
        ("flagstaff", "list_flag_rows"),
        query=RowsQuery,
        answer=FlagRowsRep,
    ),
    Operation(
        get_flag_traffic,
        "GET",
        ENVIRONMENT + "/flag-traffic",
        ("flagstaff", "get_flag_traffic"),
        query=TrafficQuery,
        answer=TrafficRep,
    ),
)
