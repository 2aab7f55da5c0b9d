import pytest
from cryptography.exceptions import InvalidTag

from flagstaff.storage.secrets import InvalidSecretKey, SecretKey, digest, load_secret_key

NONCE = b"n" * 12


def test_a_secret_is_read_back_with_the_key_that_encrypted_it():
    key, other = SecretKey(b"a" * 32), SecretKey(b"b" * 32)
    stored = key.encrypt("sdk-123", NONCE)
    assert b"sdk-123" not in stored
    assert key.decrypt(stored) == "sdk-123"
    with pytest.raises(InvalidTag):
        other.decrypt(stored)


def test_a_missing_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "secret.key"
    made = load_secret_key(path)
    assert load_secret_key(path) == made
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_given_key_is_used_and_no_file_made(tmp_path):
    path = tmp_path / "secret.key"
    assert load_secret_key(path, "ab" * 32).value == b"\xab" * 32
    assert not path.exists()


@pytest.mark.parametrize("text", ["", "ab", "zz" * 32, "ab" * 33])
def test_a_key_that_is_not_64_hexadecimal_digits_is_refused(text):
    with pytest.raises(InvalidSecretKey):
        SecretKey.parse(text)


def test_the_audit_log_is_sealed_with_a_key_of_its_own():
    key = SecretKey(b"a" * 32)
    assert key.seal_key != key.value
    assert len(key.seal_key) == 32


def test_any_text_has_a_digest():
    assert len({digest(text) for text in ("", "a", "\udcff")}) == 3


def test_a_derived_token_is_the_same_each_time_and_another_for_each_key_and_purpose():
    key, other = SecretKey(b"a" * 32), SecretKey(b"b" * 32)
    made = {
        key.derive_token("demo"),
        key.derive_token("demo"),
        key.derive_token("x"),
        other.derive_token("demo"),
    }
    assert len(made) == 3
    assert all(token.startswith("api-") and len(token) == 40 for token in made)
