"""Contexts over REST: what events have shown of them, searched and shown; then one row per operation."""

from typing import Any

from msgspec import UNSET, structs

from flagstaff.features.contexts import searching, store
from flagstaff.features.contexts.forgetting import describe_forgetting, forget_instance, prepare_instance
from flagstaff.features.contexts.model import read_token, write_token
from flagstaff.features.contexts.represent import represent_context, represent_instance
from flagstaff.features.contexts.schemas import ContextsRep, InstancesRep, PartQuery, SearchBody
from flagstaff.features.contexts.searching import APPLICATION, Search, both, is_ascending
from flagstaff.features.contexts.store import Found, Part
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.projects.scope import project_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.kernel.paging import part_links, read_page
from flagstaff.storage.changes import save_action

ENVIRONMENT = "/api/v2/projects/{projectKey}/environments/{environmentKey}"
PAGE, LONGEST_PAGE = 20, 50
DELETE = "deleteContextInstance"


def get_contexts(call: Call) -> ContextsRep:
    """Show a context by its kind and key, once for each application that it was seen in."""
    search = searching.search_contexts(call.query.filter, [APPLICATION])
    keys = {"its_kind": call.path["kind"], "its_key": call.path["key"]}
    return _contexts(call, call.query, both(search, ("kind = :its_kind AND key = :its_key", keys)))


def search_contexts(call: Call) -> ContextsRep:
    """Search for contexts; by the parameters of the query or of the body, not of both."""
    asked = _asked(call)
    return _contexts(call, asked, searching.search_contexts(asked.filter))


def get_context_instances(call: Call) -> InstancesRep:
    """Show contexts that were evaluated together by their id, once for each application."""
    search = searching.search_instances(call.query.filter, [APPLICATION])
    return _instances(call, call.query, both(search, ("id = :its_id", {"its_id": call.path["id"]})))


def search_context_instances(call: Call) -> InstancesRep:
    """Search for contexts that were evaluated together; by the parameters of query or body, not of both."""
    asked = _asked(call)
    return _instances(call, asked, searching.search_instances(asked.filter))


def delete_context_instances(call: Call) -> None:
    """Forget contexts that were evaluated together. They come back when an SDK tells of them again."""
    project, environment, known = project_of(call), environment_of(call), call.path["id"]
    if not call.prepared:
        raise NotFound(f"Unknown context instance {known[:100]}")
    resource = environment.resource(project)
    call.require(DELETE, resource)
    forget_instance(call.tx, environment, known)
    save_action(call.tx, describe_forgetting(call, "deleted a context instance in", DELETE, resource))


def _contexts(call: Call, asked: PartQuery, search: Search) -> ContextsRep:
    project, environment = project_of(call), environment_of(call)
    contexts, found = store.list_contexts(call.tx, environment, search, _part(asked))
    return ContextsRep(
        items=[represent_context(project, environment, seen) for seen in contexts],
        environment_id=environment.id,
        **_frame(call, asked, found),
    )


def _instances(call: Call, asked: PartQuery, search: Search) -> InstancesRep:
    project, environment = project_of(call), environment_of(call)
    instances, found = store.list_instances(call.tx, environment, search, _part(asked))
    return InstancesRep(
        items=[represent_instance(project, environment, seen) for seen in instances],
        environment_id=environment.id,
        **_frame(call, asked, found),
    )


def _asked(call: Call) -> PartQuery:
    """The search of the query or that of the body; raises InvalidRequest where there are two."""
    query: PartQuery = call.query
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    if not given:
        return query
    if structs.replace(query, include_total_count=True) != PartQuery():
        raise InvalidRequest("The parameters of a search stand in the query or in the body, not in both")
    return structs.replace(query, **given)


def _part(asked: PartQuery) -> Part:
    limit = read_page(asked.limit, None, PAGE, LONGEST_PAGE).limit or PAGE
    after = read_token(asked.continuation_token)
    return Part(limit, after, is_ascending(asked.sort), asked.include_total_count)


def _frame(call: Call, asked: PartQuery, found: Found) -> dict[str, Any]:
    """What stands around the items of an answer."""
    token = UNSET if found.next is None else write_token(found.next)
    kept = {"filter": asked.filter, "sort": asked.sort, "limit": str(asked.limit or PAGE)}
    if not asked.include_total_count:
        kept["includeTotalCount"] = "false"
    return {
        "links": part_links(call.url, kept, "continuationToken", asked.continuation_token, token or ""),
        "continuation_token": token,
        "total_count": UNSET if found.total is None else found.total,
    }


GROUP = "contexts"
OPERATIONS = (
    Operation(
        get_contexts,
        "GET",
        ENVIRONMENT + "/contexts/{kind}/{key}",
        (GROUP, "get_by_kind_and_key"),
        query=PartQuery,
        answer=ContextsRep,
    ),
    Operation(
        search_contexts,
        "POST",
        ENVIRONMENT + "/contexts/search",
        (GROUP, "search_contexts"),
        query=PartQuery,
        body=SearchBody,
        optional_body=True,
        answer=ContextsRep,
        reads=True,
    ),
    Operation(
        get_context_instances,
        "GET",
        ENVIRONMENT + "/context-instances/{id}",
        (GROUP, "get_context_instances"),
        query=PartQuery,
        answer=InstancesRep,
    ),
    Operation(
        search_context_instances,
        "POST",
        ENVIRONMENT + "/context-instances/search",
        (GROUP, "search_context_instances"),
        query=PartQuery,
        body=SearchBody,
        optional_body=True,
        answer=InstancesRep,
        reads=True,
    ),
    Operation(
        delete_context_instances,
        "DELETE",
        ENVIRONMENT + "/context-instances/{id}",
        (GROUP, "delete_context_instance"),
        DELETE,
        status=204,
        prepare=prepare_instance,
    ),
)
