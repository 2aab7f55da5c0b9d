"""Single events in packs: those of one key that came within a transaction are one row."""

import sqlalchemy
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WINDOW = 10_000  # events that one statement packs: what it groups stays in memory
# An infinite metric value has no JSON; what is no number is none.
PACK = """INSERT INTO event_packs (position, key_id, at, count, events)
    SELECT max(position), key_id, max(at), count(*), json_group_array(json_array(at, variation, version,
        in_experiment, CASE WHEN abs(value) <= 1.7976931348623157e308 THEN value END, weight, json(contexts),
        data))
    FROM (SELECT * FROM old_raw_events WHERE position >= :start AND position < :end ORDER BY position)
    GROUP BY key_id, position / 256"""
BEFORE = (
    "ALTER TABLE raw_events RENAME TO old_raw_events",
    "DROP INDEX raw_events_by_key",
    """CREATE TABLE event_packs (
        position INTEGER PRIMARY KEY, key_id INTEGER NOT NULL, at INTEGER NOT NULL, count INTEGER NOT NULL,
        events TEXT NOT NULL)""",
)
AFTER = (
    "DROP TABLE old_raw_events",
    "CREATE INDEX event_packs_by_key ON event_packs (key_id, at)",
    """CREATE VIEW raw_events AS SELECT position, event.key AS number, key_id, event.value ->> 0 AS at,
        event.value ->> 1 AS variation, event.value ->> 2 AS version, event.value ->> 3 AS in_experiment,
        event.value ->> 4 AS value, event.value ->> 5 AS weight, event.value ->> 6 AS contexts,
        event.value ->> 7 AS data
        FROM event_packs JOIN json_each(events) AS event""",
)


def upgrade() -> None:
    for statement in BEFORE:
        op.execute(statement)
    connection = op.get_bind()
    ends = "SELECT coalesce(min(position), 0), coalesce(max(position), -1) FROM old_raw_events"
    first, last = connection.execute(sqlalchemy.text(ends)).one()
    for start in range(first, last + 1, WINDOW):
        connection.execute(sqlalchemy.text(PACK), {"start": start, "end": start + WINDOW})
    for statement in AFTER:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
