"""What people say about applications and their versions."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = (
    """CREATE TABLE applications (
        id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE application_versions (
        id TEXT PRIMARY KEY, application_key TEXT NOT NULL, key TEXT NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (application_key, key))""",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
