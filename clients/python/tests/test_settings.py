"""What a client is told, and by whom."""

from typing import Any

import pytest

from launch_darkly_python_sdk.retries import Retries
from launch_darkly_python_sdk.settings import read_settings

KEY = "api-secret-value"


def test_arguments_come_before_the_environment() -> None:
    environment = {"LAUNCHDARKLY_HOST": "https://flags.example.com/", "LAUNCHDARKLY_ACCESS_TOKEN": KEY}
    settings = read_settings(environment)
    assert (settings.host, settings.api_key) == ("https://flags.example.com", KEY)
    settings = read_settings(environment, host="http://other.example.com", api_key="mine")
    assert (settings.host, settings.api_key) == ("http://other.example.com", "mine")


def test_without_either_it_is_flagstaff_on_this_machine_and_nobody() -> None:
    settings = read_settings(
        {"LAUNCHDARKLY_HOST": "", "LAUNCHDARKLY_ACCESS_TOKEN": ""}, host=None, timeout=None
    )
    assert (settings.host, settings.api_key, settings.timeout) == ("http://127.0.0.1:8080", None, 30.0)


@pytest.mark.parametrize(("given", "version"), [(20220603, "20220603"), ("beta", "beta"), (None, None)])
def test_a_version_is_a_number_or_a_word(given: Any, version: str | None) -> None:
    assert read_settings({}, api_version=given).api_version == version


@pytest.mark.parametrize("key", [f"{KEY}\n", f"{KEY}\r\nHost: evil", f"{KEY}ü", f"{KEY} x", 5])
def test_a_key_that_cannot_be_sent_is_refused_without_being_told(key: Any) -> None:
    with pytest.raises(ValueError, match="api_key") as refused:
        read_settings({}, api_key=key)
    assert KEY not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "error", "problem"),
    [
        ({"api_version": "2022\n"}, ValueError, "api_version"),
        ({"api_version": "2022 06"}, ValueError, "api_version"),
        ({"timeout": 0}, ValueError, "timeout"),
        ({"timeout": -1.5}, ValueError, "timeout"),
        ({"timeout": float("nan")}, ValueError, "timeout"),
        ({"timeout": "5"}, TypeError, "timeout takes seconds"),
        ({"timeout": True}, TypeError, "timeout takes seconds"),
        ({"retries": -1}, ValueError, "retries"),
        ({"retries": "5"}, TypeError, "retries takes a number"),
        ({"retries": True}, TypeError, "retries takes a number"),
        ({"headers": {"X-A": "a\nb"}}, ValueError, "X-A"),
        ({"headers": {"X-A": "ü"}}, ValueError, "X-A"),
        ({"headers": {"X A": "a"}}, ValueError, "X A"),
        ({"headers": {"": "a"}}, ValueError, "headers"),
        ({"headers": {"X-A": 5}}, TypeError, "X-A takes a text"),
    ],
)
def test_what_cannot_be_used_is_refused_before_the_first_call(
    given: dict[str, Any], error: type[Exception], problem: str
) -> None:
    with pytest.raises(error, match=problem):
        read_settings({}, **given)


def test_retries_are_a_number_or_more() -> None:
    assert read_settings({}, retries=0).retries == Retries(attempts=0)
    assert read_settings({}, retries=Retries(longest=5.0)).retries.longest == 5.0
    assert read_settings({}).retries.attempts == 3


def test_settings_do_not_print_their_secrets() -> None:
    secrets = {"headers": {"Cookie": KEY}, "proxy": f"http://me:{KEY}@proxy", "cert": KEY}
    assert KEY not in repr(read_settings({}, api_key=KEY, **secrets))


def test_headers_of_the_client_itself_cannot_be_replaced() -> None:
    with pytest.raises(ValueError, match="Authorization, content-type"):
        read_settings({}, headers={"content-type": "x", "Authorization": "y", "X-Mine": "z"})
