"""Links in the database."""

import pytest

from flagstaff.features.accounts.links import store
from flagstaff.features.accounts.links.model import INVITATION, LIFETIMES, RESET
from flagstaff.features.accounts.store import get_owner
from flagstaff.kernel.errors import NotFound
from tests.support.server import START, TestServer


def make(server: TestServer, kind: str) -> str:
    return server.write(lambda tx: store.make_link(tx, kind, get_owner(tx)))


def works(server: TestServer, kind: str, secret: str) -> bool:
    try:
        server.read(lambda tx: store.get_link(tx, kind, secret))
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("kind", [INVITATION, RESET])
def test_a_link_works_for_its_kind_until_it_expires(server: TestServer, kind: str) -> None:
    secret = make(server, kind)

    assert works(server, kind, secret)
    assert not works(server, RESET if kind == INVITATION else INVITATION, secret)
    server.clock.advance(seconds=LIFETIMES[kind] / 1000 - 1)
    assert works(server, kind, secret)
    server.clock.advance(seconds=1)
    assert not works(server, kind, secret)


def test_a_newer_link_ends_the_one_before_it_and_not_one_of_another_kind(server: TestServer) -> None:
    invitation, first, second = (make(server, kind) for kind in (INVITATION, RESET, RESET))

    assert [works(server, RESET, secret) for secret in (first, second)] == [False, True]
    assert works(server, INVITATION, invitation)


def test_the_secret_is_not_stored(server: TestServer) -> None:
    assert make(server, RESET) not in str(server.rows("SELECT * FROM member_links"))


def test_the_links_of_a_member_can_all_be_ended(server: TestServer) -> None:
    secret = make(server, INVITATION)

    server.write(lambda tx: store.end_links_of(tx, get_owner(tx)))

    assert not works(server, INVITATION, secret)
    assert server.count("member_links") == 0


def test_whether_a_link_is_fresh(server: TestServer) -> None:
    make(server, RESET)

    def is_fresh(since: int) -> bool:
        return server.read(lambda tx: store.has_fresh_link(tx, RESET, get_owner(tx), since))

    assert is_fresh(START - 1)
    assert not is_fresh(START)
