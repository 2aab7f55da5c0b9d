"""Secrets at rest: the installation's key, the keys derived from it, encryption and masking."""

import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from flagstaff.storage.private_files import create_private

NONCE = 12


class InvalidSecretKey(ValueError):
    """The secret key is not 64 hexadecimal digits, or is not the one that encrypted the stored secrets."""


@dataclass(frozen=True)
class SecretKey:
    """32 bytes, from which the keys for encryption and for the audit chain are derived."""

    value: bytes

    @classmethod
    def parse(cls, text: str) -> "SecretKey":
        """Read 64 hexadecimal digits; raises InvalidSecretKey."""
        try:
            value = bytes.fromhex(text.strip())
        except ValueError:
            raise InvalidSecretKey("the secret key must be 64 hexadecimal digits") from None
        if len(value) != 32:
            raise InvalidSecretKey("the secret key must be 64 hexadecimal digits")
        return cls(value)

    @cached_property
    def seal_key(self) -> bytes:
        """Seals the audit chain."""
        return self._derive(b"audit")

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self._derive(b"secrets"))

    @property
    def text(self) -> str:
        """As a file holds it."""
        return self.value.hex() + "\n"

    def derive_token(self, purpose: str) -> str:
        """An access token that is the same each time, and that only a holder of this key can make."""
        return f"api-{UUID(bytes=self._derive(purpose.encode())[:16], version=4)}"

    def encrypt(self, secret: str, nonce: bytes) -> bytes:
        """Encrypt with a fresh random `nonce` of 12 bytes, which is stored in front of the text."""
        return nonce + self._cipher.encrypt(nonce, secret.encode(), None)

    def decrypt(self, stored: bytes) -> str:
        """Raises cryptography.exceptions.InvalidTag when this key did not encrypt `stored`."""
        return self._cipher.decrypt(stored[:NONCE], stored[NONCE:], None).decode()

    def _derive(self, purpose: bytes) -> bytes:
        return hmac.digest(self.value, b"flagstaff " + purpose, "sha256")


def load_secret_key(path: Path, given: str = "") -> SecretKey:
    """The key that the operator gave, else that of the file `path`, which is made (0600) if missing."""
    if given:
        return SecretKey.parse(given)
    if not path.exists():
        with suppress(FileExistsError):  # made by another process meanwhile
            create_private(path, SecretKey(os.urandom(32)).text)
    return read_secret_key(path)


def read_secret_key(path: Path) -> SecretKey:
    """The key in a file; raises InvalidSecretKey naming it, or OSError."""
    try:
        return SecretKey.parse(path.read_text())
    except (InvalidSecretKey, UnicodeDecodeError):
        raise InvalidSecretKey(f"{path} does not hold 64 hexadecimal digits") from None


def digest(secret: str) -> bytes:
    """SHA-256, by which a credential is looked up; its 122 random bits need no salt."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).digest()
