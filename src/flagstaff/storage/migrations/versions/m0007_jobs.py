"""Jobs: work that goes on after the answer."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE jobs (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, project_id TEXT NOT NULL, subject TEXT NOT NULL,
        job_key TEXT UNIQUE, arguments TEXT NOT NULL, state TEXT NOT NULL, progress TEXT NOT NULL,
        done INTEGER NOT NULL, total INTEGER NOT NULL, attempts INTEGER NOT NULL, created INTEGER NOT NULL,
        due INTEGER NOT NULL, started INTEGER NOT NULL, finished INTEGER NOT NULL,
        lease_until INTEGER NOT NULL, owner TEXT NOT NULL, error TEXT NOT NULL)""",
    "CREATE INDEX jobs_by_state ON jobs (state, due)",
    "CREATE INDEX jobs_by_creation ON jobs (created)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
