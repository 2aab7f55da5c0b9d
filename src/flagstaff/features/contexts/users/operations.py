"""Users over REST, as older clients ask for them: the handlers, then one row per operation."""

from typing import Any

from flagstaff.features.accounts.store import get_owner
from flagstaff.features.contexts.attributes.store import list_names
from flagstaff.features.contexts.forgetting import describe_forgetting, forget_context, prepare_user
from flagstaff.features.contexts.kinds.model import USER
from flagstaff.features.contexts.users import store
from flagstaff.features.contexts.users.model import STANDARD, first_name
from flagstaff.features.contexts.users.represent import represent_user
from flagstaff.features.contexts.users.schemas import (
    UserAttributesRep,
    UserJson,
    UserRecordRep,
    UserSearchQuery,
    UsersQuery,
    UsersRep,
)
from flagstaff.features.contexts.users.searching import condition_of, read_order
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.projects.scope import project_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import NotFound
from flagstaff.kernel.paging import part_links, read_page
from flagstaff.kernel.versions import V20210729
from flagstaff.storage.changes import save_action

MANY = "/api/v2/users/{projectKey}/{environmentKey}"
ONE = MANY + "/{userKey}"
PAGE, LONGEST_PAGE = 20, 50
DELETE = "deleteUser"


def get_users(call: Call) -> UsersRep:
    """List the users that were seen in an environment, by key."""
    return _users(call, UserSearchQuery(limit=call.query.limit, search_after=call.query.search_after))


def get_search_users(call: Call) -> UsersRep:
    """Search for users by a text, by attributes, or by when they were last seen."""
    return _users(call, call.query)


def get_user(call: Call) -> UserRecordRep | UserJson:
    """Show a user as they were last seen; before API version 20210729 without the record around them."""
    project, environment = project_of(call), environment_of(call)
    seen = store.find_user(call.tx, environment, call.path["userKey"])
    if seen is None:
        raise NotFound(f"Unknown user key {call.path['userKey'][:100]}")
    record = represent_user(project, environment, get_owner(call.tx).id, seen, None)
    return record if call.version >= V20210729 else record.user


def delete_user(call: Call) -> None:
    """Forget a user, in all that was seen of them. They come back when an SDK tells of them again."""
    environment, key = environment_of(call), call.path["userKey"]
    if not call.prepared:
        raise NotFound(f"Unknown user key {key[:100]}")
    resource = environment.resource(project_of(call)).child("user", key)
    call.require(DELETE, resource)
    forget_context(call.tx, environment, USER, key)
    save_action(call.tx, describe_forgetting(call, "deleted the user", DELETE, resource))


def get_user_attribute_names(call: Call) -> UserAttributesRep:
    """List the attributes that users have had."""
    names = list_names(call.tx, environment_of(call), ("kind = :user", {"user": USER}))
    private = {first_name(name.name) for name in names if name.is_redacted}
    seen = {first_name(name.name) for name in names}
    return UserAttributesRep(
        private=sorted(private),
        custom=sorted(seen - private - set(STANDARD)),
        standard=[name for name in STANDARD if name == "key" or name in seen],
    )


def _users(call: Call, asked: UserSearchQuery) -> UsersRep:
    project, environment, owner = project_of(call), environment_of(call), get_owner(call.tx)
    order = read_order(asked.sort, asked.search_after)
    page = read_page(asked.limit, asked.offset, PAGE, LONGEST_PAGE)
    found = store.list_users(call.tx, environment, condition_of(asked), order, page)
    items = [represent_user(project, environment, owner.id, one.user, one.sort_value) for one in found.users]
    following = found.users[-1].sort_value if found.has_more else ""
    return UsersRep(
        items=items,
        total_count=found.total,
        links=part_links(call.url, _kept(asked), "searchAfter", asked.search_after, following),
    )


def _kept(asked: UserSearchQuery) -> dict[str, str]:
    """The parameters that the links to the other parts keep."""
    after = "" if asked.after is None else str(asked.after)
    return {
        "q": asked.q,
        "filter": asked.filter,
        "sort": asked.sort,
        "after": after,
        "limit": str(asked.limit or PAGE),
    }


GROUP = "users"
LISTED: Any = {"answer": UsersRep}
OPERATIONS = (
    Operation(get_users, "GET", MANY, (GROUP, "list_environment_users"), query=UsersQuery, **LISTED),
    Operation(
        get_search_users,
        "GET",
        "/api/v2/user-search/{projectKey}/{environmentKey}",
        (GROUP, "search_users"),
        query=UserSearchQuery,
        **LISTED,
    ),
    Operation(get_user, "GET", ONE, (GROUP, "get_user_by_key"), answer=UserRecordRep, older_answer=UserJson),
    Operation(
        delete_user,
        "DELETE",
        ONE,
        (GROUP, "delete_by_project_environment_key"),
        DELETE,
        status=204,
        prepare=prepare_user,
    ),
    Operation(
        get_user_attribute_names,
        "GET",
        "/api/v2/user-attributes/{projectKey}/{environmentKey}",
        ("users_beta", "get_all_in_use_user_attributes"),
        answer=UserAttributesRep,
        beta=True,
    ),
)
