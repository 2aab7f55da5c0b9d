"""Where the audit log begins once its oldest entries are no longer kept."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE TABLE audit_anchor (position INTEGER PRIMARY KEY, mac BLOB NOT NULL, seal BLOB NOT NULL)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
