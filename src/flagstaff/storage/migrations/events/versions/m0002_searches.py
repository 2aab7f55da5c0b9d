"""Indexes in the order of rows, for searches that read the bodies of all contexts of an environment."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE INDEX contexts_of_kind ON contexts (environment_id, kind)",
    "CREATE INDEX context_instances_of_environment ON context_instances (environment_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
