"""Files of keys: what is read from them, what is refused and where."""

import pytest

from flagstaff.features.segments import key_files
from flagstaff.features.segments.key_files import pack_keys
from flagstaff.features.segments.members import STEP, hash_key
from flagstaff.features.segments.revisions import unpack
from flagstaff.kernel.errors import InvalidRequest


def nothing() -> None:
    pass


def read(content: bytes) -> list[list[str]]:
    """The keys of each piece."""
    return [
        [key for change in unpack(piece) for key in change.added]
        for piece in pack_keys(content, nothing).pieces
    ]


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        (b"ann\nbob\n", {"ann", "bob"}),
        (b"ann\r\nbob", {"ann", "bob"}),
        (b"\xef\xbb\xbfann\n", {"ann"}),
        (b'ann,Ann,1\n"b,c",x\n', {"ann", "b,c"}),
        (b'"a ""b"""\n', {'a "b"'}),
        (b'"a\nb"\n', {"a\nb"}),
        (b"\n\nann\n\n,\n", {"ann"}),
        (b"ann\nann\nann\n", {"ann"}),
        ("käthe\n\U0001f6a9\n".encode(), {"käthe", "\U0001f6a9"}),
        (b" ann \n", {" ann "}),
    ],
)
def test_the_first_column_holds_the_keys(content: bytes, keys: set[str]) -> None:
    assert {key for piece in read(content) for key in piece} == keys
    assert pack_keys(content, nothing).keys == len(keys)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no keys"),
        (b"\n\n", "holds no keys"),
        (b"ann\n\xff\xfe\n", "line 2: is not UTF-8"),
        ("ann\n".encode("utf-16"), "UTF-16; it must be UTF-8"),
        ("ann\n".encode("utf-16-be").join([b"\xfe\xff", b""]), "UTF-16; it must be UTF-8"),
        (b"ann\n,Ann\n", "line 2: the first column is empty"),
        (b"ann\na\0b\n", "line 2: a key must not contain NUL"),
        (b'ann\n"bob\n', "unexpected end of data"),
        (b'ann\n"bob"x\n', "line 2: ',' expected after '\"'"),
        (b"x" * 4_097, "line 1: the key is longer than 4,096 characters"),
    ],
)
def test_the_first_bad_line_is_named(content: bytes, reason: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        pack_keys(content, nothing)
    assert reason in caught.value.message


def test_pieces_hold_keys_in_the_order_of_their_hashes() -> None:
    keys = [f"user-{number}" for number in range(20_000)]
    breaths: list[None] = []

    file = pack_keys("\n".join(keys).encode(), lambda: breaths.append(None))

    pieces = [[key for change in unpack(piece) for key in change.added] for piece in file.pieces]
    assert [key for piece in pieces for key in piece] == sorted(keys, key=hash_key)
    assert max(map(len, pieces)) <= STEP
    assert len(pieces) < 2 * len(keys) / STEP
    assert len(breaths) >= 40


def test_a_file_has_a_most_of_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_files, "MOST_KEYS", 3)
    assert pack_keys(b"a\nb\nc\n", nothing).keys == 3
    with pytest.raises(InvalidRequest, match="more than 3 keys"):
        pack_keys(b"a\nb\nc\nd\n", nothing)
