"""Flags joined with what SDKs have asked for, each environment for itself."""

from typing import Any

from flagstaff.features.flags.statuses.store import (
    list_context_kinds,
    list_evaluated_for,
    list_observed,
    list_requested_after,
)
from flagstaff.features.projects.environments.store import get_environment
from flagstaff.features.projects.store import get_project
from flagstaff.storage.transaction import Transaction
from tests.support.flag_calls import make_switch
from tests.support.seen import request
from tests.support.server import START, TestServer

EVERY: Any = ("TRUE", {})


def environment_of(tx: Transaction, key: str = "test") -> Any:
    return get_environment(tx, get_project(tx, "default"), key)


def test_a_flag_is_joined_with_its_requests_in_the_same_environment(server: TestServer) -> None:
    make_switch(server, "checkout")
    server.clock.advance(seconds=60)
    request(server, "checkout", "unknown")

    def read(tx: Transaction, key: str) -> Any:
        (found,) = list_observed(tx, environment_of(tx, key), EVERY)
        return found.key, found.created, found.requested, found.default, found.servable, found.is_on

    asked = ("checkout", START, START + 60_000, '{"fallback":1}', 1, False)
    assert server.read(lambda tx: read(tx, "test")) == asked
    assert server.read(lambda tx: read(tx, "production")) == ("checkout", START, None, None, 1, False)


def test_what_was_requested_is_found_by_time_and_by_kinds(server: TestServer) -> None:
    request(server, "old", kinds=["user"])
    server.clock.advance(seconds=60)
    request(server, "new", kinds=["org", "user"])

    def read(tx: Transaction) -> Any:
        test = environment_of(tx)
        return (
            list_requested_after(tx, test, START),
            sorted(list_evaluated_for(tx, [test, environment_of(tx, "production")], ["user"])),
            list_evaluated_for(tx, [test], ["user", "org"]),
            list_evaluated_for(tx, [environment_of(tx, "production")], ["user"]),
            dict(list_context_kinds(tx, test, ["new", "nothing"])),
        )

    assert server.read(read) == (["new"], ["new", "old"], ["new"], [], {"new": ("org", "user")})
