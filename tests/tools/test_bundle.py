from pathlib import Path

import pytest

from tools.bundle import list_first_files, list_needed, measure


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A console of an entry, a shared part, the list of flags and another page."""
    files = {
        "index-a.js": 'import{x}from"./shared-b.js";import("./OtherPage-d.js")',
        "shared-b.js": 'import "./index-a.js"',
        "FlagsPage-c.js": "import{x as y}from'./shared-b.js';import './table-e.js'",
        "OtherPage-d.js": "",
        "table-e.js": "",
    }
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text('<script type="module" src="/assets/index-a.js"></script>')
    for name, text in files.items():
        (tmp_path / "assets" / name).write_text(text)
        (tmp_path / "assets" / f"{name}.gz").write_bytes(b"." * 10)
    return tmp_path


def test_what_is_imported_when_it_is_needed_does_not_come_first(built: Path) -> None:
    frame, flags = list_first_files(built)

    assert frame == {"index-a.js", "shared-b.js"}
    assert flags == {*frame, "FlagsPage-c.js", "table-e.js"}
    assert list_needed(built / "assets", "table-e.js") == {"table-e.js"}


def test_files_are_measured_as_they_are_sent(built: Path) -> None:
    assert measure(built, {"index-a.js", "table-e.js"}) == 20


def test_a_console_that_is_not_built_is_not_measured(built: Path) -> None:
    (built / "assets" / "FlagsPage-c.js").unlink()

    with pytest.raises(LookupError):
        list_first_files(built)
