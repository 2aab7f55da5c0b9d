"""Each choice of a member counts up, so that the member's other browsers are told of it."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE preferences ADD COLUMN version INTEGER NOT NULL DEFAULT 0")


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
