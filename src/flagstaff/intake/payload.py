"""What a payload says about itself: who sent it, with which SDK, built into what. Pure."""

import re
from collections.abc import Mapping

import msgspec

from flagstaff.intake.contexts import Application
from flagstaff.kernel.clock import Millis

AGENT = re.compile(r"([A-Za-z0-9._+-]{1,64})(?:/([A-Za-z0-9._+-]{1,64}))?")
TAG = re.compile(r"(application-(?:id|version|name|version-name))/([A-Za-z0-9._-]{1,64})")
UNKNOWN = "unknown"
SUMMARISED = 3  # from this schema on SDKs count evaluations themselves
MOST_ID = 100


class Sender(msgspec.Struct, frozen=True):
    """`source` is server, mobile or browser."""

    environment_id: str
    source: str
    sdk: str
    version: str
    wrapper: str
    application: Application


class Payload(msgspec.Struct, frozen=True):
    """One post of events. `payload_id` is empty where it has none; it is the same when it is sent again."""

    sender: Sender
    payload_id: str
    received: Millis
    is_summarised: bool


def read_payload(
    environment_id: str, source: str, headers: Mapping[str, str], received: Millis, *, is_image: bool = False
) -> Payload:
    """From the headers, whose names are in lower case; a header that makes no sense is as none."""
    sdk, version = read_agent(headers.get("x-launchdarkly-user-agent") or headers.get("user-agent") or "")
    wrapper = "/".join(filter(None, read_agent(headers.get("x-launchdarkly-wrapper", ""), "")))
    application = read_tags(headers.get("x-launchdarkly-tags", ""))
    return Payload(
        Sender(environment_id, source, sdk, version, wrapper, application),
        headers.get("x-launchdarkly-payload-id", "").strip()[:MOST_ID],
        received,
        is_image or _is_summarised(headers),
    )


def read_agent(text: str, unknown: str = UNKNOWN) -> tuple[str, str]:
    """Name and version out of `PythonClient/9.18.2`."""
    found = AGENT.match(text)
    return (found[1], found[2] or "") if found else (unknown, "")


def read_tags(text: str) -> Application:
    """Out of `application-id/shop application-version/1.2`."""
    told = {found[1]: found[2] for tag in text.split() if (found := TAG.fullmatch(tag))}
    return Application(
        told.get("application-id", ""),
        told.get("application-version", ""),
        told.get("application-name", ""),
        told.get("application-version-name", ""),
    )


def _is_summarised(headers: Mapping[str, str]) -> bool:
    schema = headers.get("x-launchdarkly-event-schema", "").strip()
    if headers.get("x-launchdarkly-unsummarized", "").strip().lower() == "true":
        return False
    return schema.isdecimal() and int(schema[:4]) >= SUMMARISED
