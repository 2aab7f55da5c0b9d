"""Metrics of projects."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """CREATE TABLE metrics (
        id TEXT PRIMARY KEY, project_id TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
        body TEXT NOT NULL, UNIQUE (project_id, key))"""
    )


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
