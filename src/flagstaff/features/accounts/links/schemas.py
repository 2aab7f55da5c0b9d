"""Invitations and new passwords on the wire."""

from typing import Annotated

from msgspec import Meta, Struct

from flagstaff.features.accounts.sessions.schemas import Code, Email, Password
from flagstaff.kernel.clock import Millis

PersonName = Annotated[str, Meta(max_length=256)]


class InvitationRep(Struct, frozen=True, rename="camel"):
    """Who is invited, and until when."""

    email: str
    first_name: str
    last_name: str
    expires_at: Millis


class InvitationPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """How a member who was invited is called, and the password that it will sign in with."""

    first_name: PersonName = ""
    last_name: PersonName = ""
    password: Password


class NewInvitationRep(Struct, frozen=True, rename="camel"):
    """The link of an invitation, shown this once, or empty where it was mailed; and until when it works."""

    link: str
    expires_at: Millis


class ResetRequestPost(Struct, frozen=True, forbid_unknown_fields=True):
    """The address of the member who has lost the password."""

    email: Email


class ResetRequestRep(Struct, frozen=True):
    """Whether this server sends mail; if not, an administrator can make a link."""

    mail: bool


class ResetRep(Struct, frozen=True, rename="camel"):
    """Whose password may be chosen anew, until when, and whether a code of the second factor is needed."""

    email: str
    expires_at: Millis
    second_factor: bool


class ResetPost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The new password; `code` as at sign-in."""

    password: Password
    code: Code = ""


class ResetLinkRep(Struct, frozen=True, rename="camel"):
    """A link to a new password, which is shown this once."""

    link: str
    expires_at: Millis
