"""The first schema of the event store: what SDKs have told. `docs/events.md` says what each table holds.

Times are milliseconds since 1970. An `application_id` is empty where the SDK named no application.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Counters fold with time: `width` is the length of the period that begins `at`, in milliseconds.
TABLES = (
    """CREATE TABLE payloads (
        environment_id TEXT NOT NULL, payload_id TEXT NOT NULL, received INTEGER NOT NULL,
        PRIMARY KEY (environment_id, payload_id)) WITHOUT ROWID""",
    """CREATE TABLE flag_counters (
        environment_id TEXT NOT NULL, flag_key TEXT NOT NULL, at INTEGER NOT NULL, width INTEGER NOT NULL,
        variation INTEGER NOT NULL, version INTEGER NOT NULL, context_kinds TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (environment_id, flag_key, at, width, variation, version, context_kinds)
        ) WITHOUT ROWID""",
    """CREATE TABLE flag_requests (
        environment_id TEXT NOT NULL, flag_key TEXT NOT NULL, first_requested INTEGER NOT NULL,
        last_requested INTEGER NOT NULL, default_value TEXT,
        PRIMARY KEY (environment_id, flag_key)) WITHOUT ROWID""",
    """CREATE TABLE flag_context_kinds (
        environment_id TEXT NOT NULL, flag_key TEXT NOT NULL, kind TEXT NOT NULL,
        last_requested INTEGER NOT NULL, PRIMARY KEY (environment_id, flag_key, kind)) WITHOUT ROWID""",
    """CREATE TABLE contexts (
        environment_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, application_id TEXT NOT NULL,
        name TEXT NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
        redacted TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (environment_id, kind, key, application_id))""",
    """CREATE TABLE context_instances (
        environment_id TEXT NOT NULL, id TEXT NOT NULL, application_id TEXT NOT NULL,
        kinds TEXT NOT NULL, anonymous_kinds TEXT NOT NULL, first_seen INTEGER NOT NULL,
        last_seen INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (environment_id, id, application_id))""",
    """CREATE TABLE instance_contexts (
        environment_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, instance_id TEXT NOT NULL,
        PRIMARY KEY (environment_id, kind, key, instance_id)) WITHOUT ROWID""",
    """CREATE TABLE context_kinds (
        environment_id TEXT NOT NULL, kind TEXT NOT NULL, first_seen INTEGER NOT NULL,
        last_seen INTEGER NOT NULL, PRIMARY KEY (environment_id, kind)) WITHOUT ROWID""",
    """CREATE TABLE attribute_names (
        environment_id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, redacted INTEGER NOT NULL,
        first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
        PRIMARY KEY (environment_id, kind, name)) WITHOUT ROWID""",
    """CREATE TABLE active_contexts (
        environment_id TEXT NOT NULL, day INTEGER NOT NULL, instance INTEGER NOT NULL, sdk TEXT NOT NULL,
        application_id TEXT NOT NULL, source TEXT NOT NULL, kinds TEXT NOT NULL, anonymous INTEGER NOT NULL,
        PRIMARY KEY (environment_id, day, instance, sdk, application_id)) WITHOUT ROWID""",
    """CREATE TABLE applications (
        environment_id TEXT NOT NULL, key TEXT NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL,
        first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
        PRIMARY KEY (environment_id, key)) WITHOUT ROWID""",
    """CREATE TABLE application_versions (
        environment_id TEXT NOT NULL, application_key TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
        first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
        PRIMARY KEY (environment_id, application_key, key)) WITHOUT ROWID""",
    """CREATE TABLE application_flags (
        environment_id TEXT NOT NULL, application_key TEXT NOT NULL, flag_key TEXT NOT NULL,
        last_requested INTEGER NOT NULL,
        PRIMARY KEY (environment_id, application_key, flag_key)) WITHOUT ROWID""",
    """CREATE TABLE sdk_counters (
        environment_id TEXT NOT NULL, at INTEGER NOT NULL, width INTEGER NOT NULL, source TEXT NOT NULL,
        sdk TEXT NOT NULL, version TEXT NOT NULL, wrapper TEXT NOT NULL, events INTEGER NOT NULL,
        payloads INTEGER NOT NULL,
        PRIMARY KEY (environment_id, at, width, source, sdk, version, wrapper)) WITHOUT ROWID""",
    """CREATE TABLE event_keys (
        environment_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, first_seen INTEGER NOT NULL,
        last_seen INTEGER NOT NULL, PRIMARY KEY (environment_id, kind, key)) WITHOUT ROWID""",
    """CREATE TABLE raw_events (
        position INTEGER PRIMARY KEY AUTOINCREMENT, environment_id TEXT NOT NULL, received INTEGER NOT NULL,
        at INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, contexts TEXT NOT NULL,
        variation INTEGER, version INTEGER, in_experiment INTEGER NOT NULL, value REAL,
        weight INTEGER NOT NULL, data TEXT NOT NULL)""",
    """CREATE TABLE new_names (
        environment_id TEXT NOT NULL, day INTEGER NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (environment_id, day, what)) WITHOUT ROWID""",
)
INDEXES = (
    "CREATE INDEX payloads_by_time ON payloads (received)",
    "CREATE INDEX contexts_by_last_seen ON contexts (environment_id, last_seen)",
    "CREATE INDEX context_instances_by_last_seen ON context_instances (environment_id, last_seen)",
    "CREATE INDEX raw_events_by_key ON raw_events (environment_id, key, at)",
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
