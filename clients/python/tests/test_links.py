"""Which method answers a link."""

import pytest

from launch_darkly_python_sdk.groups.paths import READING
from launch_darkly_python_sdk.links import build_link, find_operation

HOST = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/v2", "other.get_resource_categories"),
        ("/api/v2/tokens", "access_tokens.list"),
        ("/api/v2/tokens/", "access_tokens.list"),
        ("/api/v2/tokens/5f", "access_tokens.get_by_id"),
        ("/api/v2/flags/default/a%2Fb", "feature_flags.single_flag_by_key"),
        ("/api/v2/flags/default/checkout/dependent-flags", "feature_flags_beta.list_dependent_flags"),
        (
            "/api/v2/flags/default/test/checkout/dependent-flags",
            "feature_flags_beta.list_dependent_flags_by_env",
        ),
        (
            "/api/v2/integration-capabilities/big-segment-store",
            "integrations_beta.list_big_segment_store_integrations",
        ),
        ("/api/v2/vanished", "follow"),
        ("/api/v3/tokens", "follow"),
    ],
)
def test_a_path_belongs_to_the_most_literal_method(path: str, name: str) -> None:
    assert find_operation(path).name == name


def test_every_reading_method_is_found_by_its_own_path() -> None:
    for template, (_class, group, method) in READING.items():
        path = template.replace("{", "x-").replace("}", "-x")
        assert find_operation(path).name == f"{group}.{method}"


def test_a_link_to_a_beta_method_is_asked_for_as_beta() -> None:
    operation, request = build_link(f"{HOST}/ld", f"{HOST}/ld/api/v2/applications?limit=1")
    assert operation.name == "applications_beta.list_applications"
    assert request.headers["LD-API-Version"] == "beta"
    assert request.title == "GET /api/v2/applications"
