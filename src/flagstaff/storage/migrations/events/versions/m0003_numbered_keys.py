"""Single events name their key by a number: rows are half as long, and so is their index."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE event_keys RENAME TO old_event_keys",
    "ALTER TABLE raw_events RENAME TO old_raw_events",
    "DROP INDEX raw_events_by_key",
    """CREATE TABLE event_keys (
        id INTEGER PRIMARY KEY, environment_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
        first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, UNIQUE (environment_id, kind, key))""",
    """CREATE TABLE raw_events (
        position INTEGER PRIMARY KEY, key_id INTEGER NOT NULL, at INTEGER NOT NULL,
        variation INTEGER, version INTEGER, in_experiment INTEGER NOT NULL, value REAL,
        weight INTEGER NOT NULL, contexts TEXT NOT NULL, data TEXT NOT NULL)""",
    """INSERT INTO event_keys (environment_id, kind, key, first_seen, last_seen)
        SELECT environment_id, kind, key, min(at), max(at) FROM old_raw_events GROUP BY 1, 2, 3""",
    """INSERT INTO raw_events SELECT e.position, k.id, e.at, e.variation, e.version, e.in_experiment, e.value,
        e.weight, e.contexts, e.data FROM old_raw_events e
        JOIN event_keys k ON (k.environment_id, k.kind, k.key) = (e.environment_id, e.kind, e.key)""",
    "DROP TABLE old_raw_events",
    "DROP TABLE old_event_keys",
    "CREATE INDEX raw_events_by_key ON raw_events (key_id, at)",
    "CREATE INDEX flag_counters_by_minute ON flag_counters (at) WHERE width = 60000",
    "CREATE INDEX flag_counters_by_hour ON flag_counters (at) WHERE width = 3600000",
    "CREATE INDEX sdk_counters_by_minute ON sdk_counters (at) WHERE width = 60000",
    "CREATE INDEX sdk_counters_by_hour ON sdk_counters (at) WHERE width = 3600000",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
