"""What the service says about itself."""

from launch_darkly_python_sdk import LaunchDarkly

from tests.support.scenarios.registry import covers


@covers(
    "other.get_resource_categories",
    "other.get_openapi_spec",
    "other.get_ip_list",
    "other.get_version_information",
)
def the_service_describes_itself(client: LaunchDarkly, key: str) -> None:
    links = client.other.get_resource_categories().links
    assert links["projects"].href == "/api/v2/projects"
    assert client.other.get_openapi_spec()["openapi"].startswith("3.")
    assert client.other.get_ip_list().addresses
    versions = client.other.get_version_information()
    assert versions.latest_version in versions.valid_versions
    assert key
