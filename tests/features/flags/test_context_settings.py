"""Flag settings of contexts over HTTP: given, moved, taken back, and shown for users."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.flag_calls import BLUE, GREEN, a_rule, instruct, make, make_colours, published, state_of
from tests.support.segment_calls import last_entry
from tests.support.server import TestServer

CONTEXTS = "/api/v2/projects/default/environments/test/contexts"
USERS = "/api/v2/users/default/test"
ORG = f"{CONTEXTS}/org/acme%2Feu/flags/checkout"
ANN = f"{USERS}/ann/flags"


def targets(server: TestServer) -> list[Any]:
    """The individual targets as SDKs see them: kind, keys, variation."""
    flag = published(server)["checkout"]
    every = [*flag["targets"], *flag["contextTargets"]]
    return [
        (one.get("contextKind", "user"), one["values"], one["variation"]) for one in every if one["values"]
    ]


def put(server: TestServer, path: str, setting: Any, **members: Any) -> None:
    answer = server.put(path, {"setting": setting} | members)
    assert answer.status == 204, answer


def test_a_context_is_given_a_variation_moved_and_taken_back(server: TestServer) -> None:
    make_colours(server)

    put(server, ORG, "green")
    assert targets(server) == [("org", ["acme/eu"], 1)]
    put(server, ORG, "blue", comment="Because they asked")
    assert targets(server) == [("org", ["acme/eu"], 2)]
    entry = last_entry(server)
    assert entry["comment"] == "Because they asked"
    assert entry["accesses"] == [["updateTargets", "proj/default:env/test:flag/checkout"]]
    put(server, ORG, None)
    assert targets(server) == []


def test_a_setting_that_is_left_out_is_taken_back(server: TestServer) -> None:
    make_colours(server)
    put(server, ORG, "green")

    assert server.put(ORG, {}).status == 204
    assert targets(server) == []


@pytest.mark.parametrize("setting", ["green", None])
def test_a_setting_that_stands_already_leaves_no_trace(server: TestServer, setting: Any) -> None:
    make_colours(server)
    put(server, ORG, setting)
    before = state_of(server)

    put(server, ORG, setting)

    assert state_of(server) == before


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        (ORG, {"setting": "yellow"}, "$.setting"),
        (ORG, {"setting": True}, "$.setting"),
        (ORG, {"value": "green"}, "value"),
        (ORG.replace("/org/", "/multi/"), {"setting": "green"}, "context kind"),
        (ORG.replace("/org/", "/a%20b/"), {"setting": "green"}, "context kind"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(server: TestServer, path: str, body: Any, reason: str) -> None:
    make_colours(server)
    before = state_of(server)

    answer = server.put(path, body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message
    assert state_of(server) == before


def test_a_setting_needs_permission_to_change_targets_even_where_it_stands(server: TestServer) -> None:
    make_colours(server)
    token = server.add_token(
        Statement("allow", resources=("proj/*:env/*:flag/*",), actions=("updateRules",)),
    )

    for body in ({"setting": "green"}, {"setting": None}):
        assert server.put(ORG, body, as_=token).status == 403


def test_a_user_is_shown_what_they_are_served_and_why(server: TestServer) -> None:
    make_colours(server)
    make(server, "search")
    instruct(server, {"kind": "turnFlagOn"}, {"kind": "addRule", **a_rule(BLUE)})

    found = server.get(ANN).json
    assert list(found["items"]) == ["checkout", "search"]
    shown = found["items"]["checkout"]
    assert (shown["_value"], shown["setting"], shown["reason"]) == ("red", None, {"kind": "FALLTHROUGH"})
    assert found["items"]["search"]["reason"] == {"kind": "OFF"}
    assert shown["_links"]["self"]["href"] == f"{ANN}/checkout"
    assert found["_links"]["self"]["href"] == ANN


def test_a_setting_of_a_user_is_shown_with_what_it_does(server: TestServer) -> None:
    make_colours(server)
    instruct(server, {"kind": "turnFlagOn"})
    put(server, f"{ANN}/checkout", "green")

    shown = server.get(f"{ANN}/checkout").json
    assert (shown["_value"], shown["setting"], shown["reason"]) == (
        "green",
        "green",
        {"kind": "TARGET_MATCH"},
    )
    assert shown["_links"]["checkout"]["href"] == f"{ANN}/checkout"
    assert server.get(f"{USERS}/bob/flags/checkout").json["setting"] is None


def test_a_setting_counts_only_while_the_flag_is_on(server: TestServer) -> None:
    make_colours(server)
    put(server, f"{ANN}/checkout", "green")

    shown = server.get(f"{ANN}/checkout").json
    assert (shown["_value"], shown["setting"], shown["reason"]) == ("blue", "green", {"kind": "OFF"})


def test_archived_flags_are_left_out_of_the_list(server: TestServer) -> None:
    make_colours(server)
    instruct(server, {"kind": "archiveFlag"})

    assert server.get(ANN).json["items"] == {}
    assert server.get(f"{ANN}/checkout").status == 200


def test_a_user_and_a_context_of_kind_user_are_the_same(server: TestServer) -> None:
    make_colours(server)
    put(server, f"{CONTEXTS}/user/ann/flags/checkout", "green")

    assert server.get(f"{ANN}/checkout").json["setting"] == "green"
    assert GREEN in str(server.rows("SELECT body FROM targetings"))


def test_flag_settings_answer_in_20240415_as_before(server: TestServer) -> None:
    make_colours(server)
    given = server.put(f"{ANN}/checkout", {"setting": "green"}, version="20240415")
    assert given.status == 204
    assert server.put(ORG, {"setting": "blue"}, version="20240415").status == 204

    for path in (ANN, f"{ANN}/checkout"):
        answer = server.get(path, version="20240415")
        assert answer.json == server.get(path, version="20220603").json
        assert answer.status == 200
