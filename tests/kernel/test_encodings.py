import pytest

from flagstaff.kernel.encodings import decode_base64
from flagstaff.kernel.errors import InvalidRequest


@pytest.mark.parametrize(
    ("text", "decoded"), [("_-8", b"\xff\xef"), ("_-8=", b"\xff\xef"), ("/+8=", b"\xff\xef"), ("", b"")]
)
def test_both_alphabets_are_base64_padded_or_not(text: str, decoded: bytes) -> None:
    assert decode_base64(text) == decoded


@pytest.mark.parametrize("text", ["a", "ab*d", "ü", "a\nbc", "a===b"])
def test_anything_else_is_not(text: str) -> None:
    with pytest.raises(InvalidRequest):
        decode_base64(text)
