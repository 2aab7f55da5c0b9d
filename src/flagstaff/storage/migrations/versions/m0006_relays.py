"""Relay Proxy configurations, and their keys by digest."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE TABLE relay_configurations (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL)",
    "CREATE TABLE relay_keys (digest BLOB PRIMARY KEY, relay_id TEXT NOT NULL, expires INTEGER NOT NULL)",
    "CREATE INDEX keys_of_relay ON relay_keys (relay_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
