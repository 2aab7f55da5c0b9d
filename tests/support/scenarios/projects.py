"""Projects, environments, flag defaults and Relay Proxy configurations."""

import pytest
from launch_darkly_python_sdk import LaunchDarkly, NotFound

from tests.support.scenarios.registry import covers


@covers(
    "projects.create_new_project",
    "projects.single_by_project_key",
    "projects.list_projects_default",
    "projects.update_project_patch",
    "projects.delete_by_project_key",
)
def projects_are_made_changed_listed_and_deleted(client: LaunchDarkly, key: str) -> None:
    made = client.projects.create_new_project(
        key=f"{key}-2",
        name="Shop",
        tags=["web"],
        default_client_side_availability={"using_environment_id": True, "using_mobile_key": False},
        environments=[{"key": "live", "name": "Live", "color": "417505", "default_ttl": 5}],
    )
    assert made.environments is not None
    assert (made.key, made.environments[0].default_ttl) == (f"{key}-2", 5)
    changed = client.projects.update_project_patch(
        project_key=made.key, patch=[{"op": "replace", "path": "/name", "value": "Web shop"}], comment="why"
    )
    assert changed.name == "Web shop"
    shown = client.projects.single_by_project_key(project_key=made.key, expand="environments")
    assert shown["defaultClientSideAvailability"] == {"usingEnvironmentId": True, "usingMobileKey": False}
    found = [
        project.key for project in client.projects.list_projects_default.iter(limit=1, filter=f"query:{key}")
    ]
    assert sorted(found) == [key, f"{key}-2"]
    assert client.projects.list_projects_default(filter=f"query:{key}-2").total_count == 1
    client.projects.delete_by_project_key(project_key=made.key)
    with pytest.raises(NotFound) as missing:
        client.projects.single_by_project_key(project_key=made.key)
    assert (missing.value.status, missing.value.code) == (404, "not_found")


@covers(
    "projects.get_flag_defaults", "projects.update_flag_default", "projects.update_flag_defaults_for_project"
)
def flag_defaults_are_set_and_changed(client: LaunchDarkly, key: str) -> None:
    client.projects.update_flag_defaults_for_project(
        project_key=key,
        tags=["new"],
        temporary=False,
        boolean_defaults={
            "true_display_name": "On",
            "false_display_name": "Off",
            "true_description": "it is on",
            "false_description": "it is off",
            "on_variation": 0,
            "off_variation": 1,
        },
        default_client_side_availability={"using_mobile_key": True, "using_environment_id": False},
    )
    client.projects.update_flag_default(project_key=key, merge={"temporary": True})
    defaults = client.projects.get_flag_defaults(project_key=key)
    assert defaults.boolean_defaults is not None
    assert (defaults.tags, defaults.temporary) == (["new"], True)
    assert defaults.boolean_defaults.true_display_name == "On"


@covers(
    "environments.create_new_environment",
    "environments.get_by_project_and_key",
    "environments.list_environments",
    "environments.update_environment_patch",
    "environments.reset_sdk_key",
    "environments.reset_mobile_sdk_key",
    "environments.remove_by_environment_key",
)
def environments_are_made_changed_and_deleted(client: LaunchDarkly, key: str) -> None:
    made = client.environments.create_new_environment(
        project_key=key, key="qa", name="QA", color="AABBCC", confirm_changes=True, source={"key": "test"}
    )
    assert (made.key, made.confirm_changes) == ("qa", True)
    changed = client.environments.update_environment_patch(
        project_key=key, environment_key="qa", patch=[{"op": "add", "path": "/tags/0", "value": "ops"}]
    )
    assert changed.tags == ["ops"]
    reset = client.environments.reset_sdk_key(project_key=key, environment_key="qa", expiry=4_000_000_000_000)
    assert reset.api_key != made.api_key
    mobile = client.environments.reset_mobile_sdk_key(project_key=key, environment_key="qa")
    assert mobile["mobileKey"] != made["mobileKey"]
    shown = client.environments.get_by_project_and_key(project_key=key, environment_key="qa")
    assert shown.api_key == reset.api_key
    walk = client.environments.list_environments.iter(project_key=key, limit=2, sort="name")
    assert [environment.name for environment in walk] == ["Production", "QA", "Test"]
    client.environments.remove_by_environment_key(project_key=key, environment_key="qa")


@covers(
    "relay_proxy_configurations.create_new_config",
    "relay_proxy_configurations.list",
    "relay_proxy_configurations.get_single_by_id",
    "relay_proxy_configurations.update_config_patch",
    "relay_proxy_configurations.reset_secret_key_with_expiry",
    "relay_proxy_configurations.delete_by_id",
)
def relay_proxies_are_given_environments(client: LaunchDarkly, key: str) -> None:
    relays = client.relay_proxy_configurations
    made = relays.create_new_config(
        name=key, policy=[{"effect": "allow", "resources": [f"proj/{key}:env/*"], "actions": ["*"]}]
    )
    assert made.full_key.startswith("rel-")
    assert made.id in [item.id for item in relays.list().items]
    changed = relays.update_config_patch(
        id=made.id,
        patch=[{"op": "replace", "path": "/policy/0/resources/0", "value": f"proj/{key}:env/test"}],
    )
    assert changed["policy"][0]["resources"] == [f"proj/{key}:env/test"]
    reset = relays.reset_secret_key_with_expiry(id=made.id, expiry=4_000_000_000_000)
    assert reset.full_key not in {made.full_key, changed["fullKey"]}
    assert relays.get_single_by_id(id=made.id).display_key == reset.full_key[-4:]
    relays.delete_by_id(id=made.id)
    with pytest.raises(NotFound):
        relays.get_single_by_id(id=made.id)
