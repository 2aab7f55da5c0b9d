"""The audit log over HTTP: listed, searched, paged, and shown with what was before and after."""

import pytest

from flagstaff.access.policies import Statement
from tests.support.client import READER, WRITER, Answer
from tests.support.flag_calls import ONE, instruct, make
from tests.support.segment_calls import make as make_segment
from tests.support.server import START, TestServer

LOG = "/api/v2/auditlog"


def titles(answer: Answer) -> list[str]:
    assert answer.status == 200, answer
    return [f"{entry['name']}: {entry['titleVerb']}" for entry in answer.json["items"]]


def newest(server: TestServer) -> dict[str, object]:
    """The newest entry in detail."""
    items = server.get(LOG, query={"limit": 1}).json["items"]
    detail: dict[str, object] = server.get(f"{LOG}/{items[0]['_id']}").json
    return detail


def test_entries_come_newest_first_ten_to_a_page_and_twenty_at_most(server: TestServer) -> None:
    for number in range(22):
        make(server, f"flag-{number}")

    assert titles(server.get(LOG))[0] == "Flag flag-21: created the flag"
    assert len(server.get(LOG).json["items"]) == 10
    assert len(server.get(LOG, query={"limit": 100}).json["items"]) == 20


def test_links_lead_through_all_pages_and_miss_no_entry_of_one_millisecond(server: TestServer) -> None:
    for number in range(5):
        make(server, f"flag-{number}")
    met, path = [], f"{LOG}?limit=2&spec=proj/default:env/*:flag/*"

    while path:
        answer = server.get(path)
        met += titles(answer)
        path = answer.json["_links"].get("next", {}).get("href")

    assert met == [f"Flag flag-{number}: created the flag" for number in range(4, -1, -1)]


def test_an_entry_tells_who_did_what_to_which_resource(server: TestServer) -> None:
    make(server, tags=["ops"])
    server.clock.advance(seconds=5)
    instruct(server, {"kind": "turnFlagOn"})

    entry = server.get(LOG, query={"limit": 1}).json["items"][0]

    owner = entry["member"]["_id"]
    assert (entry["date"], entry["kind"], entry["name"]) == (START + 5_000, "flag", "Flag checkout")
    assert entry["accesses"] == [
        {"action": "updateOn", "resource": "proj/default:env/test:flag/checkout;ops"}
    ]
    assert entry["member"]["email"] == "owner@example.com"
    assert entry["token"]["ending"] == "0aaa"
    assert entry["subject"] == {
        "name": "owner@example.com",
        "avatarUrl": "",
        "_links": {"self": {"href": f"/api/v2/members/{owner}", "type": "application/json"}},
    }
    assert entry["title"] == (
        "[owner@example.com](mailto:owner@example.com) turned on the flag "
        "[Flag checkout](/default/test/features/checkout) in `Test`"
    )
    assert entry["target"]["resources"] == ["proj/default:env/test:flag/checkout;ops"]
    assert entry["target"]["_links"]["canonical"]["href"] == "/api/v2/flags/default/checkout"
    assert (entry["parent"]["name"], entry["parent"]["resource"]) == ("Default", "proj/default")


def test_what_concerns_a_whole_flag_names_no_environment(server: TestServer) -> None:
    make(server)

    entry = server.get(LOG, query={"limit": 1}).json["items"][0]

    assert entry["title"].endswith("created the flag [Flag checkout](/default/~/features/checkout)")
    assert len(entry["accesses"]) == 2


def test_what_is_deleted_is_not_linked(server: TestServer) -> None:
    make(server)
    server.delete(ONE)

    assert server.get(LOG).json["items"][0]["title"].endswith(" deleted the flag Flag checkout")


def test_dates_are_exclusive_on_both_sides(server: TestServer) -> None:
    for number in range(3):
        server.clock.advance(seconds=1)
        make(server, f"flag-{number}")

    assert titles(server.get(LOG, query={"after": START + 1_000, "before": START + 3_000})) == [
        "Flag flag-1: created the flag"
    ]


