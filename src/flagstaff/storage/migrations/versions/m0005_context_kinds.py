"""What people say about context kinds."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """CREATE TABLE context_kinds (
            id TEXT PRIMARY KEY, project_id TEXT NOT NULL, key TEXT NOT NULL, archived INTEGER NOT NULL,
            version INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (project_id, key))"""
    )


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
