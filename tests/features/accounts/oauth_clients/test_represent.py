import msgspec
import pytest

from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.features.accounts.oauth_clients.represent import represent_client


@pytest.mark.parametrize(
    ("members", "secret", "shown"),
    [
        ({}, "", {}),
        ({"description": "Toggles"}, "s-1", {"description": "Toggles", "_clientSecret": "s-1"}),
        ({"public": True}, "", {"_public": True}),
    ],
)
def test_a_client_shows_what_it_has(members, secret, shown):
    client = OAuthClient(id="c1", name="Bot", redirect_uri="https://bot.example.com", created=7, **members)
    assert (
        msgspec.json.decode(msgspec.json.encode(represent_client(client, "a1", secret)))
        == {
            "_links": {
                "self": {"href": "/api/v2/oauth/clients/c1", "type": "application/json"},
                "parent": {"href": "/api/v2/oauth/clients", "type": "application/json"},
            },
            "name": "Bot",
            "_accountId": "a1",
            "_clientId": "c1",
            "redirectUri": "https://bot.example.com",
            "_creationDate": 7,
        }
        | shown
    )
