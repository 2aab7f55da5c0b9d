"""Teams, the members whom they concern, and with which token members were last seen."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE teams (
        id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE team_members (
        member_id TEXT NOT NULL, team_id TEXT NOT NULL, PRIMARY KEY (member_id, team_id)) WITHOUT ROWID""",
    "CREATE INDEX members_of_team ON team_members (team_id)",
    "ALTER TABLE member_uses ADD COLUMN token_id TEXT NOT NULL DEFAULT ''",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
