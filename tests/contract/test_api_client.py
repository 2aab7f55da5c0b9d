"""The official Python client of the REST API, unmodified, against a real server: it sends 20240415."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from tests.support.process import TOKEN, Process

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def ld() -> Any:
    """The client. To import it takes seconds, which every process that only collects tests would spend."""
    return import_module("launchdarkly_api")


@pytest.fixture(scope="module")
def client(process: Process, ld: Any) -> Iterator[Any]:
    configuration = ld.Configuration(host=process.url)
    configuration.api_key["ApiKey"] = TOKEN
    with ld.ApiClient(configuration) as opened:
        yield opened


def test_a_project_and_an_environment_are_made_patched_listed_and_deleted(client: Any, ld: Any) -> None:
    projects, environments = ld.ProjectsApi(client), ld.EnvironmentsApi(client)
    made = projects.post_project(ld.ProjectPost(name="Shop", key="shop", tags=["web"]))
    assert (made.key, [environment.key for environment in made.environments]) == (
        "shop",
        ["production", "test"],
    )
    patched = projects.patch_project(
        "shop", [ld.PatchOperation(op="replace", path="/name", value="Web shop")]
    )
    assert patched.name == "Web shop"
    environments.post_environment("shop", ld.EnvironmentPost(name="QA", key="qa", color="AABBCC"))
    listed = environments.get_environments_by_project("shop")
    assert [environment.key for environment in listed.items] == ["production", "test", "qa"]
    reset = environments.reset_environment_sdk_key("shop", "qa")
    assert reset.api_key != listed.items[2].api_key
    assert {project.key for project in projects.get_projects().items} == {"default", "shop"}
    projects.delete_project("shop")
    with pytest.raises(ld.ApiException) as missing:
        projects.get_project("shop")
    assert missing.value.status == 404


def test_a_flag_is_made_targeted_rolled_out_copied_and_archived(client: Any, ld: Any) -> None:
    flags = ld.FeatureFlagsApi(client)
    variations = [ld.Variation(value=color, name=color.title()) for color in ("red", "green", "blue")]
    made = flags.post_feature_flag(
        "default", ld.FeatureFlagBody(name="Colour", key="colour", variations=variations, tags=["ui"])
    )
    red, green, blue = (variation.id for variation in made.variations)
    rule = {
        "kind": "addRule",
        "clauses": [{"contextKind": "user", "attribute": "country", "op": "in", "values": ["NO", "SE"]}],
        "rolloutWeights": {red: 20_000, green: 30_000, blue: 50_000},
    }
    instructions: list[dict[str, Any]] = [
        {"kind": "turnFlagOn"},
        {"kind": "addTargets", "variationId": green, "values": ["ada", "bob"]},
        rule,
    ]
    patched = flags.patch_feature_flag(
        "default",
        "colour",
        ld.PatchWithComment(patch=[ld.PatchOperation(op="replace", path="/description", value="Of buttons")]),
    )
    assert patched.description == "Of buttons"
    answer = semantic_patch(client, "/api/v2/flags/default/colour", "test", instructions)
    assert answer["environments"]["test"]["targets"][0]["values"] == ["ada", "bob"]
    copied = flags.copy_feature_flag(
        "default",
        "colour",
        ld.FlagCopyConfigPost(
            source=ld.FlagCopyConfigEnvironment(key="test"),
            target=ld.FlagCopyConfigEnvironment(key="production"),
        ),
    )
    assert copied.environments["production"].on
    assert [flag.key for flag in flags.get_feature_flags("default", tag="ui").items] == ["colour"]
    archive = [ld.PatchOperation(op="replace", path="/archived", value=True)]
    assert flags.patch_feature_flag("default", "colour", ld.PatchWithComment(patch=archive)).archived
    assert flags.get_feature_flags("default").items == []
    flags.delete_feature_flag("default", "colour")


def test_a_segment_is_made_filled_and_asked(client: Any, ld: Any) -> None:
    segments, contexts = ld.SegmentsApi(client), ld.ContextsApi(client)
    segments.post_segment("default", "test", ld.SegmentBody(name="Beta", key="beta", tags=["early"]))
    operations = [ld.PatchOperation(op="add", path="/included/-", value="ada")]
    patched = segments.patch_segment("default", "test", "beta", ld.PatchWithComment(patch=operations))
    assert patched.included == ["ada"]
    ld.FeatureFlagsApi(client).post_feature_flag("default", ld.FeatureFlagBody(name="F", key="f"))
    served = contexts.evaluate_context_instance("default", "test", {"kind": "user", "key": "ada"})
    assert [(item.key, item.value) for item in served.items] == [("f", False)]
    assert set(ld.TagsApi(client).get_tags().items) >= {"early"}
    assert [segment.key for segment in segments.get_segments("default", "test").items] == ["beta"]
    segments.delete_segment("default", "test", "beta")


def test_a_key_that_is_taken_is_a_conflict(client: Any, ld: Any) -> None:
    flags = ld.FeatureFlagsApi(client)
    flags.post_feature_flag("default", ld.FeatureFlagBody(name="Twice", key="twice"))
    with pytest.raises(ld.ApiException) as taken:
        flags.post_feature_flag("default", ld.FeatureFlagBody(name="Twice", key="twice"))
    assert taken.value.status == 409


def semantic_patch(client: Any, path: str, environment: str, instructions: list[dict[str, Any]]) -> Any:
    """The client has no method of its own for semantic patches: its general call, with the media type."""
    media = "application/json; domain-model=launchdarkly.semanticpatch"
    answer = client.call_api(
        "PATCH",
        client.configuration.host + path,
        header_params={"Authorization": TOKEN, "Content-Type": media},
        body={"environmentKey": environment, "instructions": instructions},
    )
    answer.read()
    assert answer.status == 200, answer.data
    return answer.response.json()
