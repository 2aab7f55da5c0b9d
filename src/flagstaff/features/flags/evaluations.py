"""What a context would be served, over REST: the evaluation of an environment's flags for one context."""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, Struct

from flagstaff.evaluation.context import InvalidContext, parse_context
from flagstaff.features.flags.list_schemas import ReasonRep, ServedFlagsRep, ServedRep
from flagstaff.features.flags.listing import COLUMNS, has_tags
from flagstaff.features.flags.scope import place_of
from flagstaff.features.flags.store import list_flag_names
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.segments.members import membership_finder
from flagstaff.features.targeting.datasets import current_dataset
from flagstaff.http.call import Call
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.comparisons import parse_comparisons
from flagstaff.kernel.filters.fields import Field
from flagstaff.kernel.links import Link, site
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.kernel.sorting import parse_sort
from flagstaff.storage.conditions import contains_folded, translate_filter

FILTERS = (Field("query"), Field("tags", ("contains",)))
SORTS = ("creationDate", "key", "name")


class EvaluateQuery(Struct, frozen=True):
    """How the list of evaluated flags is narrowed, ordered and paged."""

    limit: int | None = None
    offset: int | None = None
    sort: str = ""
    filter: str = ""


def evaluate_context_instance(call: Call) -> ServedFlagsRep:
    """Tell what a context would be served for each flag of an environment, and why.

    The body is a context of one or many kinds. Nothing is recorded: neither contexts nor evaluations.
    """
    environment, place = environment_of(call), place_of(call)
    try:
        context = parse_context(call.body)
    except InvalidContext as error:
        raise InvalidRequest(f"The body is not a context: {error}") from None
    dataset, find = current_dataset(call, environment), membership_finder(call.tx, environment.id)
    condition = translate_filter(
        parse_comparisons(call.query.filter, FILTERS),
        {"query": lambda _, value: contains_folded(str(value), "search"), "tags": has_tags},
    )
    flags = list_flag_names(call.tx, place.project, condition, _order(call.query.sort))
    page = read_page(call.query.limit, call.query.offset, None)
    items = []
    for key, name in flags[page.offset : page.end]:
        call.tx.pace()
        found = dataset.evaluate_context(key, context, None, big_segments=find)
        path = f"/{place.project.key}/{environment.key}/features/{key}/targeting"
        items.append(
            ServedRep(
                name=name,
                key=key,
                value=found.value,
                reason=show_reason(found.reason),
                links={"self": Link(call.url), "site": site(*path.strip("/").split("/"))},
            )
        )
    links = page_links(call.url, call.query_pairs, len(flags), page)
    return ServedFlagsRep(items=items, total_count=len(flags), links=links)


def _order(sort: str) -> str:
    parts = [
        f"{COLUMNS[field.name]}{' DESC' if field.descending else ''}" for field in parse_sort(sort, SORTS)
    ]
    return ", ".join([*parts, "key"]) if parts else "created DESC, key"


def show_reason(reason: Mapping[str, Any]) -> ReasonRep:
    """The reason of an evaluation, in the names that the API has for its members."""
    return ReasonRep(
        kind=reason["kind"],
        rule_index=reason.get("ruleIndex", UNSET),
        rule_id=reason.get("ruleId", UNSET),
        prerequisite_key=reason.get("prerequisiteKey", UNSET),
        in_experiment=reason.get("inExperiment", UNSET),
        error_kind=reason.get("errorKind", UNSET),
    )
