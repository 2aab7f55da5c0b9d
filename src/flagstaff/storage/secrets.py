"""Secrets at rest: the installation's key, the keys derived from it, encryption and masking."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(32).hex() + "\n")
    return SecretKey.parse(path.read_text())


def digest(secret: str) -> bytes:
    """SHA-256, by which a credential is looked up; its 122 random bits need no salt."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).digest()


def mask(secret: str) -> str:
    """The last four characters: all that an audit entry, a log or a later answer shows."""
    return f"****{secret[-4:]}"
