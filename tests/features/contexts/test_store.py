"""Pages out of the event store, whichever way they are found."""

from typing import Any

import pytest
from msgspec.structs import replace

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


COLOURS = ("red", "blue", "red", "red", None, "red", "blue", "red")
FILTERS = {
    "user.colour equals red": 5,
    "*.colour notEquals red": 5,
    "*.colour startsWith b": 2,
    "user.colour exists true": 7,
    "user.colour exists false": 1,
    "user.size equals 2": 2,
    "*.size equals 2": 3,
    "*.odd equals true": 4,
    "*./at/x equals 1": 4,
    "user./at/x exists true,user.colour equals red": 5,
    "kind equals user,q equals red": 5,
    "*.colour equals red|*.size equals 2": 6,
}


def read_all(server: TestServer, text: str, limit: int, *, ascending: bool) -> list[str]:
    """The keys on all pages, one after another."""
    found: list[str] = []
    part: Part | None = Part(limit, None, ascending)
    while part is not None:
        page = server.read(
            lambda tx, part=part: find_part(tx, CONTEXTS, environment_of(tx), search_contexts(text), part)
        )
        assert page.total == FILTERS[text]
        found += [row[1] for row in page.rows]
        part = None if page.next is None else replace(part, after=page.next)
    return found


@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize("shaped", [True, False])
def test_a_search_finds_the_same_pages_near_or_in_all_with_shapes_or_without(
    server: TestServer, monkeypatch: pytest.MonkeyPatch, *, shaped: bool, ascending: bool
) -> None:
    for number, colour in enumerate(COLOURS):
        told = {"colour": colour, "size": number % 3, "odd": number % 2 == 1, "at": {"x": number % 2}}
        see(server, {"kind": "user", "key": f"u{number}", **told})
        server.clock.advance(seconds=60 * (number % 2))
    see(server, {"kind": "org", "key": "o", "size": 2.0}, {"kind": "org", "key": "p", "at": {"y": 1}})
    assert len(server.event_rows("SELECT DISTINCT shape FROM contexts WHERE shape IS NOT NULL")) == 4
    if not shaped:
        server.run(server.wired.intake.store.write(lambda tx: tx.run("UPDATE contexts SET shape = NULL")))

    for text, total in FILTERS.items():
        monkeypatch.setattr(store, "NEAR", 0)
        expected = read_all(server, text, 20, ascending=ascending)
        assert len(expected) == total
        for near, limit in ((0, 1), (2, 1), (4, 2), (5, 1), (1_000, 1), (1_000, 3)):
            monkeypatch.setattr(store, "NEAR", near)
            assert read_all(server, text, limit, ascending=ascending) == expected


def test_a_page_that_is_found_near_is_not_looked_for_in_all(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "choose_scan", lambda *_: pytest.fail("every body is read"))
    see(server, *({"kind": "user", "key": f"u{number}", "plan": "pro"} for number in range(3)))

    search, part = search_contexts("*.plan equals pro"), Part(2, counted=False)
    page = server.read(lambda tx: find_part(tx, CONTEXTS, environment_of(tx), search, part))
    assert [row[1] for row in page.rows] == ["u2", "u1"]


@pytest.mark.parametrize("text", ["", "*.key exists true", "*.plan exists true"])
def test_nothing_is_counted_that_nobody_asks_for(server: TestServer, text: str) -> None:
    see(server, *({"kind": "user", "key": f"u{number}"} for number in range(3)))

    page = server.read(
        lambda tx: find_part(tx, CONTEXTS, environment_of(tx), search_contexts(text), Part(1, counted=False))
    )
    assert page.total is None


def test_a_table_is_read_as_it_lies_where_most_of_it_is_wanted(server: TestServer) -> None:
    for number in range(10):
        see(server, {"kind": "user", "key": f"u{number}"}, environment="test" if number else "production")

    def scan(key: str) -> str:
        return server.read(
            lambda tx: choose_scan(tx, CONTEXTS, get_environment(tx, get_project(tx, "default"), key))
        )

    assert scan("test") == "contexts NOT INDEXED"
    assert scan("production") == "contexts INDEXED BY contexts_by_last_seen"


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
