"""Custom roles, secrets of tokens that still work after a reset, and when tokens were last used."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE custom_roles (
        id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE former_secrets (
        digest BLOB PRIMARY KEY, token_id TEXT NOT NULL, expires INTEGER NOT NULL)""",
    "CREATE TABLE token_uses (token_id TEXT PRIMARY KEY, last_used INTEGER NOT NULL) WITHOUT ROWID",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
