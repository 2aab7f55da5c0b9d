"""Documented names."""

import pytest

from generator.names import document_argument, document_member, pascal


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        ("key", "key"),
        ("projectKey", "project_key"),
        ("memberIDs", "member_ids"),
        ("deploymentID", "deployment_id"),
        ("ignoredMemberIDs", "ignored_member_ids"),
        ("triggerURL", "trigger_url"),
        ("sdktype", "sdktype"),
        ("total_count", "total_count"),
        ("VariationData", "variation_data"),
        ("rfc3339", "rfc3339"),
        ("from", "_from"),
        ("global", "_global"),
        ("on", "_true"),
    ],
)
def test_an_argument_is_in_snake_case_and_no_keyword(wire: str, name: str) -> None:
    assert document_argument(wire) == name


@pytest.mark.parametrize(
    ("wire", "name"), [("_links", "links"), ("_environmentId", "environment_id"), ("on", "on")]
)
def test_a_member_has_no_line_in_front(wire: str, name: str) -> None:
    assert document_member(wire) == name


@pytest.mark.parametrize(
    ("group", "name"), [("tags", "Tags"), ("o_auth2_clients", "OAuth2Clients"), ("teams_beta", "TeamsBeta")]
)
def test_a_class_is_in_pascal_case(group: str, name: str) -> None:
    assert pascal(group) == name
