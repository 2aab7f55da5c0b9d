"""Which audit entries wrote which document, so that a resource can be shown as it was at any of them."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = """CREATE TABLE audit_documents (
    document_id TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (document_id, position)) WITHOUT ROWID"""


def upgrade() -> None:
    op.execute(TABLE)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
