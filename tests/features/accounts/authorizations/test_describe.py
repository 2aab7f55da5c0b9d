from flagstaff.features.accounts.authorizations.describe import (
    application_actor,
    describe_consent,
    describe_end,
    resource_of,
)
from flagstaff.features.accounts.authorizations.model import Grant
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.storage.audit import Actor

CLIENT = OAuthClient(id="c1", name="Bot", redirect_uri="https://bot.example.com", created=1)
GRANT = Grant(
    id="g1", client_id="c1", member_id="m1", scope="reader", redirect_uri="", code_expires=1, created=1
)


def test_a_consent_is_told_of_the_member():
    entry = describe_consent(GRANT, CLIENT, Actor(member_id="m1"))
    assert (entry.name, entry.title_verb) == ("Bot", "authorized the OAuth client")
    assert entry.accesses == (("authorizeOAuthClient", "member/m1"),)
    assert entry.description == "Scopes: reader"
    assert resource_of(GRANT).text == "member/m1"


def test_an_end_is_told_with_whoever_brought_it_about():
    entry = describe_end(GRANT, CLIENT, application_actor("m1", "c1"), "Its code was used twice")
    assert entry.actor == Actor(member_id="m1", token_id="oauth/c1")
    assert entry.accesses == (("revokeOAuthClient", "member/m1"),)
    assert entry.description == "Its code was used twice"
