"""Addresses of services, and links of theirs."""

import pytest

from launch_darkly_python_sdk.addresses import check_host, have_same_origin, locate, resolve

HOST = "https://flags.example.com"


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        (" https://flags.example.com/ ", HOST),
        ("https://proxy.example.com/ld/", "https://proxy.example.com/ld"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_host_has_no_slash_at_its_end(given: str, host: str) -> None:
    assert check_host(given) == host


@pytest.mark.parametrize(
    "host",
    [
        "flags.example.com", "ftp://flags.example.com", "https://", "https://me:secret@flags.example.com",
        "https://flags.example.com?x=1", "https://flags.example.com#x", "https://flags.example.com:port",
        "https://flags.example.com:70000", "https://flags example.com", "https://flags.example.com\n.evil",
    ],
)  # fmt: skip
def test_what_is_no_host_is_refused_without_its_password(host: str) -> None:
    with pytest.raises(ValueError, match="host") as refused:
        check_host(host)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (HOST, f"{HOST}:443/path", True),
        (HOST, "https://FLAGS.example.com", True),
        (HOST, "http://flags.example.com", False),
        (HOST, f"{HOST}:8443", False),
        (HOST, "https://flags.example.com.evil.org", False),
        (HOST, "https://flags.example.com@evil.org", False),
        (HOST, "https://flags.example.com:port", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(one: str, other: str, same: bool) -> None:
    assert have_same_origin(one, other) is same


@pytest.mark.parametrize(
    ("host", "href", "url"),
    [
        (HOST, "/api/v2/flags?limit=1", f"{HOST}/api/v2/flags?limit=1"),
        (HOST, f"{HOST}/api/v2/flags", f"{HOST}/api/v2/flags"),
        (HOST, "//evil.org/api", None),
        (HOST, "https://evil.org/api", None),
        (f"{HOST}/ld", "/api/v2/flags", f"{HOST}/ld/api/v2/flags"),
        (f"{HOST}/ld", "/ld/api/v2/flags", f"{HOST}/ld/api/v2/flags"),
        (f"{HOST}/ld", "https://[broken", None),
        (HOST, "/api/v2/\x00", None),
        (HOST, "api/v2\n", None),
    ],
)
def test_a_link_is_located_on_its_own_host_alone(host: str, href: str, url: str | None) -> None:
    assert locate(host, href) == url


def test_a_malformed_link_resolves_to_nothing() -> None:
    assert resolve(HOST, "https://[broken") is None
    assert resolve(HOST, "/api/\x01") is None
