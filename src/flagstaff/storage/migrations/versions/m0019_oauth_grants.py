"""What members have let OAuth 2.0 clients do, and the tokens that came of it."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE oauth_grants (
        id TEXT PRIMARY KEY, client_id TEXT NOT NULL, member_id TEXT NOT NULL, scope TEXT NOT NULL,
        redirect_uri TEXT NOT NULL, challenge TEXT NOT NULL, code_digest BLOB NOT NULL UNIQUE,
        code_expires INTEGER NOT NULL, code_used INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL)""",
    """CREATE TABLE oauth_tokens (
        digest BLOB PRIMARY KEY, grant_id TEXT NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL,
        expires INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX oauth_grants_of_client ON oauth_grants (client_id)",
    "CREATE INDEX oauth_grants_of_member ON oauth_grants (member_id)",
    "CREATE INDEX oauth_tokens_of_grant ON oauth_tokens (grant_id)",
    "CREATE INDEX oauth_tokens_by_expiry ON oauth_tokens (expires)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
