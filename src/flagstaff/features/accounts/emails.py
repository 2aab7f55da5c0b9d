"""Addresses of e-mail, checked as far as can be without sending anything."""

import re
from typing import Annotated

from msgspec import Meta

from flagstaff.kernel.errors import InvalidRequest

LONGEST = 254
_ADDRESS = re.compile(
    r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]{1,64}@[^\s@.<>()\[\],;:\\\"]+(\.[^\s@.<>()\[\],;:\\\"]+)*"
)

Email = Annotated[str, Meta(max_length=LONGEST + 64)]


def is_email(text: str) -> bool:
    """Whether mail can be addressed so: something, one `@`, and a host."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None


def check_email(text: str, where: str) -> str:
    """Return an address without blanks around it, or raise InvalidRequest naming the place."""
    address = text.strip()
    if not is_email(address):
        raise InvalidRequest(f"{text[:80]!r} is no e-mail address - at `{where}`")
    return address
