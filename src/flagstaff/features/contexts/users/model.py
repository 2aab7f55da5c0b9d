"""Users as older clients know them: contexts of the kind `user`, with other attributes apart."""

from typing import Any

import msgspec

from flagstaff.kernel.clock import Millis

STANDARD = (
    "key",
    "ip",
    "country",
    "email",
    "firstName",
    "lastName",
    "avatar",
    "name",
    "anonymous",
    "secondary",
)
TEXTS = frozenset(STANDARD) - {"key", "anonymous"}  # a value of another type is a custom attribute


class SeenUser(msgspec.Struct, frozen=True):
    """A user as they last were in any application; `body` is the JSON of their context."""

    key: str
    last_seen: Millis
    redacted: tuple[str, ...]
    body: str


def show_user(body: str, redacted: tuple[str, ...]) -> dict[str, Any]:
    """The members of a user as the API shows them."""
    attributes: dict[str, Any] = msgspec.json.decode(body)
    user = {name: value for name, value in attributes.items() if _is_standard(name, value)}
    custom = {
        name: value for name, value in attributes.items() if name != "kind" and not _is_standard(name, value)
    }
    if custom:
        user["custom"] = custom
    if redacted:
        user["privateAttrs"] = sorted({first_name(reference) for reference in redacted})
    return user


def first_name(reference: str) -> str:
    """The attribute that a reference leads into."""
    component = reference.removeprefix("/").partition("/")[0] if reference.startswith("/") else reference
    return component.replace("~1", "/").replace("~0", "~")


def _is_standard(name: str, value: Any) -> bool:
    if name in TEXTS:
        return isinstance(value, str)
    return name in STANDARD
