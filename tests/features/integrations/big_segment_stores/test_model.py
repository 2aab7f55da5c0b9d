"""Configurations of stores: what is read, what is shown."""

import pytest

from flagstaff.features.integrations.big_segment_stores.model import (
    check_integration,
    mask,
    read_config,
    show_config,
)
from flagstaff.kernel.errors import InvalidRequest, NotFound


@pytest.mark.parametrize(
    ("password", "shown"),
    [
        ("", ""),
        ("short", "********"),
        ("12345678", "********"),
        ("123456789", "********6789"),
        ("********6789",) * 2,
    ],
)
def test_of_a_long_password_the_end_is_shown(password: str, shown: str) -> None:
    assert mask(password) == shown


def test_what_is_shown_can_be_sent_back() -> None:
    config, password = read_config(
        {"host": " h ", "port": "7000", "username": "u", "password": "swordfish-1", "tlsEnabled": "true"}, "e"
    )

    assert password == "swordfish-1"
    assert read_config(show_config(config), "other") == (config, "********sh-1")
    assert show_config(config)["prefix"] == "e"


@pytest.mark.parametrize(
    "given",
    [{}, {"host": ""}, {"host": "a b"}, {"host": "h/x"}, {"host": 7}, {"host": "h", "port": True},
     {"host": "h", "port": "x"}, {"host": "h", "port": 70_000}, {"host": "h", "tlsEnabled": 1},
     {"host": "h", "username": "u" * 2_000}, {"host": "h", "more": ""}],
)  # fmt: skip
def test_a_wrong_configuration_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(InvalidRequest, match="config"):
        read_config(given, "e")


def test_only_redis_can_be_written_to() -> None:
    check_integration("redis")
    with pytest.raises(InvalidRequest, match="DynamoDB is not available"):
        check_integration("dynamodb")
    with pytest.raises(NotFound):
        check_integration("memcached")
