"""SQLite: how its connections are opened, and which of its errors are a caller's doing."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from flagstaff.kernel.errors import ApiError, InvalidRequest, Unavailable

DatabaseError = sqlite3.Error  # for those who report one that nobody else has handled
BUSY = 5.0  # seconds a process waits for another one's write
SCHEME = "sqlite:///"
TRANSIENT = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_INTERRUPT,
}


def path_of(url: str) -> Path:
    """The file behind `sqlite:///file`; raises ValueError for another kind of address."""
    if not url.startswith(SCHEME) or len(url) == len(SCHEME):
        raise ValueError(f"{url.partition(':')[0]}: only sqlite:///FILE is supported by this version")
    return Path(url.removeprefix(SCHEME))


def events_beside(database: Path) -> Path:
    """Where the event store of a database lies unless the operator says otherwise."""
    return database.with_name(f"{database.stem}-events.db")


def open_writer(path: Path) -> sqlite3.Connection:
    """The process's one writing connection; transactions are begun and ended by its owner."""
    if not path.exists():
        path.touch(mode=0o600)
    connection = sqlite3.connect(
        path, timeout=BUSY, isolation_level=None, cached_statements=512, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA cache_size=-65536")
    # Else what a unit's savepoint must be able to take back goes to a file, page by page.
    connection.execute("PRAGMA temp_store=MEMORY")
    return _with_functions(connection)


def open_reader(path: Path) -> sqlite3.Connection:
    """A read-only connection for one thread of the pool."""
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=ro",
        uri=True,
        timeout=BUSY,
        isolation_level=None,
        cached_statements=512,
        check_same_thread=False,
    )
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA cache_size=-16384")
    connection.execute("PRAGMA mmap_size=268435456")
    return _with_functions(connection)


def read_state(connection: sqlite3.Connection) -> int:
    """A number that stays the same as long as no other connection changes the database; in a transaction."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _with_functions(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Its own `lower` knows ASCII only, and searches must not care about case in any script."""
    connection.create_function("lower", 1, lambda text: text and text.casefold(), deterministic=True)
    return connection


def explain_error(error: Exception) -> ApiError | None:
    """The answer for an error that is not a defect: a value SQLite cannot hold, or a full or failing disk.

    Its cause is the error itself, for the log.
    """
    answer: ApiError | None = None
    if isinstance(error, OverflowError | UnicodeEncodeError):  # integers beyond 64 bits, lone surrogates
        answer = InvalidRequest("A value in the request cannot be stored")
    elif isinstance(error, sqlite3.Error) and error.sqlite_errorcode & 0xFF in TRANSIENT:
        answer = Unavailable("The database cannot be used at the moment; try again", retry_after=1)
    if answer is not None:
        answer.__cause__ = error
    return answer
