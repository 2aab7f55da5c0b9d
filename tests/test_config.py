"""The settings of an installation."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from flagstaff.config import SETTINGS, InvalidSetting, list_warnings, load_config
from flagstaff.http.mail import MailServer
from flagstaff.http.site import Site

KEY = "ab" * 32
WILDCARD = (
    "FLAGSTAFF_HOST is 0.0.0.0 and FLAGSTAFF_BASE_URL is not set: "
    "links and sessions are for http://127.0.0.1:8080 only"
)


def load(**settings: str):
    return load_config({f"FLAGSTAFF_{name}": value for name, value in settings.items()})


def warnings(**settings: str) -> list[str]:
    environ = {f"FLAGSTAFF_{name}": value for name, value in settings.items()}
    return list_warnings(load_config(environ), environ)


def test_nothing_needs_to_be_set() -> None:
    config = load()

    assert config.database == Path("flagstaff.db")
    assert config.events == config.files.events == Path("flagstaff-events.db")
    assert (config.host, config.port, config.base_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert config.public_addresses == config.outbound_addresses == ("127.0.0.1/32",)
    assert config.trusted_proxies == ()
    assert (config.account_limit, config.route_limit) == (100_000, 100_000)
    assert (config.events_days, config.events_gb) == (30, 10)
    ceilings = (config.new_contexts, config.new_attributes, config.new_applications, config.new_keys)
    assert ceilings == (100_000, 1_000, 100, 10_000)
    assert warnings() == []


def test_an_empty_setting_is_as_an_unset_one() -> None:
    assert load_config({setting.name: "" for setting in SETTINGS}) == load()


def test_without_a_mail_server_links_are_shown_and_with_one_they_need_a_place_to_lead_to() -> None:
    mail = {"SMTP_URL": "smtps://me:pw@mail.example.com", "MAIL_FROM": "flags@example.com"}

    assert load().mail_server is None
    assert load(**mail).mail_server == MailServer.parse(*mail.values())
    assert warnings(**mail) == ["FLAGSTAFF_BASE_URL is not set: links in mails lead to http://127.0.0.1:8080"]
    assert warnings(**mail, BASE_URL="https://flags.example.com") == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SMTP_URL": "smtps://mail.example.com"}, "must be set together"),
        ({"MAIL_FROM": "flags@example.com"}, "must be set together"),
        ({"SMTP_URL": "mail.example.com", "MAIL_FROM": "flags@example.com"}, "must be like smtps://"),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidSetting, match=said):
        load(**given)


@pytest.mark.parametrize(
    ("given", "site"),
    [
        ({}, Site("http://127.0.0.1:8080", by_any_name=True)),
        ({"HOST": "0.0.0.0"}, Site("http://127.0.0.1:8080", local_only=True)),
        ({"HOST": "10.0.0.1"}, Site("http://10.0.0.1:8080")),
        ({"HOST": "0.0.0.0", "BASE_URL": "https://f.test"}, Site("https://f.test")),
        ({"BASE_URL": "https://f.test"}, Site("https://f.test")),
    ],
)
def test_browsers_know_it_by_its_base_url(given: dict[str, str], site: Site) -> None:
    assert load(**given).site == site


def test_files_lie_beside_the_database() -> None:
    config = load(DATABASE_URL="sqlite:////var/lib/flagstaff/main.db")

    assert config.database == Path("/var/lib/flagstaff/main.db")
    assert config.secret_key_file == Path("/var/lib/flagstaff/main.secret.key")
    assert config.events == Path("/var/lib/flagstaff/main-events.db")
    assert config.first_login_file == Path("/var/lib/flagstaff/first-login.txt")
    assert (config.files.database, config.files.key_file) == (config.database, config.secret_key_file)


def test_the_event_store_may_lie_elsewhere() -> None:
    config = load(EVENTS_URL="sqlite:////var/lib/events.db")

    assert config.events == config.files.events == Path("/var/lib/events.db")


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"PORT": "80"}, "http://127.0.0.1:80"),
        ({"HOST": "::1"}, "http://[::1]:8080"),
        ({"HOST": "localhost"}, "http://localhost:8080"),
        ({"HOST": "0.0.0.0"}, "http://127.0.0.1:8080"),
        ({"HOST": "::"}, "http://127.0.0.1:8080"),
        ({"TLS_CERTIFICATE": "c", "TLS_KEY": "k"}, "https://127.0.0.1:8080"),
        ({"BASE_URL": "https://flags.example.com"}, "https://flags.example.com"),
        ({"BASE_URL": "http://flags.example.com:81/"}, "http://flags.example.com:81"),
    ],
)
def test_the_address_is_the_given_one_or_where_the_server_listens(settings: dict[str, str], url: str) -> None:
    assert load(**settings).base_url == url


def test_a_free_port_is_part_of_the_address_once_it_is_known() -> None:
    assert load(PORT="0").at_port(4321).base_url == "http://127.0.0.1:4321"
    assert load(PORT="0", BASE_URL="https://a.b").at_port(4321).base_url == "https://a.b"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DATABASE_URL", "postgresql://localhost/flagstaff", "postgresql: only sqlite:///FILE is supported"),
        ("EVENTS_URL", "postgresql://localhost/flagstaff", "postgresql: only sqlite:///FILE is supported"),
        ("EVENTS_URL", "clickhouse://localhost/flagstaff", "clickhouse: only sqlite:///FILE is supported"),
        ("EVENTS_DAYS", "0", "from 1 to 36500"),
        ("EVENTS_GB", "1.5", "from 1 to 1000000"),
        ("NEW_CONTEXTS", "-1", "from 0"),
        ("EVENTS_URL", "sqlite:///flagstaff.db", "another file than FLAGSTAFF_DATABASE_URL"),
        ("DATABASE_URL", "clickhouse://localhost", "clickhouse: only sqlite:///FILE is supported"),
        ("DATABASE_URL", "sqlite:///", "only sqlite:///FILE"),
        ("DATABASE_URL", "flagstaff.db", "only sqlite:///FILE"),
        ("DATABASE_URL", "sqlite:///:memory:", "must name a file"),
        ("PORT", "http", "a number from 0 to 65535, not 'http'"),
        ("PORT", "tcp://10.0.0.1:8080", "a number from 0 to 65535"),
        ("PORT", "65536", "a number from 0 to 65535"),
        ("PORT", "-1", "a number from 0 to 65535"),
        ("PORT", "٣", "a number from 0 to 65535"),
        ("BASE_URL", "flags.example.com", "must be like https://flags.example.com"),
        ("BASE_URL", "ftp://flags.example.com", "must be like"),
        ("BASE_URL", "https://", "must be like"),
        ("BASE_URL", "https://a.b/flags", "must be like"),
        ("BASE_URL", "https://a.b?x=1", "must be like"),
        ("BASE_URL", "https://me@a.b", "must be like"),
        ("BASE_URL", "https://a.b:x", "must be like"),
        ("TRUSTED_PROXIES", "proxy.local", "proxy.local"),
        ("TRUSTED_PROXIES", "*", "'*'"),
        ("TRUSTED_PROXIES", "10.0.0.1/8", "has host bits set"),
        ("PUBLIC_ADDRESSES", "10.0.0.300", "10.0.0.300"),
        ("OUTBOUND_ADDRESSES", "here", "here"),
        ("TLS_CERTIFICATE", "cert.pem", "must be set together"),
        ("TLS_KEY", "key.pem", "must be set together"),
        ("ADMIN_EMAIL", "nobody", "must be an e-mail address"),
        ("ADMIN_EMAIL", "a b@c", "must be an e-mail address"),
        ("ADMIN_TOKEN", "short", "at least 32 characters"),
        ("ADMIN_TOKEN", "x" * 257, "at most 256"),
        ("ADMIN_TOKEN", "x" * 32 + " ", "without blanks"),
        ("ADMIN_TOKEN", "ü" * 32, "ASCII"),
        ("SECRET_KEY", "secret", "64 hexadecimal digits"),
        ("SECRET_KEY", KEY + "ab", "64 hexadecimal digits"),
        ("LOG_FORMAT", "xml", "must be console or json, not 'xml'"),
        ("ACCOUNT_LIMIT", "many", "a number"),
        ("ROUTE_LIMIT", "1.5", "a number"),
        ("ROUTE_LIMIT", "0", "a number from 1 to"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_the_reason(name: str, value: str, reason: str) -> None:
    with pytest.raises(InvalidSetting, match=rf"FLAGSTAFF_{name}\b.*{re.escape(reason)}") as raised:
        load(**{name: value})
    assert "\n" not in str(raised.value)


def test_networks_are_separated_by_blanks_or_commas() -> None:
    config = load(TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8 ::1", PUBLIC_ADDRESSES="192.0.2.0/24")

    assert config.trusted_proxies == ("127.0.0.1/32", "10.0.0.0/8", "::1/128")
    assert (config.public_addresses, config.outbound_addresses) == (("192.0.2.0/24",), ("127.0.0.1/32",))


def test_a_host_name_listens_on_addresses_that_are_not_known_yet() -> None:
    assert load(HOST="localhost").public_addresses == ()


def test_what_the_operator_gives_is_not_generated() -> None:
    given = load(ADMIN_PASSWORD="given", ADMIN_TOKEN="x" * 32)
    other = load()

    assert (given.generated_password, given.generated_token) == ("", "")
    assert len(other.generated_password) >= 16
    assert len(other.generated_token) >= 32
    assert other.generated_token != load().generated_token


def test_a_secret_key_may_be_written_with_large_letters() -> None:
    assert load(SECRET_KEY=f" {KEY.upper()}\n").secret_key == KEY


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"HOTS": "x"}, ["FLAGSTAFF_HOTS is no setting and is ignored; is it FLAGSTAFF_HOST?"]),
        ({"UTTERLY_ELSE": "x"}, ["FLAGSTAFF_UTTERLY_ELSE is no setting and is ignored"]),
        ({"PASSWORD": "x"}, []),
        (
            {"HOST": "0.0.0.0"},
            [WILDCARD],
        ),
        ({"HOST": "0.0.0.0", "BASE_URL": "https://a.b"}, []),
        ({"HOST": "192.0.2.1"}, []),
    ],
)
def test_what_is_likely_a_mistake_is_warned_of(settings: dict[str, str], said: list[str]) -> None:
    assert warnings(**settings) == said


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("", {"api", "sdk", "events", "worker"}),
        ("all", {"api", "sdk", "events", "worker"}),
        ("api", {"api"}),
        ("sdk, events", {"sdk", "events"}),
        ("api worker", {"api", "worker"}),
    ],
)
def test_roles_are_words(text: str, roles: set[str]) -> None:
    assert load_config({"FLAGSTAFF_ROLES": text}).roles == roles


@pytest.mark.parametrize("text", ["none", "all api", "api;sdk", ","])
def test_an_unknown_role_is_refused(text: str) -> None:
    with pytest.raises(
        InvalidSetting, match="FLAGSTAFF_ROLES must be all, or any of api, events, sdk, worker"
    ):
        load_config({"FLAGSTAFF_ROLES": text})


def test_each_worker_takes_its_part_of_the_limits() -> None:
    config = load_config({"FLAGSTAFF_ACCOUNT_LIMIT": "1000", "FLAGSTAFF_ROUTE_LIMIT": "3"})

    assert config.limits_of_process == (1000, 3, 500)
    assert replace(config, workers=4).limits_of_process == (250, 1, 125)
