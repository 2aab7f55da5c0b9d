"""Secrets that must be readable again, encrypted, by what they belong to."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE kept_secrets (owner TEXT PRIMARY KEY, ciphertext BLOB NOT NULL)")


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
