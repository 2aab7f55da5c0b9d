"""Which refused writes the audit log has noted within the last minute."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE denials (
        caller TEXT NOT NULL, action TEXT NOT NULL, resource TEXT NOT NULL, noted INTEGER NOT NULL,
        PRIMARY KEY (caller, action, resource)) WITHOUT ROWID""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
