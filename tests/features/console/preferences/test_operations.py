"""What a member has chosen in the console, as whole requests."""

from typing import Any

import pytest

from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.sessions.calls import cookie_of
from tests.support.client import NOBODY, OWNER, SESSION, Answer
from tests.support.server import TestServer

PATH = "/api/v2/flagstaff/preferences"
COLUMNS = {"order": ["name", "on"], "hidden": ["on"], "widths": {"name": 240}}
NIGHT = {"name": "Night shift", "query": "tag=ops"}


def put(server: TestServer, body: Any, as_: str = SESSION) -> Answer:
    return server.request("PUT", PATH, json=body, as_=as_)


def kept(server: TestServer, as_: str = SESSION) -> Any:
    answer = server.get(PATH, as_=as_)
    assert answer.status == 200, answer
    return answer.json


def test_who_has_chosen_nothing_is_shown_nothing(server: TestServer) -> None:
    assert kept(server) == {"flagViews": {}}


def test_what_a_write_does_not_name_stays_as_it_is(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "spare", "name": "Spare"})
    put(server, {"flagColumns": COLUMNS, "flagViews": {"default": [NIGHT]}})

    answer = put(server, {"flagViews": {"spare": []}})

    assert answer.status == 200
    assert answer.json == kept(server)
    assert answer.json == {"flagColumns": COLUMNS, "flagViews": {"default": [NIGHT], "spare": []}}


def test_the_last_write_of_a_part_counts(server: TestServer) -> None:
    put(server, {"flagColumns": COLUMNS, "flagViews": {"default": [NIGHT]}})

    put(server, {"flagColumns": {}, "flagViews": {"default": []}})

    usual = {"order": [], "hidden": [], "widths": {}}
    assert kept(server) == {"flagColumns": usual, "flagViews": {"default": []}}


def test_they_are_of_the_member_who_has_signed_in(server: TestServer) -> None:
    put(server, {"flagColumns": COLUMNS})
    other = joined(server, role="reader")

    assert kept(server, other) == {"flagViews": {}}
    assert put(server, {"flagColumns": {}}, other).status == 200
    assert kept(server)["flagColumns"] == COLUMNS
    assert (server.get(PATH, as_=OWNER).status, put(server, {}, OWNER).status) == (403, 403)


def test_what_is_chosen_for_a_project_ends_with_it_and_is_not_of_its_successor(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "spare", "name": "Spare"})
    put(server, {"flagViews": {"spare": [NIGHT]}})

    assert server.delete("/api/v2/projects/spare").status == 204

    assert server.count("preferences") == 0
    server.post("/api/v2/projects", {"key": "spare", "name": "Spare"})
    assert kept(server) == {"flagViews": {}}


def test_a_project_that_a_member_may_not_see_is_as_unknown_as_one_that_is_not_there(
    server: TestServer,
) -> None:
    server.post("/api/v2/projects", {"key": "spare", "name": "Spare"})
    sees = {"effect": "allow", "actions": ["viewProject"], "resources": ["proj/spare"]}
    make_role(server, "sees", sees, basePermissions="no_access")
    member = joined(server, customRoles=["sees"])

    hidden, unknown = (put(server, {"flagViews": {key: []}}, member) for key in ("default", "gone"))

    assert (hidden.status, hidden.code) == (400, "invalid_request")
    assert hidden.message == "body: Unknown project key default - at `$.flagViews`"
    assert unknown.message == hidden.message.replace("default", "gone")
    assert put(server, {"flagViews": {"spare": [NIGHT]}}, member).status == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"theme": "dark"}, "unknown field `theme`"),
        ({"flagColumns": {"sorted": []}}, "$.flagColumns"),
        ({"flagColumns": {"order": ["x" * 65]}}, "$.flagColumns.order[0]"),
        ({"flagColumns": {"hidden": ["x"] * 51}}, "$.flagColumns.hidden"),
        ({"flagColumns": {"widths": {"name": -1}}}, "$.flagColumns.widths"),
        ({"flagColumns": {"widths": {"name": "wide"}}}, "$.flagColumns.widths"),
        ({"flagViews": {"default": [NIGHT] * 101}}, "$.flagViews"),
        ({"flagViews": {"default": [{"name": "", "query": ""}]}}, ".name"),
        ({"flagViews": {"default": [{"name": "n", "query": "x" * 2_001}]}}, ".query"),
        ({"flagViews": [NIGHT]}, "$.flagViews"),
        ([], "array"),
    ],
)
def test_what_is_malformed_is_refused_by_its_field_and_nothing_is_kept(
    server: TestServer, body: Any, field: str
) -> None:
    answer = put(server, body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert field in answer.message
    assert server.count("preferences") == 0


def joined(server: TestServer, **member: Any) -> str:
    """The session of a new member."""
    (invited,) = server.post("/api/v2/members", [{"email": "ada@example.com", **member}]).json["items"]
    token = invited["_links"]["invitation"]["href"].rpartition("/")[2]
    answer = server.post(f"/auth/invitations/{token}", {"password": "a good password"}, as_=NOBODY)
    return cookie_of(answer)
