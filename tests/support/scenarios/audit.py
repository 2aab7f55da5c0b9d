"""What was done, as the audit log tells it."""

from launch_darkly_python_sdk import LaunchDarkly

from tests.support.scenarios.registry import covers


@covers("audit_log.list_audit_log_entries", "audit_log.detail_entry")
def changes_are_found_in_the_audit_log(client: LaunchDarkly, key: str) -> None:
    client.feature_flags.create_feature_flag(project_key=key, key="audited", name="Audited")
    found = client.audit_log.list_audit_log_entries(spec=f"proj/{key}:env/*:flag/audited", limit=5)
    assert [entry.title_verb for entry in found.items] == ["created the flag"]
    entry = client.audit_log.detail_entry(id=found.items[0].id)
    assert entry.name == "Audited"
    assert entry["currentVersion"]["key"] == "audited"
