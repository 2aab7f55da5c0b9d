import sqlite3

import pytest

from flagstaff.kernel.errors import InvalidRequest, Unavailable
from flagstaff.storage.sqlite import explain_error, open_reader, open_writer, path_of


@pytest.mark.parametrize(
    ("url", "path"), [("sqlite:///flags.db", "flags.db"), ("sqlite:////var/lib/f.db", "/var/lib/f.db")]
)
def test_an_address_names_a_file(url, path):
    assert str(path_of(url)) == path


@pytest.mark.parametrize("url", ["postgresql://host/flags", "sqlite:///", "flags.db", ""])
def test_another_kind_of_address_is_refused(url):
    with pytest.raises(ValueError, match="only sqlite:///FILE"):
        path_of(url)


def test_a_writer_is_durable_and_a_reader_cannot_write(tmp_path):
    writer = open_writer(tmp_path / "new.db")
    writer.execute("CREATE TABLE things (id)")
    assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert writer.execute("PRAGMA synchronous").fetchone() == (2,)
    reader = open_reader(tmp_path / "new.db")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("INSERT INTO things VALUES (1)")
    writer.close()
    reader.close()


def test_errors_are_told_apart(tmp_path):
    with pytest.raises(sqlite3.OperationalError) as missing:
        open_reader(tmp_path / "none.db")
    assert isinstance(explain_error(missing.value), Unavailable)
    assert isinstance(explain_error(OverflowError()), InvalidRequest)
    assert explain_error(ZeroDivisionError()) is None
    with pytest.raises(sqlite3.OperationalError) as defect:
        sqlite3.connect(":memory:").execute("SELECT * FROM nothing")
    assert explain_error(defect.value) is None
