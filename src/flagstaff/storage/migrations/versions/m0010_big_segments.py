"""Big segments: their keys, the log that stores of SDKs follow, and files of keys on their way in and out."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE big_segments (
        number INTEGER PRIMARY KEY AUTOINCREMENT, segment_id TEXT NOT NULL UNIQUE,
        environment_id TEXT NOT NULL, reference TEXT NOT NULL, shown INTEGER NOT NULL,
        floor INTEGER NOT NULL)""",
    """CREATE TABLE big_segment_members (
        list INTEGER NOT NULL, hash BLOB NOT NULL, key TEXT NOT NULL, added INTEGER NOT NULL,
        kept INTEGER NOT NULL, PRIMARY KEY (list, hash)) WITHOUT ROWID""",
    """CREATE TABLE big_segment_revisions (
        environment_id TEXT NOT NULL, number INTEGER NOT NULL, reference TEXT NOT NULL, content BLOB NOT NULL,
        import_id TEXT NOT NULL, pieces INTEGER NOT NULL, PRIMARY KEY (environment_id, number))""",
    """CREATE TABLE segment_imports (
        id TEXT PRIMARY KEY, segment_id TEXT NOT NULL, environment_id TEXT NOT NULL, number INTEGER NOT NULL,
        busy INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE segment_import_pieces (
        import_id TEXT NOT NULL, piece INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (import_id, piece))""",
    """CREATE TABLE segment_exports (
        id TEXT PRIMARY KEY, segment_id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE segment_export_pieces (
        export_id TEXT NOT NULL, piece INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (export_id, piece))""",
    "CREATE INDEX big_segments_of_environment ON big_segments (environment_id)",
    "CREATE INDEX revisions_of_reference ON big_segment_revisions (environment_id, reference)",
    "CREATE INDEX imports_of_environment ON segment_imports (environment_id, busy)",
    "CREATE INDEX imports_of_segment ON segment_imports (segment_id)",
    "CREATE INDEX exports_of_segment ON segment_exports (segment_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
