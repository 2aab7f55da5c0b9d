"""Writing everything, and telling what is not up to date."""

from pathlib import Path

import pytest

from generator import __main__ as generator


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Generates into a folder of its own, below which the repository begins."""
    client = tmp_path / "clients" / "python"
    client.mkdir(parents=True)
    (client / "ruff-generated.toml").write_text((generator.CLIENT / "ruff-generated.toml").read_text())
    monkeypatch.setattr(generator, "CLIENT", client)
    monkeypatch.setattr(generator, "PACKAGE", client / "package")
    monkeypatch.setattr(generator, "PAGES", tmp_path / "docs")
    return tmp_path


def test_what_is_committed_is_what_follows_from_the_table() -> None:
    assert generator.main(["--check"]) == 0


def test_stale_missing_and_superfluous_files_are_named_and_put_right(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generator.main([]) == 0
    groups = folder / "clients/python/package/groups"
    (groups / "tags.py").write_text("")
    (groups / "teams.pyi").unlink()
    (groups / "vanished.py").write_text("")
    (folder / "docs" / "vanished.md").write_text("")
    assert generator.main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "clients/python/package/groups/tags.py is not up to date: make client",
        "clients/python/package/groups/teams.pyi is not up to date: make client",
        "clients/python/package/groups/vanished.py is not up to date: make client",
        "docs/vanished.md is not up to date: make client",
    ]
    assert generator.main([]) == generator.main(["--check"]) == 0
