"""One's own password and second factor on the wire."""

from typing import Annotated

from msgspec import Meta, Struct

from flagstaff.features.accounts.sessions.schemas import Code, Password


class PasswordPut(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """The password that is, and the one that shall be."""

    password: Password
    new_password: Password


class OwnPassword(Struct, frozen=True, forbid_unknown_fields=True):
    """The caller's password: what is done with it cannot be done with a session alone."""

    password: Password


class FactorRep(Struct, frozen=True):
    """What an authenticator app needs: the secret to type, or the URI for a QR code. Shown this once."""

    secret: str
    uri: str


class FactorConfirmation(Struct, frozen=True, forbid_unknown_fields=True):
    """The code that the app shows."""

    code: Code


class RecoveryCodesRep(Struct, frozen=True, rename="camel"):
    """Codes for the time without the app: each works once, and they are shown this once."""

    recovery_codes: Annotated[list[str], Meta(description="Ten codes.")]
