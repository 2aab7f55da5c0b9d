"""Makes the table in README.md that says which operations this version offers, from the operation rows."""

from collections import Counter
from collections.abc import Iterable

from flagstaff.http.operations import Operation

FILE = "README.md"
BEGIN, END = "<!-- status -->", "<!-- /status -->"

# How many operations each group of the API's client libraries has.
GROUPS = {
    "access_tokens": 6,
    "account_members": 6,
    "account_members_beta": 1,
    "account_usage_beta": 10,
    "applications_beta": 7,
    "approvals": 13,
    "audit_log": 2,
    "code_references": 13,
    "context_settings": 1,
    "contexts": 10,
    "custom_roles": 5,
    "data_export_destinations": 5,
    "environments": 7,
    "experiments_beta": 11,
    "feature_flags": 13,
    "feature_flags_beta": 3,
    "flag_links_beta": 4,
    "flag_triggers": 5,
    "follow_flags": 4,
    "insights_charts_beta": 5,
    "insights_deployments_beta": 4,
    "insights_flag_events_beta": 1,
    "insights_pull_requests_beta": 1,
    "insights_repositories_beta": 3,
    "insights_scores_beta": 6,
    "integration_audit_log_subscriptions": 5,
    "integration_delivery_configurations_beta": 7,
    "integrations_beta": 5,
    "metrics": 5,
    "metrics_beta": 5,
    "o_auth2_clients": 5,
    "other": 4,
    "projects": 8,
    "relay_proxy_configurations": 6,
    "release_pipelines_beta": 5,
    "releases_beta": 2,
    "scheduled_changes": 5,
    "segments": 14,
    "segments_beta": 4,
    "tags": 1,
    "teams": 8,
    "teams_beta": 1,
    "user_settings": 5,
    "users": 4,
    "users_beta": 1,
    "webhooks": 5,
    "workflow_templates": 3,
    "workflows": 4,
}


def describe(rows: Iterable[Operation], waiting: dict[str, tuple[str, ...]]) -> str:
    """The table, and what of the offered operations is not there yet: filters by the list they belong to."""
    every = list(rows)
    offered = Counter(row.sdk[0] for row in every if not row.is_own)
    own = len(every) - offered.total()
    more = f", and {own} that only Flagstaff has" if own else ""
    total = f"{offered.total()} of {sum(GROUPS.values())} operations{more}:"
    lines = [total, "", "| group | offered | of |", "|---|---|---|"]
    lines += [f"| `{group}` | {offered[group]} | {GROUPS[group]} |" for group in sorted(offered)]
    absent = [group for group in GROUPS if group not in offered]
    lines += ["", f"Not offered yet: {_join(absent)}."] if absent else []
    for name, fields in sorted(waiting.items()):
        lines += ["", f"Filters of {name} that answer 400 until what they ask for is kept: {_join(fields)}."]
    return "\n".join(lines)


def replace_table(text: str, table: str) -> str:
    """Put the table between its marks; raises ValueError for a text without them."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{FILE} has no place for the table: {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def _join(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
