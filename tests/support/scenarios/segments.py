"""Segments, and what a context is served."""

import io
from typing import Any

from launch_darkly_python_sdk import LaunchDarkly

from tests.support.scenarios.registry import covers


@covers(
    "segments.create_segment",
    "segments.single_segment_by_key",
    "segments.get_segment_list",
    "segments.update_semantic_patch",
    "segments.evaluate_segment_memberships",
    "segments.remove_segment",
)
def segments_are_made_changed_in_every_format_and_deleted(client: LaunchDarkly, key: str) -> None:
    segments = client.segments
    made = segments.create_segment(
        project_key=key, environment_key="test", key="staff", name="Staff", tags=["hr"]
    )
    assert made.key == "staff"
    changed = segments.update_semantic_patch(
        project_key=key,
        environment_key="test",
        segment_key="staff",
        instructions=[{"kind": "addIncludedTargets", "context_kind": "user", "values": ["ada", "bob"]}],
    )
    assert changed.included == ["ada", "bob"]
    segments.update_semantic_patch(
        project_key=key,
        environment_key="test",
        segment_key="staff",
        patch=[{"op": "replace", "path": "/name", "value": "People"}],
    )
    merged = segments.update_semantic_patch(
        project_key=key, environment_key="test", segment_key="staff", merge={"description": "All"}
    )
    assert (merged.name, merged.description) == ("People", "All")
    assert [
        segment.key
        for segment in segments.get_segment_list.iter(project_key=key, environment_key="test", limit=5)
    ] == ["staff"]
    assert segments.single_segment_by_key(
        project_key=key, environment_key="test", segment_key="staff"
    ).tags == ["hr"]
    found = segments.evaluate_segment_memberships(
        project_key=key, environment_key="test", body={"kind": "user", "key": "ada"}
    )
    assert [(one.key, one.is_member) for one in found.items] == [("staff", True)]
    segments.remove_segment(project_key=key, environment_key="test", segment_key="staff")


@covers(
    "segments.update_context_targets",
    "segments.update_user_context_targets",
    "segments.get_context_membership",
    "segments.get_user_membership_status",
    "segments_beta.start_big_segment_import",
    "segments_beta.start_big_segment_export",
)
def big_segments_take_keys_one_by_one_and_from_files(client: LaunchDarkly, key: str) -> None:
    place: dict[str, Any] = {"project_key": key, "environment_key": "test", "segment_key": "crowd"}
    client.segments.create_segment(
        project_key=key, environment_key="test", key="crowd", name="Crowd", unbounded=True
    )
    client.segments.update_context_targets(**place, included={"add": ["ada", "bob"]})
    client.segments.update_user_context_targets(**place, excluded={"add": ["bob"]})
    ada = client.segments.get_context_membership(**place, context_key="ada")
    bob = client.segments.get_user_membership_status(**place, user_key="bob")
    assert [(one.included, one.excluded) for one in (ada, bob)] == [(True, False), (True, True)]
    client.segments_beta.start_big_segment_export(**place)
    client.segments_beta.start_big_segment_import(**place, file=io.BytesIO(b"cem\n"), mode="merge")


@covers("contexts.evaluate_flags_for_context_instance")
def flags_are_evaluated_for_a_context(client: LaunchDarkly, key: str) -> None:
    for number in range(3):
        client.feature_flags.create_feature_flag(project_key=key, key=f"flag-{number}", name=f"Flag {number}")
    context = {"kind": "user", "key": "ada", "first_name": "Ada"}
    walk = client.contexts.evaluate_flags_for_context_instance.iter(
        project_key=key, environment_key="test", limit=2, body=context
    )
    assert sorted((one.key, one["_value"]) for one in walk) == [(f"flag-{n}", False) for n in range(3)]
    client.contexts.evaluate_flags_for_context_instance(project_key=key, environment_key="test", body=context)
