import pytest
from argon2 import PasswordHasher

from flagstaff.features.accounts.passwords import (
    LONGEST,
    SHORTEST,
    Verdict,
    hash_password,
    judge_password,
    verify_password,
)
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


def test_a_hash_of_another_cost_is_made_anew_by_the_right_password_alone() -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("correct horse")

    right, wrong = judge_password(cheap, "correct horse"), judge_password(cheap, "wrong horse")

    assert right.is_right
    assert judge_password(right.rehashed, "correct horse") == Verdict(is_right=True)
    assert wrong == Verdict(is_right=False)


@pytest.mark.parametrize("password", ["nobody", ""])
def test_where_there_is_no_hash_no_password_is_right(password: str) -> None:
    assert judge_password("", password) == Verdict(is_right=False)


@pytest.mark.parametrize("stored", ["", "no hash", "$argon2id$v=19$m=65536"])
def test_what_is_no_hash_is_nobodys_password(stored: str) -> None:
    assert not verify_password(stored, "")
