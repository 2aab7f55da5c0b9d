"""Relay Proxy configurations hold the digest of their key as tokens do; former keys of both are together."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE relay_configurations ADD COLUMN digest BLOB",
    """UPDATE relay_configurations SET digest =
        (SELECT k.digest FROM relay_keys k WHERE k.relay_id = relay_configurations.id AND k.expires = 0)""",
    "CREATE UNIQUE INDEX relay_configurations_by_digest ON relay_configurations (digest)",
    "ALTER TABLE former_secrets RENAME COLUMN token_id TO owner_id",
    """INSERT INTO former_secrets (digest, owner_id, expires)
        SELECT digest, relay_id, expires FROM relay_keys WHERE expires > 0""",
    "DROP TABLE relay_keys",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
