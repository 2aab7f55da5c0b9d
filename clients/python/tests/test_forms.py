"""Files of forms."""

import io
from pathlib import Path
from typing import Any

import pytest

from launch_darkly_python_sdk.forms import build_form


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "keys.csv"
    path.write_bytes(b"key\n")
    return path


def read(form: Any) -> bytes:
    with form.open_file() as stream:
        return stream.read()


@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_opened_anew_for_each_try(path: Path, kind: Any) -> None:
    form = build_form("file", kind(path), {"mode": "merge"})
    assert (form.filename, form.rewindable, form.fields) == ("keys.csv", True, {"mode": "merge"})
    assert read(form) == read(form) == b"key\n"


@pytest.mark.parametrize("content", [b"key\n", bytearray(b"key\n")])
def test_bytes_are_a_file_too(content: bytes) -> None:
    form = build_form("file", content, {})
    assert (form.filename, form.close_file) == ("file.csv", True)
    assert read(form) == read(form) == b"key\n"


def test_an_open_file_is_rewound_and_left_open(path: Path) -> None:
    with path.open("rb") as stream:
        form = build_form("file", stream, {})
        assert (form.filename, form.close_file, form.rewindable) == ("keys.csv", False, True)
        assert form.open_file().read() == form.open_file().read() == b"key\n"


def test_an_open_file_is_sent_whole_wherever_it_stands(path: Path) -> None:
    with path.open("rb") as stream:
        stream.read(2)
        assert build_form("file", stream, {}).open_file().read() == b"key\n"


def test_a_stream_that_cannot_be_rewound_is_read_once() -> None:
    class Pipe(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return False

    form = build_form("file", Pipe(), {})
    assert (form.filename, form.rewindable) == ("file.csv", False)


def test_a_file_that_does_not_exist_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        build_form("file", tmp_path / "missing.csv", {})
    with pytest.raises(IsADirectoryError):
        build_form("file", tmp_path, {})


@pytest.mark.parametrize("file", [5, io.StringIO("key"), ["key"]])
def test_what_is_no_binary_file_is_refused(file: Any) -> None:
    with pytest.raises(TypeError, match="opened with 'rb'"):
        build_form("file", file, {})
