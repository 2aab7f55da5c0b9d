"""Payload filters over REST, in our own namespace: the handlers, then one row per operation."""

from flagstaff.features.projects.payload_filters import store
from flagstaff.features.projects.payload_filters.model import (
    MOST_FILTERS,
    PayloadFilter,
    check_flag_keys,
    settle,
)
from flagstaff.features.projects.payload_filters.represent import represent_filter, represent_filters
from flagstaff.features.projects.payload_filters.schemas import (
    PayloadFilterPut,
    PayloadFilterRep,
    PayloadFiltersRep,
)
from flagstaff.features.projects.scope import project_of
from flagstaff.http.call import Call
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.descriptions import Wording, describe_change
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import check_key, check_tags
from flagstaff.kernel.markdown import quote

MANY = "/api/v2/flagstaff/projects/{projectKey}/payload-filters"
ONE = MANY + "/{filterKey}"

TOPIC = "payload-filter"
WORDING = Wording(
    texts={"name": "name"}, lists={"flag_tags": ("the tag", quote), "flag_keys": ("the flag", quote)}
)


def get_payload_filters(call: Call) -> PayloadFiltersRep:
    """List the payload filters of a project, by key."""
    project = project_of(call)
    return represent_filters(project, store.list_filters(call.tx, project.id))


def put_payload_filter(call: Call) -> PayloadFilterRep:
    """Make a payload filter, or change what it takes in.

    An SDK that is configured with the filter's key is given the flags with one of `flagTags` or one of
    `flagKeys`, together with their prerequisites and the segments that all of these use.
    """
    project, body = project_of(call), call.body
    before = store.find_filter(call.tx, project.id, call.path["filterKey"])
    given = PayloadFilter(
        id=call.tx.ids.object_id(),
        project_id=project.id,
        key=check_key(call.path["filterKey"], "payload filter"),
        name=body.name,
        flag_tags=check_tags(body.flag_tags),
        flag_keys=check_flag_keys(body.flag_keys),
    )
    after, action = settle(before, given), "updatePayloadFilter" if before else "createPayloadFilter"
    call.require(action, after.resource(project))
    if before is None and len(store.list_filters(call.tx, project.id)) >= MOST_FILTERS:
        raise InvalidRequest(f"A project must not have more than {MOST_FILTERS} payload filters")
    said = describe_change(before, after, WORDING) if before else ""
    verb = f"{'updated' if before else 'created'} the payload filter"
    entry = call.describe(TOPIC, after.name, verb, after.resource(project), action, description=said)
    store.save_filter(call.tx, project, before, after, entry)
    return represent_filter(project, after)


def delete_payload_filter(call: Call) -> None:
    """Delete a payload filter. The streams of SDKs that are configured with it end."""
    project = project_of(call)
    found = store.get_filter(call.tx, project, call.path["filterKey"])
    call.require("deletePayloadFilter", found.resource(project))
    resource = found.resource(project)
    entry = call.describe(TOPIC, found.name, "deleted the payload filter", resource, "deletePayloadFilter")
    store.save_filter(call.tx, project, found, None, entry)


GROUP = "payload_filters"
OPERATIONS = (
    Operation(get_payload_filters, "GET", MANY, (GROUP, "list_payload_filters"), answer=PayloadFiltersRep),
    Operation(
        put_payload_filter,
        "PUT",
        ONE,
        (GROUP, "put_payload_filter"),
        BY_CHANGE,
        body=PayloadFilterPut,
        answer=PayloadFilterRep,
    ),
    Operation(
        delete_payload_filter,
        "DELETE",
        ONE,
        (GROUP, "delete_payload_filter"),
        "deletePayloadFilter",
        status=204,
    ),
)
