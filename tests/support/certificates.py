"""Certificates of this machine, made for a test."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PEM, FORM = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8


@dataclass(frozen=True)
class Certificate:
    """Files in one folder; `locked_key` is the key with a passphrase."""

    file: Path
    key: Path
    locked_key: Path


def make_certificate(folder: Path, *hosts: str) -> Certificate:
    """A certificate for 127.0.0.1, or for those host names, that signs itself, valid today."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    here: list[x509.GeneralName] = [x509.IPAddress(ip_address("127.0.0.1"))]
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts] or here)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    found = Certificate(folder / "certificate.pem", folder / "key.pem", folder / "locked.pem")
    found.file.write_bytes(made.public_bytes(PEM))
    found.key.write_bytes(key.private_bytes(PEM, FORM, serialization.NoEncryption()))
    locked = serialization.BestAvailableEncryption(b"passphrase")
    found.locked_key.write_bytes(key.private_bytes(PEM, FORM, locked))
    return found
