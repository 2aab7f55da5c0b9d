"""The client as a whole: its life, its links, its walks."""

import pytest

from launch_darkly_python_sdk import LaunchDarkly, NotFound
from launch_darkly_python_sdk.models import FeatureFlag, Token
from recording.server import Prepared, Recorded, Recorder

KEY = "api-secret-value"


def page(number: int, last: int) -> Prepared:
    links = {"next": {"href": f"/api/v2/tokens?limit=2&offset={2 * number}"}} if number < last else {}
    items = [{"_id": f"{number}-{turn}"} for turn in range(2)]
    return Prepared(200, {"items": items, "_links": links, "totalCount": 2 * last})


def answer_pages(request: Recorded) -> Prepared:
    offset = int(request.target.rpartition("offset=")[2]) if "offset=" in request.target else 0
    return page(offset // 2 + 1, 3)


def test_a_collection_is_walked_item_by_item(client: LaunchDarkly, recorder: Recorder) -> None:
    recorder.otherwise = answer_pages
    found = list(client.access_tokens.list.iter(limit=2, show_all=True))
    assert [token.id for token in found] == ["1-0", "1-1", "2-0", "2-1", "3-0", "3-1"]
    assert isinstance(found[0], Token)
    assert recorder.requests[0].target == "/api/v2/tokens?showAll=true&limit=2"
    assert [request.target for request in recorder.requests[1:]] == [
        f"/api/v2/tokens?limit=2&offset={n}" for n in (2, 4)
    ]


def test_a_collection_is_walked_page_by_page_and_no_further_than_asked(
    client: LaunchDarkly, recorder: Recorder
) -> None:
    recorder.otherwise = answer_pages
    pages = client.access_tokens.list.pages(limit=2)
    assert recorder.requests == []
    assert next(pages).total_count == 6
    assert len(recorder.requests) == 1


async def test_a_collection_is_walked_while_awaiting(client: LaunchDarkly, recorder: Recorder) -> None:
    recorder.otherwise = answer_pages
    assert [token.id async for token in client.access_tokens.alist.iter(limit=2)] == [
        "1-0",
        "1-1",
        "2-0",
        "2-1",
        "3-0",
        "3-1",
    ]
    assert [one.total_count async for one in client.access_tokens.alist.pages(limit=2)] == [6, 6, 6]


def test_a_search_is_walked_with_its_body(client: LaunchDarkly, recorder: Recorder) -> None:
    recorder.answers = [
        Prepared(200, {"items": [{"id": "a"}], "continuationToken": "t1"}),
        Prepared(200, {"items": [{"id": "b"}]}),
    ]
    found = client.contexts.search_contexts.iter(project_key="p", environment_key="e", filter="f", limit=1)
    assert len(list(found)) == 2
    assert [request.json for request in recorder.requests] == [
        {"filter": "f", "limit": 1},
        {"filter": "f", "limit": 1, "continuationToken": "t1"},
    ]


def test_an_evaluation_is_walked_with_its_body(client: LaunchDarkly, recorder: Recorder) -> None:
    path = "/api/v2/projects/p/environments/e/flags/evaluate"
    recorder.answers = [
        Prepared(200, {"items": [{"key": "a"}], "_links": {"next": {"href": f"{path}?limit=1&offset=1"}}}),
        Prepared(200, {"items": [{"key": "b"}]}),
    ]
    walk = client.contexts.evaluate_flags_for_context_instance.iter
    found = walk(project_key="p", environment_key="e", limit=1, body={"kind": "user", "key": "k"})
    assert [one.key for one in found] == ["a", "b"]
    assert [(one.method, one.target, one.json["key"]) for one in recorder.requests] == [
        ("POST", f"{path}?limit=1", "k"),
        ("POST", f"{path}?limit=1&offset=1", "k"),
    ]


def test_wrong_arguments_of_a_walk_are_told_when_it_begins(client: LaunchDarkly) -> None:
    with pytest.raises(TypeError, match="no argument limt"):
        next(client.access_tokens.list.iter(limt=2))


def test_a_link_is_followed_to_an_answer_of_its_own_kind(client: LaunchDarkly, recorder: Recorder) -> None:
    recorder.answers = [
        Prepared(200, {"_links": {"parent": {"href": "/api/v2/flags/default/checkout?env=test"}}})
    ]
    flag = client.follow(client.tags.list().links["parent"])
    assert isinstance(flag, FeatureFlag)
    assert recorder.last.target == "/api/v2/flags/default/checkout?env=test"


@pytest.mark.parametrize(
    "link", ["/api/v2/tokens/5f", {"href": "/api/v2/tokens/5f", "type": "application/json"}]
)
async def test_a_link_is_a_text_or_an_entry(
    link: str | dict[str, str], client: LaunchDarkly, recorder: Recorder
) -> None:
    recorder.answers = [Prepared(200, {"_id": "5f"})] * 2
    assert client.follow(link).id == "5f"
    assert (await client.afollow(link)).id == "5f"


def test_an_undocumented_address_answers_plain_json(client: LaunchDarkly, recorder: Recorder) -> None:
    recorder.answers = [Prepared(200, {"a": 1}), Prepared(404)]
    assert client.follow("/api/v2/vanished") == {"a": 1}
    with pytest.raises(NotFound, match="GET /api/v2/vanished"):
        client.follow("/api/v2/vanished")


@pytest.mark.parametrize("href", ["https://evil.org/api/v2/tokens", "//evil.org", "https://[x"])
def test_a_link_to_another_host_is_refused(href: str, client: LaunchDarkly, recorder: Recorder) -> None:
    with pytest.raises(ValueError, match="another host"):
        client.follow({"href": href})
    assert recorder.requests == []


@pytest.mark.parametrize("link", ["", {"href": None}, {"href": 5}, "/api/v2/\x00", "/api/v2/a\nb"])
def test_a_link_that_is_no_address_is_refused(
    link: str | dict[str, str], client: LaunchDarkly, recorder: Recorder
) -> None:
    with pytest.raises(ValueError, match="is no address"):
        client.follow(link)
    assert recorder.requests == []


def test_a_client_is_closed_once_or_twice_and_then_no_more_used(recorder: Recorder) -> None:
    with LaunchDarkly("token", host=recorder.host) as client:
        client.tags.list()
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.tags.list()
    LaunchDarkly("token").close()


def test_a_client_never_shows_its_key(recorder: Recorder, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    recorder.answers = [Prepared(401, {"code": "unauthorized"})]
    with LaunchDarkly(KEY, host=recorder.host, proxy=None, trust_env=False) as client:
        assert KEY not in repr(client) + repr(client.tags) + repr(client.tags.list) + repr(client._settings)
        with pytest.raises(Exception, match="unauthorized") as raised:
            client.tags.list()
    assert recorder.last.headers["Authorization"] == KEY
    assert KEY not in str(raised.value) + repr(raised.value) + repr(vars(raised.value)) + caplog.text


def test_a_client_checks_certificates_and_heeds_the_proxies_of_the_environment_by_itself() -> None:
    settings = LaunchDarkly()._settings
    assert (settings.verify, settings.trust_env, settings.proxy, settings.cert) == (True, True, None, None)
    assert (settings.timeout, settings.transport, settings.async_transport) == (30.0, None, None)


def test_there_is_no_group_of_another_name(client: LaunchDarkly) -> None:
    with pytest.raises(AttributeError, match="vanished"):
        getattr(client, "vanished")  # noqa: B009 - not known to type checkers
    assert type(client).tags is not None
