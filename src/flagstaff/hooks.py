"""What lower slices leave to higher ones (architecture 2): the one place that knows both fills it in."""

from flagstaff.features.accounts import lockouts
from flagstaff.features.accounts.authorizations.store import drop_grants_of_client, drop_grants_of_member
from flagstaff.features.accounts.factors.store import forget_factor, has_factor
from flagstaff.features.accounts.links.giving import invite
from flagstaff.features.accounts.links.store import end_links_of
from flagstaff.features.accounts.members import access_checks
from flagstaff.features.accounts.members import store as member_store
from flagstaff.features.accounts.members.access_checks import may_by_now
from flagstaff.features.accounts.members.invitations import on_invited
from flagstaff.features.accounts.oauth_clients.store import on_client_deleted
from flagstaff.features.accounts.oidc.linking import forget_links
from flagstaff.features.accounts.roles.store import on_role_deleted
from flagstaff.features.accounts.sessions.store import end_sessions_of
from flagstaff.features.accounts.store import on_password_set
from flagstaff.features.accounts.teams import store as team_store
from flagstaff.features.accounts.teams.expansions import find_projects
from flagstaff.features.accounts.tokens import store as token_store
from flagstaff.features.console.preferences.store import forget_preferences, forget_preferences_about
from flagstaff.features.contexts.environments import forget_events
from flagstaff.features.contexts.kinds.store import remove_kinds
from flagstaff.features.flags.checks import find_team
from flagstaff.features.flags.pending_changes import find_pending_changes
from flagstaff.features.flags.projects import add_flags
from flagstaff.features.flags.store import list_uses, remove_flags, remove_targetings
from flagstaff.features.integrations.big_segment_stores.store import kick_stores, remove_stores
from flagstaff.features.integrations.webhooks.store import queue_change
from flagstaff.features.metrics.store import remove_metrics
from flagstaff.features.projects import store as project_store
from flagstaff.features.projects.environments import store as environment_store
from flagstaff.features.projects.payload_filters.store import remove_filters
from flagstaff.features.projects.writable import find_writable
from flagstaff.features.segments import revisions
from flagstaff.features.segments import store as segment_store
from flagstaff.features.segments.environments import clone_segments, remove_segments
from flagstaff.features.system import catalogue
from flagstaff.features.system.resources import find_tagged
from flagstaff.rows import OPERATIONS
from flagstaff.storage import outbox
from flagstaff.storage.changes import on_noted


def fill_hooks() -> None:
    """Give lower slices what higher ones do for them ; may be called again."""
    catalogue.offered[:] = OPERATIONS
    project_store.on_project_deleted[:] = [
        environment_store.delete_environments,
        remove_flags,
        remove_kinds,
        remove_filters,
        remove_metrics,
        forget_preferences_about,
    ]
    segment_store.find_usage[:] = [list_uses]
    on_password_set[:] = [end_sessions_of, end_links_of]
    on_client_deleted[:] = [drop_grants_of_client]
    on_role_deleted[:] = [token_store.give_up_role, member_store.give_up_role, team_store.give_up_role]
    lockouts.may_still[:] = [may_by_now]
    on_invited[:] = [invite]
    member_store.on_member_removed[:] = [
        token_store.give_up_member,
        team_store.give_up_member,
        drop_grants_of_member,
        end_sessions_of,
        end_links_of,
        forget_factor,
        forget_links,
        forget_preferences,
    ]
    member_store.has_second_factor[:] = [has_factor]
    access_checks.find_tagged[:] = [find_tagged]
    find_team[:] = [team_store.has_team]
    find_projects[:] = [find_writable]
    on_noted[:] = [queue_change]
    find_pending_changes[:] = []  # nothing keeps changes for later yet
    outbox.read_positions[:] = []  # nor does anything pass on what has changed
    environment_store.on_environment_created[:] = [clone_segments, add_flags]
    environment_store.on_environment_deleted[:] = [
        remove_segments,
        remove_targetings,
        remove_stores,
        forget_events,
    ]
    revisions.on_logged[:] = [kick_stores]
