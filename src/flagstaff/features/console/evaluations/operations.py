"""What a flag served over time, over REST: the handler, then its row."""

from msgspec import UNSET

from flagstaff.features.console.evaluations.counting import (
    STEPS,
    Asking,
    Evaluations,
    find_requests,
    list_asking,
    read_evaluations,
)
from flagstaff.features.console.evaluations.schemas import (
    AskingApplicationRep,
    EvaluationsQuery,
    FlagEvaluationsRep,
    KindsTrafficRep,
)
from flagstaff.features.console.lists.traffic import represent_variations
from flagstaff.features.flags.scope import flag_of, place_of
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.links import Link
from flagstaff.kernel.spans import HOUR, find_span

PATH = (
    "/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/flags/{featureFlagKey}/evaluations"
)
MOST_HOURS = 720


def get_flag_evaluations(call: Call) -> FlagEvaluationsRep:
    """Count how often a flag was served over time by variation, and for which kinds; say who asked for it.

    The last point is still running, unless they end some hours `ago`. Where no SDK of the environment told
    anything there is a gap.
    """
    query: EvaluationsQuery = call.query
    if not 1 <= query.hours <= MOST_HOURS:
        raise InvalidRequest(f"query: hours must be from 1 to {MOST_HOURS} - at `hours`")
    if not 0 <= query.ago <= MOST_HOURS:
        raise InvalidRequest(f"query: ago must be from 0 to {MOST_HOURS} - at `ago`")
    environment, flag = environment_of(call), flag_of(call, place_of(call)).flag
    span = find_span(query.hours, call.tx.now - query.ago * HOUR, STEPS)
    found = read_evaluations(call.tx, environment, flag, span)
    variations = represent_variations(found.series)
    first, last = find_requests(call.tx, environment, flag) or (UNSET, UNSET)
    return FlagEvaluationsRep(
        begin=span.begin,
        step=span.step,
        points=span.points,
        count=sum(one.count for one in variations),
        variations=variations,
        gaps=found.gaps,
        context_kinds=_represent_kinds(found),
        applications=tuple(map(_represent_asking, list_asking(call.tx, environment, flag))),
        first_requested=first,
        last_requested=last,
        links={"self": Link(call.url)},
    )


def _represent_kinds(found: Evaluations) -> tuple[KindsTrafficRep, ...]:
    return tuple(
        KindsTrafficRep(kinds=tuple(told.split(",")) if told else (), count=count)
        for told, count in found.kinds.items()
    )


def _represent_asking(asking: Asking) -> AskingApplicationRep:
    return AskingApplicationRep(key=asking.key, name=asking.name, last_requested=asking.last)


OPERATIONS = (
    Operation(
        get_flag_evaluations,
        "GET",
        PATH,
        ("flagstaff", "get_flag_evaluations"),
        query=EvaluationsQuery,
        answer=FlagEvaluationsRep,
    ),
)
