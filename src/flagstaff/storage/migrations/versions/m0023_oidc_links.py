"""Which people of a provider of identities are which members."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE oidc_links (
        issuer TEXT NOT NULL, subject TEXT NOT NULL, member_id TEXT NOT NULL, created INTEGER NOT NULL,
        PRIMARY KEY (issuer, subject)) WITHOUT ROWID""",
    "CREATE INDEX oidc_links_of_member ON oidc_links (member_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
