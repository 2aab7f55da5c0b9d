"""An audit entry with all that it refers to: for whoever reads the log, and for what is sent elsewhere."""

from flagstaff.features.accounts.authorizations.describe import APPLICATION
from flagstaff.features.accounts.oauth_clients.store import find_client
from flagstaff.features.accounts.store import find_account, find_member
from flagstaff.features.accounts.tokens.store import find_token
from flagstaff.features.audit.changed_versions import list_changed
from flagstaff.features.audit.model import AuditEntry, project_keys
from flagstaff.features.audit.represent import MEMBER, Surroundings, represent_detail
from flagstaff.features.audit.schemas import AuditDetailRep
from flagstaff.features.audit.shapes import Scene, Sees
from flagstaff.features.audit.versions import versions_around
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.store import list_projects
from flagstaff.storage.audit import unpack_patch
from flagstaff.storage.transaction import Transaction


def show_detail(tx: Transaction, entry: AuditEntry, sees: Sees) -> AuditDetailRep:
    """The detailed form, with those parts of the resource that are seen."""
    versions = versions_around(Scene(tx, entry, sees))
    return represent_detail(entry, surroundings_of(tx, [entry]), *versions, **unpack_patch(entry.versions))


def surroundings_of(tx: Transaction, entries: list[AuditEntry]) -> Surroundings:
    """What those entries refer to, as it is called today."""
    account = find_account(tx)
    about = {entry.name for entry in entries if entry.kind == MEMBER}
    members = (find_member(tx, member_id) for member_id in {entry.member_id for entry in entries} | about)
    tokens = (find_token(tx, token_id) for token_id in {entry.token_id for entry in entries})
    clients = {
        entry.token_id: client
        for entry in entries
        if entry.token_id.startswith(APPLICATION)
        and (client := find_client(tx, entry.token_id.removeprefix(APPLICATION))) is not None
    }
    named = {key for entry in entries for key in project_keys(entry)}
    projects = [project for project in list_projects(tx) if project.key in named]
    environments = [(project, one) for project in projects for one in list_environments(tx, project)]
    keys = {one.id: one.key for _, one in environments}
    return Surroundings(
        account_id="" if account is None else account.id,
        members={member.id: member for member in members if member is not None},
        tokens={token.id: token for token in tokens if token is not None},
        clients=clients,
        projects={project.key: project.name for project in projects},
        environments={(project.key, one.key): one.name for project, one in environments},
        versions={entry.id: list_changed(entry, keys) for entry in entries},
    )
