"""What the headers of a post say."""

import pytest

from flagstaff.intake.contexts import Application
from flagstaff.intake.payload import Payload, read_payload


def read(**headers: str) -> Payload:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_payload("e", "server", named, 5)


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("PythonClient/9.18.2", ("PythonClient", "9.18.2")),
        ("NodeJSClient/9.13.7 extra", ("NodeJSClient", "9.13.7")),
        ("curl", ("curl", "")),
        ("", ("unknown", "")),
        ("\x00/1", ("unknown", "")),
        ("x" * 500 + "/1", ("x" * 64, "")),
    ],
)
def test_an_sdk_names_itself(agent: str, told: tuple[str, str]) -> None:
    sender = read(user_agent=agent).sender
    assert (sender.sdk, sender.version) == told


def test_a_browser_names_its_sdk_in_a_header_of_its_own() -> None:
    headers = {"user_agent": "Mozilla/5.0", "x_launchdarkly_user_agent": "JSClient/3.9.0"}
    assert (read(**headers).sender.sdk, read(**headers).sender.version) == ("JSClient", "3.9.0")


def test_a_wrapper_may_have_a_version() -> None:
    assert read(x_launchdarkly_wrapper="react/3.0").sender.wrapper == "react/3.0"
    assert read(x_launchdarkly_wrapper="react").sender.wrapper == "react"
    assert read().sender.wrapper == ""


def test_tags_name_the_application() -> None:
    tags = "application-id/shop application-name/Shop application-version/1.2 application-version-name/one"
    assert read(x_launchdarkly_tags=tags).sender.application == Application("shop", "1.2", "Shop", "one")
    assert read(x_launchdarkly_tags="application-id/a b/c application-version/").sender.application.id == "a"
    assert read(x_launchdarkly_tags="application-id/" + "x" * 65).sender.application == Application()


@pytest.mark.parametrize(
    ("headers", "is_summarised"),
    [
        ({}, False),
        ({"x_launchdarkly_event_schema": "2"}, False),
        ({"x_launchdarkly_event_schema": "3"}, True),
        ({"x_launchdarkly_event_schema": "4"}, True),
        ({"x_launchdarkly_event_schema": "5"}, True),
        ({"x_launchdarkly_event_schema": "new"}, False),
        ({"x_launchdarkly_event_schema": "9" * 5000}, True),
        ({"x_launchdarkly_event_schema": "4", "x_launchdarkly_unsummarized": "true"}, False),
    ],
)
def test_older_sdks_leave_counting_to_the_server(headers: dict[str, str], is_summarised: bool) -> None:
    assert read(**headers).is_summarised is is_summarised


def test_the_query_of_an_image_is_of_sdks_that_summarise() -> None:
    assert read_payload("e", "browser", {}, 5, is_image=True).is_summarised


def test_the_id_of_a_payload_is_bounded() -> None:
    assert read(x_launchdarkly_payload_id=" abc ").payload_id == "abc"
    assert len(read(x_launchdarkly_payload_id="x" * 5000).payload_id) == 100
    assert read().payload_id == ""
