"""Lists of flags: which filters and sorts there are, and what each finds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flagstaff.features.flags.listing import COLUMNS, FILTERS, OLD_FILTERS, WAITING, order_of, read_filter
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.expression import Term
from tests.support.flag_calls import GREEN, MANY, RED, a_clause, a_rule, instruct, keys, make, make_colours
from tests.support.server import START, TestServer

MEMBER = f"{2:024x}"
LIVE = Term("archived", "equals", False)


def test_archived_flags_are_left_out_unless_they_are_asked_for() -> None:
    assert read_filter("").terms == (LIVE,)
    assert read_filter("", archived=False).terms == (LIVE,)
    assert read_filter("", archived=True).terms == (Term("archived", "equals", True),)
    assert read_filter("archived:true", archived=False).terms == (Term("archived", "equals", True),)
    assert read_filter("state:archived").terms == (Term("state", "equals", "archived"),)
    assert read_filter("query:archived:true").terms == (Term("query", "equals", "archived:true"), LIVE)


def test_the_environment_of_a_filter_is_no_condition_of_its_own() -> None:
    found = read_filter("filterEnv:test,query:a", tag="vip")

    assert found.environment_key == "test"
    assert found.terms == (Term("query", "equals", "a"), Term("tags", "contains", ("vip",)), LIVE)


@pytest.mark.parametrize("field", WAITING)
def test_a_filter_over_data_that_is_not_collected_yet_is_refused_by_name(field: str) -> None:
    with pytest.raises(InvalidRequest, match=f"`{field}`"):
        read_filter(f"{field}:1")


def test_a_filter_of_an_older_version_is_not_known_any_more() -> None:
    for field in OLD_FILTERS:
        with pytest.raises(InvalidRequest, match=f"unknown field '{field}'"):
            read_filter(f"{field}:x,filterEnv:test", refused=OLD_FILTERS)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "created DESC, key"),
        ("name", "substr(search, length(key) + 2), key"),
        ("-tags,type", "tags DESC, temporary, key"),
        ("key,key", "key COLLATE NOCASE, key"),
    ],
)
def test_every_order_ends_with_the_key(sort: str, order: str) -> None:
    assert order_of(sort, None) == (order, {})


@pytest.mark.parametrize("sort", ["colour", "targetingModifiedDate", "-targetingModifiedDate", "name,"])
def test_an_order_that_means_nothing_is_refused(sort: str) -> None:
    with pytest.raises(InvalidRequest):
        order_of(sort, None)


def test_the_date_of_targeting_is_sorted_by_alone() -> None:
    assert order_of("-targetingModifiedDate", "e1")[1] == {"sorting": "e1"}
    with pytest.raises(InvalidRequest):
        order_of("name,targetingModifiedDate", "e1")


def set_up(server: TestServer) -> None:
    """Five flags, made one second after the other, and one in the archive."""
    server.post("/api/v2/segments/default/test", {"key": "insiders", "name": "Insiders"})
    availability = {"usingMobileKey": True, "usingEnvironmentId": True}
    make_colours(server, "alpha", name="Zebra", tags=["vip", "fast"])
    server.clock.advance(seconds=1)
    make(server, "Beta", name="apple", tags=["vip"], clientSideAvailability=availability)
    server.clock.advance(seconds=1)
    make(server, "gamma", name="50%_off\\", temporary=False, clientSideAvailability={"usingMobileKey": False})
    server.clock.advance(seconds=1)
    make(
        server,
        "delta",
        name="Ärger",
        clientSideAvailability=availability | {"usingMobileKey": False},
    )
    server.clock.advance(seconds=1)
    make_colours(server, "eps", name="mango", tags=["slow"])
    server.clock.advance(seconds=1)
    make(server, "old", name="Old", tags=["vip"])
    instruct(server, {"kind": "archiveFlag"}, key="old")
    instruct(server, {"kind": "deprecateFlag"}, {"kind": "removeMaintainer"}, key="eps")
    server.clock.advance(seconds=1)
    segment_rule = a_rule(GREEN, a_clause("insiders", op="segmentMatch"))
    instruct(server, {"kind": "addRule", **segment_rule}, key="alpha")
    org = {"kind": "addTargets", "contextKind": "org", "variationId": RED, "values": ["acme"]}
    instruct(server, org, key="eps", environment="production")


@pytest.fixture(scope="module")
def listed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestServer]:
    running = TestServer(template, tmp_path_factory.mktemp("listed")).start()
    set_up(running)
    yield running
    running.stop()


EVERY = {"alpha", "Beta", "gamma", "delta", "eps"}
FOUND = [
    ("archived:false", EVERY),
    ("filterEnv:test,status:new", EVERY),  # more of what events tell in test_observed.py
    ('filterEnv:test,evaluated:{"after":1590768455282}', set()),
    ("contextKindsEvaluated:user+application", set()),
    ("archived:true", {"old"}),
    ("state:live", EVERY - {"eps"}),
    ("state:deprecated", {"eps"}),
    ("state:archived", {"old"}),
    ("query:BETA", {"Beta"}),
    ("query:a", EVERY),
    ("query:zeb", {"alpha"}),
    ("query:ÄRG", {"delta"}),
    ("query:50%_off\\", {"gamma"}),
    ("query:%", {"gamma"}),
    ('query:"50%_off"', {"gamma"}),
    ("query:nothing", set()),
    ("tags:vip", {"alpha", "Beta"}),
    ("tags:vip+fast", {"alpha"}),
    ("tags:VIP", {"alpha", "Beta"}),
    ("tags:vip,tags:slow", set()),
    ("tags:vip,archived:true", {"old"}),
    ("type:permanent", {"gamma"}),
    ("type:temporary", EVERY - {"gamma"}),
    ("sdkAvailability:client", {"Beta", "delta"}),
    ("sdkAvailability:mobile", {"alpha", "Beta", "eps"}),
    ("sdkAvailability:anyClient", EVERY - {"gamma"}),
    ("sdkAvailability:server", {"gamma"}),
    (f"maintainerId:{1:024x}", EVERY - {"eps"}),
    (f"maintainerId:{MEMBER}", set()),
    ("maintainerTeamKey:crew", set()),
    (f'creationDate:{{"before":{START + 1000}}}', {"alpha"}),
    (f'creationDate:{{"after":{START + 2000},"before":{START + 4000}}}', {"delta"}),
    ("contextKindTargeted:org", {"eps"}),
    ("contextKindTargeted:org,filterEnv:production", {"eps"}),
    ("contextKindTargeted:org,filterEnv:test", set()),
    ("segmentTargeted:insiders,filterEnv:test", {"alpha"}),
    ("segmentTargeted:insiders,filterEnv:production", set()),
    ("filterEnv:production", EVERY),
    ("query:a,tags:vip,type:temporary,sdkAvailability:mobile", {"alpha", "Beta"}),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_flags_are_filtered(listed: TestServer, text: str, found: set[str]) -> None:
    answer = listed.get(MANY, query={"filter": text})

    assert set(keys(answer)) == found
    assert answer.json["totalCount"] == len(found)


def test_every_filter_has_been_tried() -> None:
    tried = " ".join(text for text, _ in FOUND)
    assert [field.name for field in FILTERS if f"{field.name}:" not in tried] == []


@pytest.mark.parametrize(
    "text",
    [
        "colour:red",
        "evaluation:1",
        "query",
        "query:",
        "archived:perhaps",
        "state:new",
        "type:none",
        "sdkAvailability:none",
        "creationDate:1",
        'creationDate:{"around":1}',
        'creationDate:{"before":"soon"}',
        "segmentTargeted:insiders",
        "filterEnv:nowhere",
        "tags:" + "+".join("t" * 501),
        ",".join(["query:a"] * 201),
        *(f"{field}:1" for field in WAITING),
        "filterEnv:test,status:none",
    ],
)
def test_a_filter_that_means_nothing_is_refused(listed: TestServer, text: str) -> None:
    answer = listed.get(MANY, query={"filter": text})

    assert (answer.status, answer.code) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"tag": "vip"}, {"alpha", "Beta"}),
        ({"tag": "vip", "filter": "tags:fast"}, {"alpha"}),
        ({"archived": "true"}, {"old"}),
        ({"archived": "0"}, EVERY),
        ({"archived": "true", "filter": "archived:false"}, EVERY),
        ({"archived": "true", "tag": "vip"}, {"old"}),
    ],
)
def test_tags_and_the_archive_have_parameters_of_their_own(
    listed: TestServer, query: Any, found: set[str]
) -> None:
    assert set(keys(listed.get(MANY, query=query))) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "eps delta gamma Beta alpha"),
        ("creationDate", "alpha Beta gamma delta eps"),
        ("key", "alpha Beta delta eps gamma"),
        ("-key", "gamma eps delta Beta alpha"),
        ("name", "gamma Beta eps alpha delta"),
        ("maintainerId,key", "eps alpha Beta delta gamma"),
        ("-tags,key", "Beta eps alpha delta gamma"),
        ("type,-key", "gamma eps delta Beta alpha"),
        ("-type,key", "alpha Beta delta eps gamma"),
    ],
)
def test_flags_are_sorted(listed: TestServer, sort: str, order: str) -> None:
    assert keys(listed.get(MANY, query={"sort": sort})) == order.split()


def test_every_sort_has_been_tried() -> None:
    assert set(COLUMNS) == {"creationDate", "key", "maintainerId", "name", "tags", "type"}


def test_flags_are_sorted_by_the_last_change_of_targeting_in_the_first_environment(
    listed: TestServer,
) -> None:
    def order(*environments: str) -> list[str]:
        pairs = [("sort", "-targetingModifiedDate"), *(("env", key) for key in environments)]
        return keys(listed.get(MANY, query=pairs))

    assert order("test", "production") == ["alpha", "eps", "delta", "gamma", "Beta"]
    assert order("production", "test")[0] == "eps"
    assert listed.get(MANY, query={"sort": "targetingModifiedDate"}).status == 400
    assert listed.get(MANY, query={"sort": "name,targetingModifiedDate", "env": "test"}).status == 400
    assert listed.get(MANY, query={"sort": "size"}).status == 400
