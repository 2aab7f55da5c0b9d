"""The first schema: accounts, projects, flags and segments; audit log and outbox; what SDKs see."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# `body` stands last in every document table, so that searches never read past the columns they need.
TABLES = (
    """CREATE TABLE accounts (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE members (
        id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE passwords (member_id TEXT PRIMARY KEY, hash TEXT NOT NULL, changed INTEGER NOT NULL)""",
    """CREATE TABLE tokens (
        id TEXT PRIMARY KEY, digest BLOB NOT NULL UNIQUE, member_id TEXT NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE projects (
        id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, created INTEGER NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE environments (
        id TEXT PRIMARY KEY, project_id TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
        created INTEGER NOT NULL, critical INTEGER NOT NULL, position INTEGER NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (project_id, key))""",
    """CREATE TABLE credentials (
        digest BLOB PRIMARY KEY, environment_id TEXT NOT NULL, kind TEXT NOT NULL, ciphertext BLOB NOT NULL,
        expires INTEGER NOT NULL)""",
    """CREATE TABLE flags (
        id TEXT PRIMARY KEY, project_id TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
        created INTEGER NOT NULL, archived INTEGER NOT NULL, deprecated INTEGER NOT NULL,
        temporary INTEGER NOT NULL, kind TEXT NOT NULL, maintainer_id TEXT NOT NULL,
        maintainer_team_key TEXT NOT NULL, using_mobile_key INTEGER NOT NULL,
        using_environment_id INTEGER NOT NULL, tags TEXT NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (project_id, key))""",
    """CREATE TABLE targetings (
        flag_id TEXT NOT NULL, environment_id TEXT NOT NULL, is_on INTEGER NOT NULL,
        modified INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (flag_id, environment_id))""",
    """CREATE TABLE segments (
        id TEXT PRIMARY KEY, environment_id TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
        created INTEGER NOT NULL, modified INTEGER NOT NULL, unbounded INTEGER NOT NULL, tags TEXT NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (environment_id, key))""",
    """CREATE TABLE tags (
        tag TEXT NOT NULL, kind TEXT NOT NULL, resource_id TEXT NOT NULL, project_id TEXT NOT NULL,
        PRIMARY KEY (kind, tag, resource_id)) WITHOUT ROWID""",
    """CREATE TABLE reference_uses (
        environment_id TEXT NOT NULL, used_kind TEXT NOT NULL, used_key TEXT NOT NULL,
        user_kind TEXT NOT NULL, user_id TEXT NOT NULL,
        PRIMARY KEY (environment_id, used_kind, used_key, user_kind, user_id)) WITHOUT ROWID""",
    """CREATE TABLE audit_log (
        position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, date INTEGER NOT NULL,
        kind TEXT NOT NULL, name TEXT NOT NULL, title_verb TEXT NOT NULL, description TEXT NOT NULL,
        comment TEXT NOT NULL, member_id TEXT NOT NULL, token_id TEXT NOT NULL, accesses TEXT NOT NULL,
        resources TEXT NOT NULL, versions BLOB NOT NULL, mac BLOB NOT NULL)""",
    """CREATE TABLE outbox (
        position INTEGER PRIMARY KEY AUTOINCREMENT, entry_id TEXT NOT NULL, topic TEXT NOT NULL,
        created INTEGER NOT NULL)""",
    """CREATE TABLE sdk_environments (environment_id TEXT PRIMARY KEY, data_version INTEGER NOT NULL)""",
    """CREATE TABLE sdk_items (
        environment_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
        payload BLOB, PRIMARY KEY (environment_id, kind, key))""",
)
INDEXES = (
    "CREATE INDEX members_tokens ON tokens (member_id)",
    "CREATE INDEX environment_credentials ON credentials (environment_id)",
    "CREATE INDEX flags_by_creation ON flags (project_id, archived, created)",
    "CREATE INDEX targetings_by_environment ON targetings (environment_id, modified)",
    "CREATE INDEX tags_of_resource ON tags (resource_id)",
    "CREATE INDEX references_of_user ON reference_uses (user_id)",
    "CREATE INDEX audit_log_by_date ON audit_log (date)",
    "CREATE INDEX sdk_items_by_version ON sdk_items (environment_id, version)",
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("restore the copy that was made before the upgrade")
