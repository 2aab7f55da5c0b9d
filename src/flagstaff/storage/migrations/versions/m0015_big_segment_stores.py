"""Persistent stores of big segments, and how they fare."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE big_segment_stores (
        id TEXT PRIMARY KEY, environment_id TEXT NOT NULL, created INTEGER NOT NULL, is_on INTEGER NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL)""",
    "CREATE TABLE big_segment_store_status (store_id TEXT PRIMARY KEY, body TEXT NOT NULL)",
    "CREATE INDEX stores_of_environment ON big_segment_stores (environment_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
