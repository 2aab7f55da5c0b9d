"""How resources with one document each are shown as they were around an audit entry, by their table.

What is only observed (when somebody was last seen) or shown once (secrets) is no part of it. People are named
as they are called today.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET

from flagstaff.access.specifiers import Resource
from flagstaff.features.accounts.members.model import Person
from flagstaff.features.accounts.members.represent import represent_member
from flagstaff.features.accounts.model import Member, Token
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.features.accounts.oauth_clients.represent import represent_client
from flagstaff.features.accounts.oauth_clients.store import CLIENTS
from flagstaff.features.accounts.roles.represent import represent_role
from flagstaff.features.accounts.roles.store import ROLES, find_role
from flagstaff.features.accounts.store import MEMBERS, find_account, find_member
from flagstaff.features.accounts.teams.model import Team
from flagstaff.features.accounts.teams.represent import represent_team
from flagstaff.features.accounts.teams.schemas import GrantPost
from flagstaff.features.accounts.teams.store import TEAMS
from flagstaff.features.accounts.tokens.represent import represent_token
from flagstaff.features.accounts.tokens.store import TOKENS
from flagstaff.features.audit.model import AuditEntry, subject_of
from flagstaff.features.contexts.kinds.model import ContextKind
from flagstaff.features.contexts.kinds.represent import represent_kind
from flagstaff.features.contexts.kinds.store import KINDS
from flagstaff.features.integrations.big_segment_stores.model import BigSegmentStore
from flagstaff.features.integrations.big_segment_stores.represent import represent_store
from flagstaff.features.integrations.big_segment_stores.schemas import StoreStatusRep
from flagstaff.features.integrations.big_segment_stores.store import STORES
from flagstaff.features.integrations.webhooks.represent import represent_webhook
from flagstaff.features.integrations.webhooks.store import WEBHOOKS
from flagstaff.features.metrics.model import Metric
from flagstaff.features.metrics.represent import represent_metric
from flagstaff.features.metrics.store import METRICS
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.represent import HIDDEN, represent_environment
from flagstaff.features.projects.environments.store import ENVIRONMENTS
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.payload_filters.model import PayloadFilter
from flagstaff.features.projects.payload_filters.represent import represent_filter
from flagstaff.features.projects.payload_filters.store import FILTERS
from flagstaff.features.projects.relays.represent import represent_relay
from flagstaff.features.projects.relays.store import RELAYS
from flagstaff.features.projects.represent import represent_flag_defaults, represent_project
from flagstaff.features.projects.store import PROJECTS
from flagstaff.features.segments.model import Segment, SegmentPlace
from flagstaff.features.segments.represent import represent_segment
from flagstaff.features.segments.store import SEGMENTS
from flagstaff.features.usage.applications.model import ApplicationVersion
from flagstaff.features.usage.applications.represent import represent_application, represent_version
from flagstaff.features.usage.applications.store import APPLICATIONS, VERSIONS
from flagstaff.storage.documents import Documents
from flagstaff.storage.transaction import Transaction

Sees = Callable[[Resource], bool]
OBSERVED = ("mfa", "_lastSeen", "_status")  # of members and stores, beside their documents


class Scene(msgspec.Struct, frozen=True):
    """Where a resource is looked at: the entry that it is around, and what the caller sees."""

    tx: Transaction
    entry: AuditEntry
    sees: Sees

    @property
    def project_key(self) -> str:
        subject = subject_of(self.entry.touched)
        return "" if subject is None else subject.names.get("proj", "")

    @property
    def project(self) -> Project | None:
        """As it is today; None where it is gone, and with it what its resources were shown in."""
        return PROJECTS.find(self.tx, "key = :key", key=self.project_key)


def _project(_: Scene, project: Project) -> Any:
    return msgspec.to_builtins(represent_project(project)) | {
        "flagDefaults": represent_flag_defaults(project),
    }


def _environment(scene: Scene, environment: Environment) -> Any:
    project = scene.project
    return UNSET if project is None else represent_environment(project, environment, HIDDEN, HIDDEN)


def _segment(scene: Scene, segment: Segment) -> Any:
    project = scene.project
    environment = ENVIRONMENTS.find(scene.tx, "id = :id", id=segment.environment_id)
    if project is None or environment is None:
        return UNSET
    return represent_segment(SegmentPlace(project, environment), segment)


def _context_kind(scene: Scene, kind: ContextKind) -> Any:
    project = scene.project
    return UNSET if project is None else represent_kind(project, kind, None)


def _metric(scene: Scene, metric: Metric) -> Any:
    project = scene.project
    return UNSET if project is None else represent_metric(project, metric, None)


def _payload_filter(scene: Scene, one: PayloadFilter) -> Any:
    project = scene.project
    return UNSET if project is None else represent_filter(project, one)


def _store(scene: Scene, store: BigSegmentStore) -> Any:
    project = PROJECTS.find(scene.tx, "id = :id", id=store.project_id)
    environment = ENVIRONMENTS.find(scene.tx, "id = :id", id=store.environment_id)
    if project is None or environment is None:
        return UNSET
    return _without_observed(represent_store(project, environment, store, StoreStatusRep()))


def _application_version(scene: Scene, version: ApplicationVersion) -> Any:
    application = APPLICATIONS.find(scene.tx, "key = :key", key=version.application_key)
    return represent_version(version, "", "" if application is None else application.kind)


def _member(scene: Scene, member: Member) -> Any:
    today = find_member(scene.tx, member.id)
    if today is not None:
        named = {name: getattr(today, name) for name in MEMBERS.personal}
        member = msgspec.structs.replace(member, **named)
    return _without_observed(represent_member(Person(member=member), {}))


def _team(scene: Scene, team: Team) -> Any:
    """With those who belong to it and what it gives them, as whoever makes a team writes it."""
    roles = (find_role(scene.tx, held.role_id) for held in team.roles)
    grants = [
        GrantPost(action_set=grant.action_set or None, actions=grant.actions, member_ids=grant.member_ids)  # type: ignore[arg-type]
        for grant in team.grants
    ]
    return msgspec.to_builtins(represent_team(team)) | {
        "customRoleKeys": [role.key for role in roles if role is not None],
        "memberIDs": team.member_ids,
        "permissionGrants": grants,
    }


def _token(scene: Scene, token: Token) -> Any:
    account = find_account(scene.tx)
    return represent_token(token, "" if account is None else account.owner_id, None)


def _client(scene: Scene, client: OAuthClient) -> Any:
    account = find_account(scene.tx)
    return represent_client(client, "" if account is None else account.id)


def _without_observed(shown: msgspec.Struct) -> Any:
    members: dict[str, Any] = msgspec.to_builtins(shown)
    return {name: value for name, value in members.items() if name not in OBSERVED}


# By the table of the entry's main document.
SHAPES: dict[str, tuple[Documents[Any], Callable[[Scene, Any], Any]]] = {
    documents.table: (documents, shape)
    for documents, shape in (
        (SEGMENTS, _segment),
        (PROJECTS, _project),
        (ENVIRONMENTS, _environment),
        (KINDS, _context_kind),
        (METRICS, _metric),
        (FILTERS, _payload_filter),
        (STORES, _store),
        (APPLICATIONS, lambda _, application: represent_application(application, "")),
        (VERSIONS, _application_version),
        (MEMBERS, _member),
        (TEAMS, _team),
        (ROLES, lambda _, role: represent_role(role)),
        (TOKENS, _token),
        (CLIENTS, _client),
        (WEBHOOKS, lambda _, webhook: represent_webhook(webhook)),
        (RELAYS, lambda _, relay: represent_relay(relay, None)),
    )
}