@pytest.mark.parametrize("text", ["checkout", "CHECKOUT", "Because we", "check"])
def test_text_is_found_in_names_keys_and_comments(server: TestServer, text: str) -> None:
    make(server)
    make(server, "other")
    patch = {
        "environmentKey": "test",
        "comment": "because we can",
        "instructions": [{"kind": "turnFlagOn"}],
    }
    assert server.patch(ONE, patch, semantic=True).status == 200

    assert "Flag checkout: turned on the flag" in titles(server.get(LOG, query={"q": text}))
    assert not any("other" in title for title in titles(server.get(LOG, query={"q": text})))


def test_text_is_found_in_the_address_of_whoever_acted(server: TestServer) -> None:
    make(server)

    assert titles(server.get(LOG, query={"q": "owner@exam", "limit": 1})) == [
        "Flag checkout: created the flag"
    ]
    assert titles(server.get(LOG, query={"q": "nobody@exam"})) == []


def test_marks_of_a_search_language_are_plain_text(server: TestServer) -> None:
    make(server)

    assert titles(server.get(LOG, query={"q": "%"})) == []


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("proj/default:env/test:flag/checkout", ["turned on the flag", "created the flag"]),
        ("proj/*:env/production:flag/*", ["created the flag"]),
        ("proj/default:env/*:segment/*", ["created the segment"]),
        ("proj/other:env/*:flag/*", []),
        ("proj/default:env/*:segment/*,acct,proj/*:env/test;a,b:flag/*", ["created the segment"]),
        (
            "proj/default:env/*:segment/*,proj/default:env/production:flag/*",
            ["created the segment", "created the flag"],
        ),
    ],
)
def test_a_specifier_narrows_the_list(server: TestServer, spec: str, found: list[str]) -> None:
    make(server)
    make_segment(server)
    instruct(server, {"kind": "turnFlagOn"})

    assert [title.split(": ")[1] for title in titles(server.get(LOG, query={"spec": spec}))] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"within": "proj/default:env/production"}, {"created the flag", "created the environment"}),
        ({"within": "proj/default:env/test:flag/*"}, {"created the flag", "turned on the flag"}),
        ({"within": "proj/default", "spec": "proj/*:env/test:segment/*"}, {"created the segment"}),
        ({"within": "proj/default:env/production", "spec": "proj/*:env/test:flag/*"}, set()),
        ({"within": "proj/other"}, set()),
    ],
)
def test_what_stands_in_a_resource_is_listed_with_it(
    server: TestServer, query: dict[str, str], found: set[str]
) -> None:
    make(server)
    make_segment(server)
    instruct(server, {"kind": "turnFlagOn"})

    entries = titles(server.get(LOG, query={**query, "limit": 20}))

    assert {title.split(": ")[1] for title in entries} == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"act": "created"}, ["created the flag"]),
        (
            {"act": "changed"},
            [
                "archived the flag",
                "restored the flag",
                "archived the flag",
                "updated the flag",
                "turned on the flag",
            ],
        ),
        ({"act": "toggled"}, ["updated the flag", "turned on the flag"]),
        ({"act": "toggled", "spec": "proj/*:env/production:flag/*"}, []),
        ({"act": "archived"}, ["archived the flag", "restored the flag", "archived the flag"]),
        ({"act": "deleted"}, ["deleted the flag"]),
        ({"act": "refused"}, ["was refused `deleteFlag` on the flag"]),
        ({"act": "refused", "q": "nothing of that name"}, []),
    ],
)
def test_the_list_is_of_one_kind_of_what_was_done(
    server: TestServer, query: dict[str, str], found: list[str]
) -> None:
    make(server)
    instruct(server, {"kind": "turnFlagOn"})
    instruct(server, {"kind": "turnFlagOff"}, {"kind": "updateName", "value": "Till"})
    assert server.delete(ONE, as_=READER).status == 403
    for kind in ("archiveFlag", "restoreFlag", "archiveFlag"):
        instruct(server, {"kind": kind})
    assert server.delete(ONE).status == 204

    entries = titles(
        server.get(LOG, query={"within": "proj/default", "spec": "proj/*:env/*:flag/*", **query})
    )

    assert [title.split(": ")[1] for title in entries] == found


