"""From page to page."""

from typing import Any

import pytest

from launch_darkly_python_sdk import UnexpectedRedirect
from launch_darkly_python_sdk.groups.contexts import Contexts
from launch_darkly_python_sdk.groups.relay_proxy_configurations import RelayProxyConfigurations
from launch_darkly_python_sdk.groups.release_pipelines_beta import ReleasePipelinesBeta
from launch_darkly_python_sdk.groups.tags import Tags
from launch_darkly_python_sdk.models import Contexts as ContextsPage
from launch_darkly_python_sdk.models import ReleasePipelineCollection, TagCollection, UserFlagSettings
from launch_darkly_python_sdk.walks import find_next, first_turn, list_items

HOST = "http://127.0.0.1:1"
TAGS = Tags.list.operation
PIPELINES = ReleasePipelinesBeta.get_all_release_pipelines.operation
SEARCH = Contexts.search_contexts.operation


def next_link(href: Any) -> TagCollection:
    return TagCollection({"items": [], "_links": {"next": {"href": href}}})


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/api/v2/tags?offset=20", f"{HOST}/api/v2/tags?offset=20"),
        (f"{HOST}/api/v2/tags?offset=20", f"{HOST}/api/v2/tags?offset=20"),
        ("/api/v2/tags", None),
        ("", None),
        (None, None),
    ],
)
def test_the_next_page_is_where_the_link_leads_unless_it_is_this_one(href: Any, url: str | None) -> None:
    turn = first_turn(TAGS, {}, HOST)
    found = find_next(TAGS, turn, next_link(href), HOST)
    assert (found.url if found else None) == url
    assert found is None or found.request == turn.request


def test_a_link_may_be_an_address_alone() -> None:
    page = TagCollection({"items": [], "_links": {"next": "/api/v2/tags?offset=20"}})
    found = find_next(TAGS, first_turn(TAGS, {}, HOST), page, HOST)
    assert found is not None
    assert found.url == f"{HOST}/api/v2/tags?offset=20"


@pytest.mark.parametrize(
    "page",
    [TagCollection({"items": []}), TagCollection({"_links": {}}), TagCollection({"_links": 5}), None, []],
)
def test_without_a_link_the_page_was_the_last(page: Any) -> None:
    assert find_next(TAGS, first_turn(TAGS, {}, HOST), page, HOST) is None


def test_a_link_to_another_host_is_not_followed() -> None:
    with pytest.raises(UnexpectedRedirect, match="another host"):
        find_next(TAGS, first_turn(TAGS, {}, HOST), next_link("https://evil.org/api/v2/tags"), HOST)


def test_a_token_is_sent_with_the_same_search() -> None:
    turn = first_turn(SEARCH, {"project_key": "p", "environment_key": "e", "filter": "f"}, HOST)
    found = find_next(SEARCH, turn, ContextsPage({"items": [{}], "continuationToken": "t"}), HOST)
    assert found is not None
    assert found.request.content == b'{"filter":"f","continuationToken":"t"}'


@pytest.mark.parametrize(
    "page",
    [{"items": [{}]}, {"items": [], "continuationToken": "t"}, {"items": [{}], "continuationToken": "again"}],
)
def test_no_new_token_or_no_items_end_the_search(page: Any) -> None:
    turn = first_turn(
        SEARCH, {"project_key": "p", "environment_key": "e", "continuation_token": "again"}, HOST
    )
    assert find_next(SEARCH, turn, ContextsPage(page), HOST) is None


@pytest.mark.parametrize(
    ("offset", "count", "total", "query"),
    [
        (None, 2, 5, "limit=2&offset=2"),
        (2, 2, 5, "limit=2&offset=4"),
        (4, 1, 5, None),
        (None, 0, 5, None),
        (None, 2, None, None),
    ],
)
def test_pages_are_counted_where_there_are_no_links(
    offset: int | None, count: int, total: int | None, query: str | None
) -> None:
    turn = first_turn(PIPELINES, {"project_key": "p", "limit": 2, "offset": offset}, HOST)
    page = ReleasePipelineCollection({"items": [{}] * count, "totalCount": total})
    found = find_next(PIPELINES, turn, page, HOST)
    assert (found.request.query if found else None) == query


def test_a_collection_that_comes_whole_has_no_next_page() -> None:
    operation = RelayProxyConfigurations.list.operation
    assert find_next(operation, first_turn(operation, {}, HOST), next_link("/more"), HOST) is None


def test_items_with_keys_are_walked_as_pairs() -> None:
    page = UserFlagSettings({"items": {"flag": {"_value": True}}})
    assert [(key, setting["_value"]) for key, setting in list_items(page)] == [("flag", True)]
    assert list(list_items(TagCollection({"items": None}))) == []
