import pytest

from flagstaff.features.accounts.oauth_clients.store import get_client, has_secret, list_clients
from tests.features.accounts.oauth_clients.calls import make_client
from tests.support.server import TestServer


def test_a_client_is_known_by_its_secret_alone(server: TestServer) -> None:
    made, other = make_client(server), make_client(server)

    def unit(tx):
        client = get_client(tx, made["_clientId"])
        given = (made["_clientSecret"], other["_clientSecret"], "", made["_clientId"], "ü")
        return [has_secret(tx, client, secret) for secret in given]

    assert server.read(unit) == [True, False, False, False, False]


@pytest.mark.parametrize("secret", ["", "anything"])
def test_a_public_client_has_no_secret(server: TestServer, secret: str) -> None:
    made = make_client(server, public=True)

    assert not server.read(lambda tx: has_secret(tx, get_client(tx, made["_clientId"]), secret))


def test_clients_are_listed_oldest_first(server: TestServer) -> None:
    made = []
    for name in ("B", "A"):
        made.append(make_client(server, name=name)["_clientId"])
        server.clock.advance(seconds=1)

    assert [client.id for client in server.read(list_clients)] == made
