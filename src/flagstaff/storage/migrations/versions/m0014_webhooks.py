"""Webhooks, and the changes that were or will be sent to them."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE webhooks (
        id TEXT PRIMARY KEY, is_on INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE deliveries (
        position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, webhook_id TEXT NOT NULL,
        entry_id TEXT NOT NULL, replays TEXT NOT NULL, created INTEGER NOT NULL, state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0,
        status INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '')""",
    "CREATE INDEX deliveries_of_webhook ON deliveries (webhook_id, state, position)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
