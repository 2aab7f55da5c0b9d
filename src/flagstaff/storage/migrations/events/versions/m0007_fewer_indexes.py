"""Contexts and instances without an index in the order of rows: a new one is written in two trees fewer."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATEMENTS = ("DROP INDEX contexts_of_kind", "DROP INDEX context_instances_of_environment")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
