import pytest

from flagstaff.features.accounts.oidc.model import IdentityRefused
from flagstaff.features.accounts.oidc.provider import check_metadata, is_provider_url

METADATA = {
    "issuer": "https://login.example.com",
    "authorization_endpoint": "https://login.example.com/authorize",
    "token_endpoint": "https://api.example.com/token",
    "jwks_uri": "https://cdn.example.com/keys",
}


def test_metadata_may_name_other_hosts():
    check_metadata(METADATA, METADATA["issuer"])


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://login.example.com/"},
        {"issuer": None},
        {"jwks_uri": "http://cdn.example.com/keys"},
        {"token_endpoint": ""},
        {"userinfo_endpoint": None},
    ],
)
def test_metadata_of_another_or_without_tls_are_refused(changes):
    with pytest.raises(IdentityRefused) as caught:
        check_metadata(METADATA | changes, "https://login.example.com")
    assert caught.value.reason == "provider_refused"


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://login.example.com/x", True),
        ("http://127.0.0.1:8000/x", True),
        ("http://login.example.com/x", False),
        ("https://", False),
        ("https://[::1", False),
        ("javascript:alert(1)", False),
        (None, False),
        (7, False),
    ],
)
def test_secrets_go_by_https_or_to_this_machine(url, fits):
    assert is_provider_url(url) is fits
