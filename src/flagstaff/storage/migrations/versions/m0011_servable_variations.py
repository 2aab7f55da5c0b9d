"""How many variations a flag can serve in an environment while it is on: what its status depends on."""

import json

import sqlalchemy
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FILL = sqlalchemy.text(
    "UPDATE targetings SET servable = :servable WHERE flag_id = :flag AND environment_id = :environment"
)


def upgrade() -> None:
    op.execute("ALTER TABLE targetings ADD COLUMN servable INTEGER NOT NULL DEFAULT 0")
    connection = op.get_bind()
    rows = connection.execute(sqlalchemy.text("SELECT flag_id, environment_id, body FROM targetings"))
    for flag_id, environment_id, body in rows.fetchall():
        values = {"servable": _count(json.loads(body)), "flag": flag_id, "environment": environment_id}
        connection.execute(FILL, values)


def _count(targeting: dict) -> int:  # type: ignore[type-arg]
    found = {target["variation_id"] for target in targeting.get("targets", ())}
    for serve in (targeting["fallthrough"], *(rule["serve"] for rule in targeting.get("rules", ()))):
        if isinstance(serve, str):
            found.add(serve)
            continue
        found.update(weight["variation_id"] for weight in serve["weights"])
        if serve.get("allocation"):
            found.add(serve["allocation"]["variation_id"])
    if targeting.get("prerequisites"):
        found.add(targeting.get("off_variation_id"))
    return len(found)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
