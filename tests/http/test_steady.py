"""Steady reads: made once in each state of the database, and never another's answer."""

from typing import Any

import pytest

from flagstaff.http.operations import ANY_CALLER
from flagstaff.rows import OPERATIONS
from flagstaff.storage.readers import READERS
from flagstaff.storage.transaction import Transaction
from tests.support.client import NOBODY, OWNER, READER
from tests.support.flag_calls import MANY, ONE, instruct, make
from tests.support.rows import a_row
from tests.support.server import TestServer

PATH = "/api/v2/things"


class Counting:
    """A handler that answers how often it was called."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, _: Any) -> list[int]:
        self.calls += 1
        return [self.calls]


@pytest.mark.parametrize("steady", [True, False])
def test_the_answer_is_made_once_by_each_reader_until_something_changes(
    server: TestServer, steady: bool
) -> None:
    handler = Counting()
    server.serve(a_row(path=PATH, does=handler, action=ANY_CALLER, steady=steady))

    def call(times: int) -> int:
        before = handler.calls
        for _ in range(times):
            assert server.get(PATH).status == 200
        return handler.calls - before

    many = 5 * READERS
    assert call(many) <= READERS if steady else call(many) == many
    server.write(lambda tx: tx.run("UPDATE accounts SET version = version + 1"))
    assert 1 <= call(many) <= READERS if steady else call(many) == many


def test_an_answer_is_only_for_who_asked_for_it_in_that_way(server: TestServer) -> None:
    make(server)
    calls: list[dict[str, Any]] = [
        {"path": ONE},
        {"path": ONE, "query": {"env": "test"}},
        {"path": MANY},
        {"path": MANY, "version": "20240415"},
        {"path": ONE, "as_": READER},
    ]
    first = [server.get(**call) for call in calls]

    for _ in range(3 * READERS):
        again = [server.get(**call) for call in calls]
        assert [answer.body for answer in again] == [answer.body for answer in first]
        assert [answer.headers["ld-api-version"] for answer in again] == ["20220603"] * 3 + [
            "20240415",
            "20220603",
        ]
        assert server.get(ONE, as_=NOBODY).status == 401
        assert server.get(ONE, version="beta").headers["ld-api-version"] == "beta"


def test_a_token_that_ends_is_refused_at_once(server: TestServer) -> None:
    make(server)
    token = server.add_token(role="reader")
    for _ in range(2 * READERS):
        assert server.get(ONE, as_=token).status == 200

    def end(tx: Transaction) -> None:
        tx.run("DELETE FROM tokens WHERE id = (SELECT max(id) FROM tokens)")

    server.write(end)

    assert {server.get(ONE, as_=token).status for _ in range(2 * READERS)} == {401}
    assert server.get(ONE, as_=OWNER).status == 200


def test_every_call_counts_for_the_limit_of_its_route(server: TestServer) -> None:
    make(server)

    left = [int(server.get(ONE).headers["x-ratelimit-route-remaining"]) for _ in range(3 * READERS)]

    assert left == list(range(left[0], left[0] - len(left), -1))


def test_every_change_is_seen_by_the_next_call(server: TestServer) -> None:
    make(server)
    for number in range(2 * READERS):
        instruct(server, {"kind": "updateName", "value": f"Name {number}"})
        assert [server.get(ONE).json["name"] for _ in range(3)] == [f"Name {number}"] * 3


def test_only_what_is_read_by_get_is_steady() -> None:
    steady = [row for row in OPERATIONS if row.steady]
    assert [row.id for row in steady] == ["getFeatureFlags", "getFeatureFlag"]
    assert all(row.method == "GET" and row.prepare is None and not row.open for row in steady)
