"""Parameters of an operation."""

from typing import Annotated, Any, Literal

import msgspec

from flagstaff.http.openapi.components import Components
from flagstaff.http.openapi.parameters import describe_parameters
from tests.support.rows import a_row


class Query(msgspec.Struct, frozen=True, rename="camel"):
    api_key: str
    limit: int | None = None
    filter: str = ""
    kind: Annotated[Literal["flag", "segment"] | None, msgspec.Meta(description="Of what kind.")] = None
    tag: list[str] = []
    key_or_number: str | int | None = None
    archived: bool = False


def find_parameters(**members: Any) -> dict[str, Any]:
    found = describe_parameters(a_row(**members), Components())
    return {parameter.get("name", "LD-API-Version"): parameter for parameter in found}


def test_the_path_names_required_parameters() -> None:
    found = find_parameters(path="/api/v2/flags/{projectKey}/{featureFlagKey}")

    assert list(found) == ["projectKey", "featureFlagKey", "LD-API-Version"]
    assert found["featureFlagKey"] == {
        "name": "featureFlagKey",
        "in": "path",
        "required": True,
        "description": "The feature flag key.",
        "schema": {"type": "string"},
    }


def test_the_query_struct_names_parameters_as_they_are_on_the_wire() -> None:
    found = find_parameters(query=Query)
    schemas = {name: parameter["schema"] for name, parameter in found.items() if name in parameter.values()}

    assert {name for name in schemas if found[name]["required"]} == {"apiKey"}
    assert schemas == {
        "apiKey": {"type": "string"},
        "limit": {"type": "integer"},
        "filter": {"type": "string"},
        "kind": {"enum": ["flag", "segment"]},
        "tag": {"type": "array", "items": {"type": "string"}},
        "keyOrNumber": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        "archived": {"type": "boolean", "default": False},
    }


def test_a_parameter_is_described_by_its_struct_or_by_what_its_name_means_everywhere() -> None:
    found = find_parameters(query=Query)

    assert found["kind"]["description"] == "Of what kind."
    assert found["limit"]["description"] == "How many items to answer at most."


def test_only_a_beta_operation_needs_the_version_header() -> None:
    assert find_parameters()["LD-API-Version"] == {"$ref": "#/components/parameters/ApiVersion"}
    assert find_parameters(beta=True)["LD-API-Version"] == {"$ref": "#/components/parameters/BetaVersion"}
