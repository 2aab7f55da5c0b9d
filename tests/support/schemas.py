"""Databases as older versions of the program have left them."""

from pathlib import Path

import sqlalchemy
from alembic import command

from flagstaff.storage import schema
from flagstaff.storage.upgrading import configure


def make_older(path: Path) -> str:
    """Make a database of the oldest schema, without a first start; its revision."""
    revision = min(schema.known_revisions())
    engine = sqlalchemy.create_engine(f"sqlite:///{path}")
    config = configure(schema.MIGRATIONS)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()
    engine.dispose()
    path.chmod(0o600)
    return revision
