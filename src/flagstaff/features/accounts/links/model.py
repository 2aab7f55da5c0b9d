"""Links that let a member in once: an invitation, or the way to a new password."""

import msgspec

from flagstaff.kernel.clock import Millis

INVITATION, RESET = "invitation", "reset"
PAGES = {INVITATION: "invite", RESET: "reset"}  # of the console
LIFETIMES: dict[str, Millis] = {INVITATION: 7 * 24 * 3_600_000, RESET: 3_600_000}
OFTEN: Millis = 60_000  # between two mails with a link to a new password


class MemberLink(msgspec.Struct, frozen=True):
    """A link that has not been used; its secret is known to nobody but whoever was given it."""

    member_id: str
    created: Millis
    expires: Millis


def address_of(base_url: str, kind: str, secret: str) -> str:
    """Where the link leads."""
    return f"{base_url}/{PAGES[kind]}/{secret}"
