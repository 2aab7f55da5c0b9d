import pytest

from flagstaff.config import SETTINGS, InvalidSetting, load_config
from flagstaff.features.accounts.oidc.model import OidcSettings
from flagstaff.features.accounts.oidc.settings import read_settings

DEFAULTS = {setting.name: setting.default for setting in SETTINGS}
WHOLE = {"ISSUER": "https://login.example.com/realm", "CLIENT_ID": "flagstaff"}


def read(**settings: str):
    return read_settings(DEFAULTS | {f"FLAGSTAFF_OIDC_{name}": text for name, text in settings.items()})


def test_without_an_issuer_there_is_no_provider():
    assert read() is None
    assert load_config({}).oidc is None


def test_issuer_and_client_are_enough():
    assert read(**WHOLE) == OidcSettings(issuer="https://login.example.com/realm", client_id="flagstaff")


def test_everything_can_be_set():
    found = read(
        **WHOLE,
        CLIENT_SECRET="s",
        NAME="Acme",
        SCOPES="openid email groups",
        GROUPS_CLAIM="roles",
        GROUPS='{"a": ["admin"]}',
        ROLE="no_access",
        PROVISIONING="anyone",
        TRUST_EMAIL="yes",
    )
    assert found is not None
    assert (found.name, found.scopes, found.groups_claim) == ("Acme", "openid email groups", "roles")
    assert (found.groups, found.role) == ({"a": ("admin",)}, "no_access")
    assert (found.provisioning, found.trusts_email) == ("anyone", True)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"ISSUER": "https://login.example.com"}, "FLAGSTAFF_OIDC_CLIENT_ID"),
        ({"CLIENT_ID": "flagstaff"}, "FLAGSTAFF_OIDC_ISSUER"),
        ({"CLIENT_SECRET": "s"}, "FLAGSTAFF_OIDC_ISSUER"),
        (WHOLE | {"ISSUER": "http://login.example.com"}, "FLAGSTAFF_OIDC_ISSUER must be like"),
        (WHOLE | {"ISSUER": "login.example.com"}, "FLAGSTAFF_OIDC_ISSUER must be like"),
        (WHOLE | {"ISSUER": "https://login.example.com?a=b"}, "FLAGSTAFF_OIDC_ISSUER must be like"),
        (WHOLE | {"ISSUER": "https://[::1"}, "FLAGSTAFF_OIDC_ISSUER must be like"),
        (WHOLE | {"SCOPES": "email"}, "FLAGSTAFF_OIDC_SCOPES"),
        (WHOLE | {"GROUPS": "admins=admin"}, "FLAGSTAFF_OIDC_GROUPS"),
        (WHOLE | {"ROLE": "owner"}, "FLAGSTAFF_OIDC_ROLE"),
        (WHOLE | {"PROVISIONING": "all"}, "FLAGSTAFF_OIDC_PROVISIONING"),
        (WHOLE | {"TRUST_EMAIL": "true"}, "FLAGSTAFF_OIDC_TRUST_EMAIL"),
    ],
)
def test_a_faulty_setting_is_named(settings, reason):
    with pytest.raises(InvalidSetting, match=reason):
        load_config({f"FLAGSTAFF_OIDC_{name}": text for name, text in settings.items()})


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"])
def test_a_provider_on_this_machine_needs_no_tls(issuer):
    found = read(**WHOLE | {"ISSUER": issuer})
    assert found is not None
    assert found.issuer == issuer
