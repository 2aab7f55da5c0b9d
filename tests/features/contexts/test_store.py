"""Pages out of the event store, whichever way they are found."""

from typing import Any

import pytest

from flagstaff.features.contexts import store
from flagstaff.features.contexts.searching import search_contexts
from flagstaff.features.contexts.store import (
    CONTEXTS,
    Part,
    choose_scan,
    find_latest_body,
    find_part,
    list_contexts,
)
from flagstaff.features.projects.environments.store import get_environment
from flagstaff.features.projects.store import get_project
from flagstaff.storage.transaction import Transaction
from tests.support.seen import see
from tests.support.server import TestServer


def environment_of(tx: Transaction) -> Any:
    return get_environment(tx, get_project(tx, "default"), "test")


@pytest.mark.parametrize("few", [0, 2_000])
@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize("text", ["", "kind equals user", "*.key exists true"])
def test_every_way_of_finding_gives_the_same_pages(
    server: TestServer, monkeypatch: pytest.MonkeyPatch, few: int, text: str, *, ascending: bool
) -> None:
    monkeypatch.setattr(store, "FEW", few)
    for number in range(5):
        see(server, {"kind": "user", "key": f"u{number}"})
        server.clock.advance(seconds=60 * (number % 2))

    found: list[str] = []
    after = None
    for _ in range(3):
        part = Part(2, after, ascending)
        page = server.read(
            lambda tx, part=part: find_part(tx, CONTEXTS, environment_of(tx), search_contexts(text), part)
        )
        found += [row[1] for row in page.rows]
        after = page.next
        assert page.total == 5
    assert after is None
    assert found == [f"u{number}" for number in range(5)][:: 1 if ascending else -1]


def test_a_table_is_read_as_it_lies_where_most_of_it_is_wanted(server: TestServer) -> None:
    for number in range(8):
        see(server, {"kind": "user", "key": f"u{number}"}, environment="test" if number else "production")

    def scan(key: str) -> str:
        return server.read(
            lambda tx: choose_scan(tx, CONTEXTS, get_environment(tx, get_project(tx, "default"), key))
        )

    assert scan("test") == "contexts NOT INDEXED"
    assert scan("production") == "contexts INDEXED BY contexts_of_kind"


def test_contexts_that_were_evaluated_together_are_counted_each_once(server: TestServer) -> None:
    for org, device in (("a", "x"), ("a", "y"), ("b", "x")):
        parts = {"user": {"key": "ann"}, "org": {"key": org}, "device": {"key": device}}
        see(server, {"kind": "multi", **parts})

    contexts, _ = server.read(
        lambda tx: list_contexts(tx, environment_of(tx), search_contexts("kind equals user"), Part(5))
    )
    assert [context.associated for context in contexts] == [4]


def test_the_latest_body_is_that_of_any_application(server: TestServer) -> None:
    for application, plan in (("shop", "pro"), ("mail", "free")):
        see(server, {"kind": "user", "key": "ann", "plan": plan}, application=application)
        server.clock.advance(seconds=60)

    body = server.read(lambda tx: find_latest_body(tx, environment_of(tx), "user", "ann"))
    assert body is not None
    assert '"free"' in body
    assert server.read(lambda tx: find_latest_body(tx, environment_of(tx), "user", "eve")) is None
