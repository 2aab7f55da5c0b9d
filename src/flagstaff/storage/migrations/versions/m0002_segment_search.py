"""What lists of segments search by, and how often each key of a segment was in use before."""

import msgspec
import sqlalchemy
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE segments ADD COLUMN description TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE segments ADD COLUMN kind TEXT NOT NULL DEFAULT 'list'",
    """CREATE TABLE segment_generations (
        environment_id TEXT NOT NULL, key TEXT NOT NULL, generation INTEGER NOT NULL,
        PRIMARY KEY (environment_id, key)) WITHOUT ROWID""",
    "CREATE INDEX segments_by_creation ON segments (environment_id, created DESC, key)",
)
FILL = sqlalchemy.text("UPDATE segments SET description = :description, kind = :kind WHERE id = :id")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    for segment_id, body in connection.execute(sqlalchemy.text("SELECT id, body FROM segments")).fetchall():
        segment = msgspec.json.decode(body)
        kind = "rule" if segment.get("rules") else "list"
        values = {"id": segment_id, "description": segment.get("description", ""), "kind": kind}
        connection.execute(FILL, values)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