def test_the_list_is_of_one_actor(server: TestServer) -> None:
    make(server)
    assert server.instruct(ONE, {"kind": "turnFlagOn"}, environment="test", as_=WRITER).status == 200
    turned, made = server.get(LOG, query={"limit": 2}).json["items"]
    writer, owner, member = turned["token"]["_id"], made["token"]["_id"], made["member"]["_id"]

    assert titles(server.get(LOG, query={"who": writer})) == ["Flag checkout: turned on the flag"]
    assert titles(server.get(LOG, query={"who": owner, "limit": 1})) == ["Flag checkout: created the flag"]
    assert "Flag checkout: created the flag" in titles(server.get(LOG, query={"who": member}))
    assert titles(server.get(LOG, query={"who": "nobody"})) == []


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"spec": "proj"}, "spec"),
        ({"within": "proj"}, "within"),
        ({"spec": "proj/*:car/*"}, "car"),
        ({"spec": "proj/*,car/*"}, "car"),
        ({"limit": 0}, "limit"),
        ({"before": "yesterday"}, "before"),
        ({"act": "sold"}, "act"),
    ],
)
def test_what_cannot_be_asked_is_refused(server: TestServer, query: dict[str, object], reason: str) -> None:
    answer = server.get(LOG, query=query)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message


def test_a_detail_shows_a_flag_before_and_after_even_after_later_changes(server: TestServer) -> None:
    made = make(server)
    instruct(server, {"kind": "turnFlagOn"})
    changed = newest(server)["_id"]
    instruct(server, {"kind": "addTargets", "values": ["ada"], "variationId": made["variations"][0]["_id"]})
    instruct(server, {"kind": "updateName", "value": "Renamed"})
    instruct(server, {"kind": "turnFlagOn"}, environment="production")

    entry = server.get(f"{LOG}/{changed}").json

    before, after = entry["previousVersion"], entry["currentVersion"]
    assert (before["name"], after["name"]) == ("Flag checkout", "Flag checkout")
    assert [before["environments"][key]["on"] for key in ("test", "production")] == [False, False]
    assert [after["environments"][key]["on"] for key in ("test", "production")] == [True, False]
    assert after["environments"]["test"]["targets"] == []


def test_what_is_new_has_no_previous_version_and_what_is_gone_no_current_one(server: TestServer) -> None:
    made = make(server)
    created = newest(server)
    server.delete(ONE)
    deleted = newest(server)

    assert ("previousVersion" in created, "currentVersion" in deleted) == (False, False)
    assert created["currentVersion"] == {name: made[name] for name in made if name != "_maintainer"}
    assert deleted["previousVersion"]["key"] == "checkout"
    assert server.get(f"{LOG}/{created['_id']}").json["currentVersion"]["key"] == "checkout"


@pytest.mark.parametrize(
    ("path", "body", "shown"),
    [
        ("/api/v2/segments/default/test", {"key": "beta", "name": "Beta"}, {"key": "beta", "version": 1}),
        ("/api/v2/projects", {"key": "fresh", "name": "Fresh"}, {"key": "fresh", "name": "Fresh"}),
        (
            "/api/v2/projects/default/environments",
            {"key": "stage", "name": "Stage", "color": "00ff00"},
            {"key": "stage", "apiKey": "****", "mobileKey": "****"},
        ),
    ],
)
def test_other_resources_are_shown_in_their_own_shape(
    server: TestServer, path: str, body: dict[str, str], shown: dict[str, object]
) -> None:
    assert server.post(path, body).status == 201
    entries = server.get(LOG, query={"q": body["name"]}).json["items"]
    (entry_id,) = [entry["_id"] for entry in entries if entry["name"] == body["name"]]

    current = server.get(f"{LOG}/{entry_id}").json["currentVersion"]

    assert {name: current[name] for name in shown} == shown


def test_an_unknown_entry_is_not_found(server: TestServer) -> None:
    assert server.get(f"{LOG}/nowhere").status == 404


def test_a_caller_learns_only_of_what_it_may_see(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "secret", "name": "Secret"})
    hidden = newest(server)["_id"]
    make(server)
    blind = server.add_token(Statement("deny", resources=("proj/secret",), actions=("*",)))

    assert all("Secret" not in title for title in titles(server.get(LOG, as_=blind, query={"limit": 20})))
    assert server.get(f"{LOG}/{hidden}", as_=blind).status == 404
    assert server.get(f"{LOG}/{hidden}", as_=READER).status == 200
