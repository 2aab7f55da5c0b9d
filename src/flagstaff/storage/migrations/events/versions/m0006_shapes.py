"""Shapes of contexts: which members their bodies have. A context gets its own when it is seen again."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE contexts ADD COLUMN shape INTEGER",
    """CREATE TABLE context_shapes (
        environment_id TEXT NOT NULL, path TEXT NOT NULL, shape INTEGER NOT NULL, is_only INTEGER NOT NULL,
        last_seen INTEGER NOT NULL, PRIMARY KEY (environment_id, path, shape)) WITHOUT ROWID""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
