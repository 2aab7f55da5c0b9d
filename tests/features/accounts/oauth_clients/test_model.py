import pytest

from flagstaff.features.accounts.oauth_clients.model import check_redirect_uri
from flagstaff.kernel.errors import InvalidRequest


@pytest.mark.parametrize(
    "uri",
    ["https://bot.example.com", "https://bot.example.com:8443/back/", "https://[2001:db8::1]/back%20here"],
)
@pytest.mark.parametrize("public", [True, False])
def test_an_https_address_is_taken_as_it_is(uri, public):
    assert check_redirect_uri(uri, public=public) == uri


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:9000/back", "http://[::1]:9000/back", "http://localhost/back"]
)
def test_only_a_public_client_may_listen_on_the_machine_of_its_user(uri):
    assert check_redirect_uri(uri, public=True) == uri
    with pytest.raises(InvalidRequest, match="absolute https"):
        check_redirect_uri(uri)


@pytest.mark.parametrize(
    ("uri", "reason"),
    [
        ("", "absolute https"),
        ("/back", "absolute https"),
        ("//bot.example.com/back", "absolute https"),
        ("http://bot.example.com/back", "absolute https"),
        ("http://127.0.0.1.example.com/back", "absolute https"),
        ("javascript:alert(1)", "absolute https"),
        ("bot://back", "absolute https"),
        ("https:///back", "host"),
        ("https://", "host"),
        ("https://bot.example.com:0/", "host"),
        ("https://ada@bot.example.com/", "no user"),
        ("https://:word@bot.example.com/", "no user"),
        ("https://bot.example.com/back?from=here", "no query"),
        ("https://bot.example.com/back?", "no query"),
        ("https://bot.example.com/back#top", "no fragment"),
        ("https://bot.example.com:99999/", "no address"),
        ("https://[::1/back", "no address"),
        ("https://bot.example.com/a b", "characters"),
        ("https://bot.example.com\\@evil.example.com/", "characters"),
        ("https://bot.example.com/\n", "characters"),
        ("https://bücher.example.com/", "characters"),
        ("https://*.example.com/{any}", "characters"),
    ],
)
@pytest.mark.parametrize("public", [True, False])
def test_what_is_no_plain_https_address_is_refused(uri, reason, public):
    with pytest.raises(InvalidRequest, match=reason) as caught:
        check_redirect_uri(uri, public=public)
    assert "$.redirectUri" in caught.value.message
