"""What lists of flags are searched by, and an index in the order that they have unless told otherwise."""

import sqlalchemy
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE flags ADD COLUMN search TEXT NOT NULL DEFAULT ''",
    "DROP INDEX flags_by_creation",
    "CREATE INDEX flags_by_creation ON flags (project_id, archived, created DESC, key)",
)
FILL = sqlalchemy.text("UPDATE flags SET search = :search WHERE id = :id")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    for flag_id, key, name in connection.execute(
        sqlalchemy.text("SELECT id, key, name FROM flags")
    ).fetchall():
        connection.execute(FILL, {"search": f"{key}\n{name}".casefold(), "id": flag_id})


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
