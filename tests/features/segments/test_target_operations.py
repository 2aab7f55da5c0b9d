"""The targets of big segments over HTTP, by calls and by instructions."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.big_segments import CROWD, change, is_member, lists_of, make_crowd, metadata
from tests.support.segment_calls import MANY, ONE, a_rule, last_entry, make, published
from tests.support.server import START, TestServer


def test_a_new_big_segment_has_no_keys_and_says_so(server: TestServer) -> None:
    made = make_crowd(server, kind="org")

    assert (made["unbounded"], made["unboundedContextKind"], made["generation"]) == (True, "org", 1)
    assert made["_importInProgress"] is False
    about = made["_unboundedMetadata"]
    assert (about["includedCount"], about["excludedCount"], about["version"]) == (0, 0, 0)
    assert (about["lastModified"], about["deleted"]) == (START, False)
    document = published(server)["crowd"]
    assert (document["unbounded"], document["unboundedContextKind"], document["generation"]) == (
        True,
        "org",
        1,
    )


def test_keys_come_to_the_lists_and_leave_them(server: TestServer) -> None:
    make_crowd(server, "ann", "bob")

    assert change(server, removed=["bob", "zoe"], excluded=["cem", "ann"], readmitted=["dan"]).status == 204

    assert [lists_of(server, key) for key in ("ann", "bob", "cem", "dan")] == [
        (True, True),
        (False, False),
        (False, True),
        (False, False),
    ]
    assert metadata(server) == (1, 2, 2)


def test_who_is_included_is_a_member_even_if_excluded(server: TestServer) -> None:
    make_crowd(server, "ann")
    change(server, excluded=["ann", "bob"])
    server.instruct(CROWD, {"kind": "addRule", **a_rule()})

    def asked(key: str, country: str = "SE") -> bool:
        return is_member(server, {"kind": "user", "key": key, "country": country})

    assert [asked("ann"), asked("bob"), asked("cem"), asked("cem", "NO")] == [True, False, True, False]
    assert not is_member(server, {"kind": "org", "key": "ann"})


def test_instructions_do_the_same_and_may_be_tried(server: TestServer) -> None:
    make_crowd(server)
    add = {"kind": "addBigSegmentIncludedTargets", "values": ["ann", "bob"]}
    move = [
        {"kind": "removeBigSegmentIncludedTargets", "values": ["ann"]},
        {"kind": "addBigSegmentExcludedTargets", "values": ["ann"]},
    ]

    tried = server.instruct(f"{CROWD}?dryRun=true", add)
    assert tried.json["_preview"]["description"].startswith("- Added the included key `ann`")
    assert lists_of(server, "ann") == (False, False)
    assert server.instruct(CROWD, add).status == 200
    assert server.instruct(CROWD, *move).json["_unboundedMetadata"]["excludedCount"] == 1
    assert (lists_of(server, "ann"), lists_of(server, "bob")) == ((False, True), (True, False))


def test_a_change_is_audited_published_and_counted_once(server: TestServer) -> None:
    make_crowd(server)
    before = published(server)["crowd"]

    change(server, included=[f"k{number}" for number in range(25)], excluded=["x"])

    entry = last_entry(server)
    assert "Added the included key `k0`" in entry["description"]
    assert "Added 5 more included keys" in entry["description"]
    resource = "proj/default:env/test:segment/crowd"
    assert entry["accesses"] == [["updateIncluded", resource], ["updateExcluded", resource]]
    after = published(server)["crowd"]
    assert after == before | {"version": before["version"] + 1}
    assert server.get(CROWD).json["version"] == 2


def test_what_is_there_already_changes_nothing(server: TestServer) -> None:
    make_crowd(server, "ann")
    entries = server.count("audit_log")

    assert change(server, included=["ann"], removed=["bob"]).status == 204
    assert change(server).status == 204

    assert (server.count("audit_log"), metadata(server)) == (entries, (1, 0, 1))
    again = server.instruct(
        CROWD,
        {"kind": "addBigSegmentIncludedTargets", "values": ["ann"]},
        {"kind": "updateName", "value": "Many"},
    )
    assert (again.json["name"], again.json["_unboundedMetadata"]["version"]) == ("Many", 1)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            {"included": {"add": ["ann"], "remove": ["ann"]}},
            "'ann' would be added and removed - at `$.included`",
        ),
        ({"excluded": {"add": [""]}}, "must not be empty"),
        ({"included": {"add": [7]}}, "Expected `str`, got `int`"),
        ({"included": {"add": [f"k{number}" for number in range(5_001)]}}, "import a file instead"),
        ({"included": {"put": []}}, "unknown field `put`"),
        ({"surrounded": {}}, "unknown field `surrounded`"),
    ],
)
def test_what_cannot_be_is_refused(server: TestServer, body: Any, reason: str) -> None:
    make_crowd(server)

    answer = server.post(f"{CROWD}/contexts", body)

    assert answer.status == 400
    assert reason in answer.message


def test_a_standard_segment_has_no_such_targets(server: TestServer) -> None:
    make(server)

    answers = [
        server.post(f"{ONE}/contexts", {}),
        server.post(f"{ONE}/users", {}),
        server.get(f"{ONE}/contexts/ann"),
        server.get(f"{ONE}/users/ann"),
    ]

    assert [(answer.status, "standard segment" in answer.message) for answer in answers] == [(400, True)] * 4


def test_a_big_segment_has_no_targets_of_a_standard_one(server: TestServer) -> None:
    make_crowd(server)

    answers = [
        server.instruct(CROWD, {"kind": "addIncludedTargets", "values": ["ann"]}),
        server.patch(CROWD, [{"op": "add", "path": "/included/-", "value": "ann"}]),
    ]

    assert [(answer.status, "addBigSegmentIncludedTargets" in answer.message) for answer in answers] == [
        (400, True)
    ] * 2


def test_users_are_asked_for_by_the_calls_of_users_only_in_segments_of_users(server: TestServer) -> None:
    make_crowd(server, kind="org")
    make_crowd(server, "ann", name="people")

    assert server.get(f"{MANY}/people/users/ann").json == {
        "userKey": "ann",
        "included": True,
        "excluded": False,
    }
    assert server.post(f"{MANY}/people/users", {"excluded": {"add": ["bob"]}}).status == 204
    answers = [server.get(f"{CROWD}/users/ann"), server.post(f"{CROWD}/users", {})]
    assert [answer.message for answer in answers] == ["crowd holds contexts of the kind org"] * 2


def test_each_list_needs_its_own_action(server: TestServer) -> None:
    make_crowd(server)
    resource = "proj/default:env/test:segment/crowd"
    token = server.add_token(
        Statement(effect="allow", resources=("proj/default",), actions=("viewProject",)),
        Statement(effect="allow", resources=(resource,), actions=("updateIncluded",)),
    )

    assert change(server, included=["ann"], as_=token).status == 204
    assert change(server, excluded=["ann"], as_=token).status == 403
    assert lists_of(server, "ann") == (True, False)


@pytest.mark.parametrize("key", ["a%2Fb", "%F0%9F%9A%A9", "ann%20b", "%27%3B--"])
def test_keys_of_any_script_are_found(server: TestServer, key: str) -> None:
    from urllib.parse import unquote

    make_crowd(server, unquote(key))

    answer = server.get(f"{CROWD}/contexts/{key}")

    assert answer.json == {"userKey": unquote(key), "included": True, "excluded": False}


def test_one_made_anew_under_its_key_is_empty_and_has_the_next_generation(server: TestServer) -> None:
    make_crowd(server, "ann")
    assert server.delete(CROWD).status == 204

    made = make_crowd(server)

    assert made["generation"] == 2
    assert published(server)["crowd"]["generation"] == 2
    assert lists_of(server, "ann") == (False, False)


def test_a_clone_has_the_segment_without_its_keys(server: TestServer) -> None:
    make_crowd(server, "ann")
    body = {"key": "twin", "name": "Twin", "color": "00ff00", "source": {"key": "test"}}
    assert server.post("/api/v2/projects/default/environments", body).status == 201

    path = "/api/v2/segments/default/twin/crowd"

    assert server.get(path).json["_unboundedMetadata"]["includedCount"] == 0
    assert server.get(f"{path}/contexts/ann").json["included"] is False
    assert server.post(f"{path}/contexts", {"included": {"add": ["bob"]}}).status == 204
    assert lists_of(server, "bob") == (False, False)


def test_lists_of_segments_tell_big_ones_apart(server: TestServer) -> None:
    make(server)
    make_crowd(server)

    def listed(text: str) -> list[str]:
        return [item["key"] for item in server.get(MANY, query={"filter": text}).json["items"]]

    assert listed("kind equals 'big'") == listed("unbounded equals true") == ["crowd"]
    assert listed("kind equals 'list'") == listed("unbounded equals false") == ["beta"]


def test_an_evaluation_of_flags_asks_for_membership(server: TestServer) -> None:
    make_crowd(server, "ann")
    server.post("/api/v2/flags/default", {"key": "checkout", "name": "Checkout"})
    flag = "/api/v2/flags/default/checkout"
    clause = {"attribute": "", "op": "segmentMatch", "values": ["crowd"], "negate": False}
    on = server.get(flag).json["variations"][1]["_id"]
    rule = {"kind": "addRule", "clauses": [clause], "variationId": on}
    assert server.instruct(flag, {"kind": "turnFlagOn"}, rule, environment="test").status == 200

    def served(key: str) -> Any:
        path = "/api/v2/projects/default/environments/test/flags/evaluate"
        (item,) = server.post(path, {"kind": "user", "key": key}).json["items"]
        return item["_value"], item["reason"]["kind"]

    assert (served("ann"), served("bob")) == ((False, "RULE_MATCH"), (True, "FALLTHROUGH"))
