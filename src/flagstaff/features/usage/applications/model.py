"""Applications that SDKs run in, and their versions: what is said about them, and what was seen."""

import msgspec

from flagstaff.access.specifiers import Resource, top_resource
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest

KINDS = BROWSER, MOBILE, SERVER = ("browser", "mobile", "server")
LONGEST_DESCRIPTION = 5_000


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """What people say about an application; where `kind` is empty, it is what SDKs say."""

    id: str
    key: str
    description: str = ""
    kind: str = ""
    created: Millis
    version: int = 1


class ApplicationVersion(msgspec.Struct, frozen=True, kw_only=True):
    """What people say about a version of an application."""

    id: str
    application_key: str
    key: str
    supported: bool = True
    created: Millis
    version: int = 1


class Seen(msgspec.Struct, frozen=True):
    """An application, or a version of one, as SDKs told of it; `source` is the kind of SDK."""

    key: str
    name: str
    first_seen: Millis
    source: str = ""


def application_resource(key: str) -> Resource:
    """What policies call an application, with its versions."""
    return top_resource("application", key)


def unsaid(seen: Seen) -> Application:
    """An application that nobody has said anything about; it has no id yet."""
    return Application(id="", key=seen.key, kind=seen.source, created=seen.first_seen)


def unsaid_version(application_key: str, seen: Seen) -> ApplicationVersion:
    """A version that nobody has said anything about; it has no id yet."""
    return ApplicationVersion(id="", application_key=application_key, key=seen.key, created=seen.first_seen)


def check_description(description: str) -> str:
    """Return a description, or raise InvalidRequest for one that is too long."""
    if len(description) > LONGEST_DESCRIPTION:
        raise InvalidRequest(f"a description must not be longer than {LONGEST_DESCRIPTION:,} characters")
    return description
