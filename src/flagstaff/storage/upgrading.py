"""Alembic at work on a database file; imported only when there is something to upgrade."""

from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from sqlalchemy.pool import NullPool

from flagstaff.storage.sqlite import open_writer


def upgrade_file(path: Path, migrations: Path, revision: str = "head") -> None:
    """Run the migrations that the file lacks up to that one; raises sqlite3.Error where one cannot be run."""
    open_writer(path).close()  # makes the file 0600 and WAL
    engine = sqlalchemy.create_engine(f"sqlite:///{path}", poolclass=NullPool)
    config = configure(migrations)
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            connection.commit()
    except sqlalchemy.exc.DBAPIError as error:
        raise error.orig or error from error
    finally:
        engine.dispose()


def configure(migrations: Path) -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(migrations))
    return config
