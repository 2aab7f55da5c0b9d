"""Flags are looked for by what is in this index alone: the rows are long, and most of them do not fit."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX flags_by_search ON flags (project_id, archived, search, key, id)")


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
