"""Keys of Relay Proxy configurations."""

import pytest

from flagstaff.features.projects.relays.store import find_relay_of, get_relay
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.secrets import digest
from tests.support.server import TestServer

MANY = "/api/v2/account/relay-auto-configs"


def make(server: TestServer) -> tuple[str, str]:
    made = server.post(MANY, {"name": "Edge", "policy": []}).json
    return made["_id"], made["fullKey"]


def reset(server: TestServer, relay_id: str, **query: int) -> str:
    return str(server.post(f"{MANY}/{relay_id}/reset", query=query).json["fullKey"])


def opens(server: TestServer, key: str) -> tuple[str, int] | None:
    found = server.read(lambda tx: find_relay_of(tx, digest(key)))
    return (found[0].id, found[1]) if found else None


def test_a_key_opens_its_configuration(server: TestServer) -> None:
    (first, first_key), (second, second_key) = make(server), make(server)

    assert opens(server, first_key) == (first, 0)
    assert opens(server, second_key) == (second, 0)
    assert opens(server, "rel-unknown") is None


def test_a_replaced_key_opens_it_until_it_expires(server: TestServer) -> None:
    relay_id, key = make(server)
    until = server.clock.now + 1_000
    new = reset(server, relay_id, expiry=until)

    assert opens(server, key) == (relay_id, until)
    assert opens(server, new) == (relay_id, 0)
    server.clock.advance(seconds=1)
    assert opens(server, key) is None


def test_keys_that_have_expired_are_forgotten_with_the_next_reset(server: TestServer) -> None:
    relay_id, _ = make(server)
    reset(server, relay_id, expiry=server.clock.now + 1_000)
    server.clock.advance(seconds=2)
    reset(server, relay_id)

    assert server.count("former_secrets") == 0


def test_an_unknown_id_is_not_found(server: TestServer) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        server.read(lambda tx: get_relay(tx, "nowhere"))
