"""How many connections there were over time; `width` is the length of the period that begins `at`."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE connection_counts (
        environment_id TEXT NOT NULL, at INTEGER NOT NULL, width INTEGER NOT NULL,
        streams INTEGER NOT NULL, most_streams INTEGER NOT NULL,
        polls INTEGER NOT NULL, most_polls INTEGER NOT NULL,
        PRIMARY KEY (environment_id, at, width)) WITHOUT ROWID""",
    "CREATE INDEX connection_counts_by_time ON connection_counts (width, at)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
