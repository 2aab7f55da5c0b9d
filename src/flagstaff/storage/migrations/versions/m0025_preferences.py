"""What members have chosen in the console, for themselves alone."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE preferences (
        member_id TEXT NOT NULL, name TEXT NOT NULL, project_id TEXT NOT NULL, value BLOB NOT NULL,
        PRIMARY KEY (member_id, name, project_id)) WITHOUT ROWID""",
    "CREATE INDEX preferences_of_project ON preferences (project_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
