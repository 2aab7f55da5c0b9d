"""Codes by the clock, and recovery codes."""

import base64

import pytest

from flagstaff.features.accounts.factors.model import (
    STEP,
    describe_secret,
    encode_recovery_code,
    encode_secret,
    find_step,
    is_by_clock,
    plain_code,
)

SECRET = base64.b32encode(b"12345678901234567890").decode()  # of RFC 6238, appendix B


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_the_codes_of_the_specification_are_right_in_their_time(seconds: int, code: str) -> None:
    assert find_step(SECRET, code, seconds * 1_000) == seconds // STEP


@pytest.mark.parametrize(("off", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(off: int, right: bool) -> None:
    step = 1_234_567_890 // STEP

    found = find_step(SECRET, "005924", (step * STEP + off) * 1_000)

    assert found == (step if right else None)


@pytest.mark.parametrize("code", ["", "005925", "05924", "0059240", "\N{ARABIC-INDIC DIGIT ZERO}05924"])
def test_another_code_is_wrong(code: str) -> None:
    assert not is_by_clock(code) or find_step(SECRET, code, 1_234_567_890_000) is None


@pytest.mark.parametrize("code", ["005 924", "005924", " 005-924 "])
def test_blanks_and_dashes_in_a_code_do_not_count(code: str) -> None:
    assert plain_code(code) == "005924"


def test_an_app_reads_the_secret_from_its_uri() -> None:
    uri = describe_secret(SECRET, "ada@example.com")

    assert uri.startswith("otpauth://totp/Flagstaff:ada%40example.com?")
    assert f"secret={SECRET}" in uri


def test_secrets_and_recovery_codes_can_be_typed() -> None:
    assert encode_secret(b"12345678901234567890") == SECRET
    code = encode_recovery_code(b"1234567890")
    assert code == "gezd-gnbv-gy3t-qojq"
    assert not is_by_clock(plain_code(code))
