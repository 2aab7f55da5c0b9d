import pytest

from flagstaff.storage.private_files import create_private, create_private_file, write_private


def test_only_the_owner_reads_them(tmp_path):
    path = tmp_path / "secret"
    create_private(path, "one\n")
    assert path.read_text() == "one\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_file_takes_no_place(tmp_path):
    path = tmp_path / "secret"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        create_private(path, "one")
    assert path.read_text() == "mine"


def test_a_file_that_others_could_read_is_private_once_it_is_written_over(tmp_path):
    path = tmp_path / "secret"
    path.write_text("longer than what comes")
    path.chmod(0o644)
    write_private(path, "two")
    assert path.read_text() == "two"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_file_to_write_into_is_private_and_overwrites_nothing(tmp_path):
    path = tmp_path / "file"
    with create_private_file(path) as file:
        file.write(b"kept")

    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"kept", 0o600)
    with pytest.raises(FileExistsError), create_private_file(path):
        pass
