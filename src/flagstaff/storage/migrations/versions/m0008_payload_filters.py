"""Payload filters, which choose the flags that an SDK is given."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLE = """CREATE TABLE payload_filters (
    id TEXT PRIMARY KEY, project_id TEXT NOT NULL, key TEXT NOT NULL,
    version INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (project_id, key))"""


def upgrade() -> None:
    op.execute(TABLE)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
