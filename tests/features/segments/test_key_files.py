"""Files of keys: what is read from them, what is refused and where."""

import pytest

from flagstaff.features.segments import key_files
from flagstaff.features.segments.key_files import MOST_REPORTED, Skipped, SkippedLine, pack_keys
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
        ("ann\n".encode("utf-16"), "UTF-16; it must be UTF-8"),
        ("ann\n".encode("utf-16-be").join([b"\xfe\xff", b""]), "UTF-16; it must be UTF-8"),
        ("ann\n".encode("utf-16-le"), "holds no keys. Line 1: a key must not contain NUL"),
        (b'ann\n"bob\ncem\n', "line 2: a quote is never closed"),
        (b'ann\n"bob\ncem"x\ndan\n', "line 2: something stands between a closing quote and the next comma"),
        (b"x" * 4_097, "holds no keys. Line 1: the key is longer than 4,096 characters"),
    ],
)
def test_a_file_of_which_it_is_unclear_what_are_keys_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        pack_keys(content, nothing)
    assert reason in caught.value.message


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"\xff\xfe", "is not UTF-8"),
        (b",Ann", "the first column is empty"),
        (b"a\0b", "a key must not contain NUL"),
        (b'"bob"x', "something stands between a closing quote and the next comma"),
        (b"x" * 4_097, "the key is longer than 4,096 characters"),
        (b"x" * 131_073, "a column is longer than 131,072 characters"),
    ],
)
def test_a_line_without_a_key_is_skipped_and_named(bad: bytes, reason: str) -> None:
    file = pack_keys(b'"ann\n1"\n' + bad + b"\n\ncem\n" + bad + b"\n", nothing)

    assert file.keys == 2
    assert file.skipped == Skipped(2, [SkippedLine(3, reason), SkippedLine(6, reason)])


def test_a_quote_that_the_last_line_opens_takes_no_other_line_along() -> None:
    file = pack_keys(b'ann\n"bob\n', nothing)

    assert file.keys == 1
    assert file.skipped.lines == [SkippedLine(2, "a quote is never closed")]


def test_a_report_names_some_lines_and_counts_the_rest() -> None:
    file = pack_keys(b",x\n" * 250 + b"ann\n", nothing)

    assert (file.skipped.count, len(file.skipped.lines)) == (250, MOST_REPORTED)
    assert file.skipped.lines[-1].line == MOST_REPORTED


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
