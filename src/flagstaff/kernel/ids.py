"""Identifiers as an argument: the shapes of ids, and the source that hands them out.

The source of randomness is made once, in `app.py`, and passed down; this module never draws on one.
"""

import re
from collections.abc import Callable

import msgspec

from flagstaff.kernel.errors import InvalidRequest

KEY_PATTERN = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")
TAG_PATTERN = re.compile(r"[a-zA-Z0-9_.-]{1,64}")
LONGEST_NAME = 256
MOST_TAGS = 200  # of one resource


class Ids(msgspec.Struct, frozen=True):
    """Hands out new identifiers from `draw`, which returns as many random bytes as it is asked for."""

    draw: Callable[[int], bytes]

    def object_id(self) -> str:
        """24 hexadecimal digits: accounts, projects, environments, audit entries, members, tokens."""
        return self.draw(12).hex()

    def uuid(self) -> str:
        """A random UUID in text form: variations, rules, clauses."""
        drawn = bytearray(self.draw(16))
        drawn[6] = drawn[6] & 0x0F | 0x40  # version 4
        drawn[8] = drawn[8] & 0x3F | 0x80  # the variant of RFC 9562
        digits = drawn.hex()
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def salt(self) -> str:
        """32 hexadecimal digits: the salt that buckets the contexts of one flag or segment."""
        return self.draw(16).hex()

    def secret(self, prefix: str) -> str:
        """A credential such as `api-<uuid>` or `sdk-<uuid>`; 122 random bits."""
        return f"{prefix}-{self.uuid()}"

    def long_secret(self, prefix: str) -> str:
        """A credential such as `oauth-<64 hexadecimal digits>`, where 122 random bits are too few."""
        return f"{prefix}-{self.draw(32).hex()}"


def check_key(key: str, what: str, longest: int = 256) -> str:
    """Return `key`, or raise InvalidRequest unless it can name a `what` ("flag", "project", ...)."""
    if not KEY_PATTERN.fullmatch(key):
        raise InvalidRequest(
            f"{what} key {key[:80]!r} must start with a letter or digit, "
            "and may contain only letters, digits, '.', '_' and '-'"
        )
    if len(key) > longest:
        raise InvalidRequest(f"{what} key is longer than {longest} characters")
    return key


def check_name(name: str, what: str) -> str:
    """Return the name of a `what`, or raise InvalidRequest for one that is empty or too long to show."""
    if not name.strip():
        raise InvalidRequest(f"the name of a {what} must not be empty")
    if len(name) > LONGEST_NAME:
        raise InvalidRequest(f"the name of a {what} must not be longer than {LONGEST_NAME} characters")
    return name


def check_tags(tags: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the set of tags in order, or raise InvalidRequest for a malformed one, or for too many."""
    for tag in tags:
        if not TAG_PATTERN.fullmatch(tag):
            raise InvalidRequest(
                f"tag {tag[:80]!r} must be 1 to 64 characters from letters, digits, '.', '_' and '-'"
            )
    unique = sorted(set(tags))
    if len(unique) > MOST_TAGS:
        raise InvalidRequest(f"{len(unique)} tags are more than the {MOST_TAGS} that a resource may have")
    return tuple(unique)
