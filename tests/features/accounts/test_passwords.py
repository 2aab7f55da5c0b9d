import pytest

from flagstaff.features.accounts.passwords import LONGEST, SHORTEST, hash_password, verify_password
from flagstaff.kernel.errors import InvalidRequest


def test_a_password_is_known_by_its_hash() -> None:
    stored = hash_password("correct horse")

    assert stored.startswith("$argon2id$")
    assert "correct horse" not in stored
    assert verify_password(stored, "correct horse")
    assert not verify_password(stored, "correct  horse")


@pytest.mark.parametrize("length", [0, SHORTEST - 1, LONGEST + 1])
def test_a_password_that_is_too_short_or_too_long_is_refused(length: int) -> None:
    with pytest.raises(InvalidRequest, match="8 to 256"):
        hash_password("x" * length)


@pytest.mark.parametrize("stored", ["", "no hash", "$argon2id$v=19$m=65536"])
def test_what_is_no_hash_is_nobodys_password(stored: str) -> None:
    assert not verify_password(stored, "")
