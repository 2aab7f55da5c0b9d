"""A user of several applications is one, wherever their rows lie."""

import pytest

from flagstaff.features.contexts.users import store
from flagstaff.features.contexts.users.schemas import UserSearchQuery
from flagstaff.features.contexts.users.searching import Order, condition_of, read_order
from flagstaff.features.contexts.users.store import LATEST, UserPage, find_user, list_users
from flagstaff.features.projects.environments.store import get_environment
from flagstaff.features.projects.store import get_project
from flagstaff.kernel.paging import Page
from flagstaff.storage.transaction import Transaction
from tests.support.seen import see
from tests.support.server import TestServer


@pytest.fixture
def seen(server: TestServer) -> TestServer:
    """Three users, each in two applications; the later one has the plan `new`."""
    for application, plan in (("b", "old"), ("a", "new")):
        see(
            server,
            *({"kind": "user", "key": f"u{n}", "plan": plan} for n in range(3)),
            application=application,
        )
        server.clock.advance(seconds=60)
    return server


@pytest.mark.parametrize("sort", ["userKey", "-userKey", "lastSeen", "-lastSeen"])
@pytest.mark.parametrize(
    ("condition", "ways"),
    [
        ("TRUE", {}),
        ("TRUE AND TRUE", {"NEAR": 0}),
        ("TRUE AND TRUE", {}),
        ("TRUE AND TRUE", {"MOST_SEVERAL": 0}),
    ],
)
def test_the_newest_row_of_a_user_is_listed_and_no_other(
    seen: TestServer, monkeypatch: pytest.MonkeyPatch, sort: str, condition: str, ways: dict[str, int]
) -> None:
    for name, most in ways.items():
        monkeypatch.setattr(store, name, most)

    def read(tx: Transaction) -> list[tuple[str, str]]:
        environment = get_environment(tx, get_project(tx, "default"), "test")
        found, following = [], ""
        for left in (2, 1, 0):
            page = list_users(tx, environment, (condition, {}), read_order(sort, following), Page(1))
            assert (page.total, page.has_more) == (3, left > 0)
            (one,) = page.users
            found.append((one.user.key, one.user.body))
            following = one.sort_value
        return found

    found = seen.read(read)
    assert sorted(key for key, _ in found) == ["u0", "u1", "u2"]
    assert all('"new"' in body for _, body in found)


@pytest.mark.parametrize("sort", ["userKey", "-userKey", "lastSeen", "-lastSeen"])
@pytest.mark.parametrize(
    ("plan", "keys"), [("new", ["u0", "u1", "u2", "v0", "v1"]), ("old", ["w"]), ("none", [])]
)
def test_a_search_finds_the_same_users_near_or_in_all(
    seen: TestServer, monkeypatch: pytest.MonkeyPatch, sort: str, plan: str, keys: list[str]
) -> None:
    see(seen, *({"kind": "user", "key": f"v{n}", "plan": "new"} for n in range(2)), application="a")
    see(seen, {"kind": "user", "key": "w", "plan": "old"}, {"kind": "org", "key": "x", "plan": "new"})
    chosen = condition_of(UserSearchQuery(filter=f"plan:{plan}"))

    def look(tx: Transaction, order: Order, page: Page) -> UserPage:
        environment = get_environment(tx, get_project(tx, "default"), "test")
        return list_users(tx, environment, chosen, order, page)

    def read(limit: int, offset: int = 0) -> list[str]:
        users = seen.read(lambda tx: look(tx, read_order(sort, ""), Page(limit, offset)))
        found = [one.user.key for one in users.users]
        while users.has_more:
            order = read_order(sort, users.users[-1].sort_value)
            users = seen.read(lambda tx, order=order: look(tx, order, Page(limit)))
            found += [one.user.key for one in users.users]
        assert users.total == len(keys)
        return found

    monkeypatch.setattr(store, "NEAR", 0)
    expected = read(50)
    assert sorted(expected) == keys
    for near, most in ((0, 9), (2, 9), (1_000, 0), (1_000, 2), (1_000, 9)):
        monkeypatch.setattr(store, "NEAR", near)
        monkeypatch.setattr(store, "MOST_SEVERAL", most)
        assert read(1) == read(2) == expected
        assert read(1, offset=2) == expected[2:]


def test_users_of_one_application_each_are_counted_without_a_look_at_others(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    see(server, *({"kind": "user", "key": f"u{n}", "plan": "new"} for n in range(4)), application="a")
    monkeypatch.setattr(store, "SEVERAL", "no SQL")
    chosen = condition_of(UserSearchQuery(filter="plan:new"))

    def read(tx: Transaction) -> UserPage:
        environment = get_environment(tx, get_project(tx, "default"), "test")
        return list_users(tx, environment, chosen, read_order("", ""), Page(2))

    page = server.read(read)
    assert ([one.user.key for one in page.users], page.total) == (["u0", "u1"], 4)


def test_whether_a_row_is_the_newest_of_its_user_is_found_by_key_not_by_time(seen: TestServer) -> None:
    def read(tx: Transaction) -> list[str]:
        plan = tx.events.all(f"EXPLAIN QUERY PLAN SELECT key FROM contexts WHERE {LATEST}", environment="any")
        return [step for *_, step in plan if "newer" in step]

    (step,) = seen.read(read)
    assert "key=?" in step


def test_a_user_is_found_by_key(seen: TestServer) -> None:
    def read(tx: Transaction, key: str) -> str | None:
        environment = get_environment(tx, get_project(tx, "default"), "test")
        user = find_user(tx, environment, key)
        return user and user.body

    assert '"new"' in str(seen.read(lambda tx: read(tx, "u1")))
    assert seen.read(lambda tx: read(tx, "zoe")) is None
