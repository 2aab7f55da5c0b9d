"""Programs that are registered as OAuth 2.0 clients."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """CREATE TABLE oauth_clients (
        id TEXT PRIMARY KEY, digest BLOB NOT NULL, created INTEGER NOT NULL, version INTEGER NOT NULL,
        body TEXT NOT NULL)"""
    )


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
