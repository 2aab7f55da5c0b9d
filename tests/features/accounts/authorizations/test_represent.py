import msgspec

from flagstaff.features.accounts.authorizations.model import Grant
from flagstaff.features.accounts.authorizations.represent import represent_authorization, represent_consent
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.features.accounts.represent import summarise_member

CLIENT = OAuthClient(
    id="c1", name="Bot", description="Toggles", redirect_uri="https://bot.example.com", created=1
)
MEMBER = Member(id="m1", email="ada@example.com", role="writer", created=1)


def test_a_page_is_told_who_asks_for_what():
    shown = msgspec.to_builtins(represent_consent(CLIENT, "reader writer", MEMBER))
    assert (shown["clientId"], shown["clientName"], shown["description"]) == ("c1", "Bot", "Toggles")
    assert [scope["name"] for scope in shown["scopes"]] == ["reader", "writer"]
    assert shown["member"]["email"] == "ada@example.com"


def test_an_authorization_names_client_member_and_scopes():
    grant = Grant(
        id="g1",
        client_id="c1",
        member_id="m1",
        scope="reader writer",
        redirect_uri="",
        code_expires=1,
        created=7,
    )
    shown = msgspec.to_builtins(represent_authorization(grant, CLIENT, summarise_member(MEMBER)))
    assert shown["_links"]["self"]["href"] == "/api/v2/flagstaff/oauth-authorizations/g1"
    assert (shown["clientName"], shown["scopes"], shown["creationDate"]) == ("Bot", ("reader", "writer"), 7)
