"""Sessions of members who have signed in, the links by which they come in, and their second factors."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE sessions (
        id TEXT PRIMARY KEY, digest BLOB NOT NULL UNIQUE, member_id TEXT NOT NULL, created INTEGER NOT NULL,
        expires INTEGER NOT NULL, address TEXT NOT NULL, user_agent TEXT NOT NULL)""",
    "CREATE INDEX sessions_of_member ON sessions (member_id)",
    "CREATE TABLE session_uses (session_id TEXT PRIMARY KEY, last_used INTEGER NOT NULL)",
    "CREATE TABLE member_uses (member_id TEXT PRIMARY KEY, last_used INTEGER NOT NULL)",
    """CREATE TABLE member_links (
        digest BLOB PRIMARY KEY, kind TEXT NOT NULL, member_id TEXT NOT NULL, created INTEGER NOT NULL,
        expires INTEGER NOT NULL)""",
    "CREATE INDEX links_of_member ON member_links (member_id)",
    """CREATE TABLE second_factors (
        member_id TEXT PRIMARY KEY, is_on INTEGER NOT NULL, created INTEGER NOT NULL,
        last_step INTEGER NOT NULL)""",
    """CREATE TABLE recovery_codes (
        member_id TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (member_id, digest)) WITHOUT ROWID""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
