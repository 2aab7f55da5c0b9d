"""Every operation of the REST API; router, OpenAPI document, lists and sweeps are made from it."""

from flagstaff.features.accounts.authorizations import operations as authorizations
from flagstaff.features.accounts.links import operations as links
from flagstaff.features.accounts.members import operations as members
from flagstaff.features.accounts.members import team_operations as member_teams
from flagstaff.features.accounts.oauth_clients import operations as oauth_clients
from flagstaff.features.accounts.oidc import operations as oidc
from flagstaff.features.accounts.profile import operations as profile
from flagstaff.features.accounts.roles import operations as roles
from flagstaff.features.accounts.sessions import operations as sessions
from flagstaff.features.accounts.teams import operations as teams
from flagstaff.features.accounts.tokens import operations as tokens
from flagstaff.features.audit import operations as audit
from flagstaff.features.console.effects import operations as effects
from flagstaff.features.console.evaluations import operations as console_evaluations
from flagstaff.features.console.explanations import operations as explanations
from flagstaff.features.console.lists import operations as console_lists
from flagstaff.features.console.preferences import operations as preferences
from flagstaff.features.console.previews import operations as previews
from flagstaff.features.console.search import operations as console_search
from flagstaff.features.console.streams import operations as console_streams
from flagstaff.features.console.versions import operations as console_versions
from flagstaff.features.contexts import operations as contexts
from flagstaff.features.contexts.attributes import operations as context_attributes
from flagstaff.features.contexts.kinds import operations as context_kinds
from flagstaff.features.contexts.users import operations as users
from flagstaff.features.flags import operations as flags
from flagstaff.features.integrations.big_segment_stores import operations as big_segment_stores
from flagstaff.features.integrations.webhooks import operations as webhooks
from flagstaff.features.metrics import operations as metrics
from flagstaff.features.projects import operations as projects
from flagstaff.features.projects.connections import operations as connections
from flagstaff.features.projects.environments import old_keys
from flagstaff.features.projects.environments import operations as environments
from flagstaff.features.projects.payload_filters import operations as payload_filters
from flagstaff.features.projects.relays import operations as relays
from flagstaff.features.segments import import_operations as segment_imports
from flagstaff.features.segments import operations as segments
from flagstaff.features.segments import target_operations as segment_targets
from flagstaff.features.segments import transfer_operations as segment_transfers
from flagstaff.features.system import jobs, permissions, verification, who_can
from flagstaff.features.system import operations as system
from flagstaff.features.usage.applications import operations as applications
from flagstaff.features.usage.evaluations import operations as evaluations
from flagstaff.http.operations import Operation

OPERATIONS: tuple[Operation, ...] = (
    *members.OPERATIONS,
    *member_teams.OPERATIONS,
    *teams.OPERATIONS,
    *roles.OPERATIONS,
    *sessions.OPERATIONS,
    *links.OPERATIONS,
    *profile.OPERATIONS,
    *tokens.OPERATIONS,
    *oauth_clients.OPERATIONS,
    *authorizations.OPERATIONS,
    *oidc.OPERATIONS,
    *projects.OPERATIONS,
    *environments.OPERATIONS,
    *old_keys.OPERATIONS,
    *context_kinds.OPERATIONS,
    *contexts.OPERATIONS,
    *context_attributes.OPERATIONS,
    *users.OPERATIONS,
    *relays.OPERATIONS,
    *connections.OPERATIONS,
    *payload_filters.OPERATIONS,
    *metrics.OPERATIONS,
    *segments.OPERATIONS,
    *segment_targets.OPERATIONS,
    *segment_transfers.OPERATIONS,
    *segment_imports.OPERATIONS,
    *big_segment_stores.OPERATIONS,
    *flags.OPERATIONS,
    *applications.OPERATIONS,
    *evaluations.OPERATIONS,
    *webhooks.OPERATIONS,
    *audit.OPERATIONS,
    *system.OPERATIONS,
    *jobs.OPERATIONS,
    *verification.OPERATIONS,
    *permissions.OPERATIONS,
    *who_can.OPERATIONS,
    *explanations.OPERATIONS,
    *previews.OPERATIONS,
    *preferences.OPERATIONS,
    *console_lists.OPERATIONS,
    *console_evaluations.OPERATIONS,
    *console_streams.OPERATIONS,
    *console_search.OPERATIONS,
    *console_versions.OPERATIONS,
    *effects.OPERATIONS,
)
