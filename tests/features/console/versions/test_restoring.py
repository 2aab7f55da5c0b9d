from typing import Any

from flagstaff.features.console.versions.restoring import restore_flag, restore_segment


def a_document(**members: Any) -> dict[str, Any]:
    return {"_version": 3, "variations": [{"value": 1}], "name": "A", "environments": {}} | members


def steps(now: Any, wanted: Any) -> list[tuple[str, str]]:
    return [(step.op, step.path) for step in restore_flag(now, wanted)]


def test_what_is_the_same_needs_no_step_and_no_test() -> None:
    assert steps(a_document(), a_document(_version=1, other="x")) == []


def test_members_that_are_gone_are_removed_and_versions_are_tested_first() -> None:
    now = a_document(maintainerId="m", environments={"a/b": {"version": 4, "on": True, "offVariation": 1}})
    wanted = a_document(name="B", environments={"a/b": {"version": 2, "on": False}})
    assert steps(now, wanted) == [
        ("test", "/version"),
        ("test", "/environments/a~1b/version"),
        ("replace", "/name"),
        ("remove", "/maintainerId"),
        ("replace", "/environments/a~1b/on"),
        ("remove", "/environments/a~1b/offVariation"),
    ]


def test_with_other_variations_all_that_names_them_is_set_anew() -> None:
    held = {"version": 4, "on": True, "fallthrough": {"variation": 0}, "rules": []}
    now = a_document(environments={"test": held}, defaults={"onVariation": 0})
    wanted = a_document(
        environments={"test": held}, defaults={"onVariation": 0}, variations=[{"value": 2}, {"value": 1}]
    )
    assert [path for op, path in steps(now, wanted) if op != "test"] == [
        "/variations",
        "/defaults",
        "/environments/test/rules",
        "/environments/test/fallthrough",
    ]


def test_users_and_other_kinds_are_targeted_together() -> None:
    mine = {"version": 1, "targets": [], "contextTargets": [{"variation": 0}]}
    theirs = {"version": 1, "targets": [{"variation": 1}], "contextTargets": [{"variation": 0}]}
    found = steps(a_document(environments={"e": mine}), a_document(environments={"e": theirs}))
    assert ("replace", "/environments/e/contextTargets") in found


def test_a_segment_is_restored_member_by_member() -> None:
    now = {"version": 2, "name": "A", "description": "x", "rules": []}
    found = [(step.op, step.path) for step in restore_segment(now, {"version": 1, "name": "B", "rules": []})]
    assert found == [("test", "/version"), ("replace", "/name"), ("remove", "/description")]
