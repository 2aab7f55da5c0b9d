import dataclasses

import pytest

from flagstaff.features.audit.model import DEEDS, AuditEntry, Wanted, project_keys, subject_of

FLAG = "proj/p:env/{}:flag/f;ops"


def an_entry(*accesses: tuple[str, str]) -> AuditEntry:
    return AuditEntry(1, "e1", 0, "flag", "F", "updated the flag", "", "", "m1", "", accesses, b"")


@pytest.mark.parametrize(
    ("accesses", "environment"),
    [
        ([("updateOn", "a")], "a"),
        ([("updateOn", "a"), ("updateRules", "a")], "a"),
        ([("updateOn", "a"), ("updateOn", "b")], ""),
        ([("updateName", "a")], ""),
        ([("updateName", "a"), ("updateOn", "a")], ""),
    ],
)
def test_a_flag_change_is_about_one_environment_or_the_whole_flag(accesses, environment):
    entry = an_entry(*((action, FLAG.format(key)) for action, key in accesses))
    subject = subject_of(entry.touched)
    assert subject.names == {"proj": "p", "env": environment, "flag": "f"}
    assert (subject.path, subject.environment) == ("proj:env:flag", environment)


@pytest.mark.parametrize(
    ("action", "deeds"),
    [
        ("createFlag", {"created"}),
        ("cloneFlag", {"created"}),
        ("updateRules", {"changed"}),
        ("updateOn", {"changed", "toggled"}),
        ("updateGlobalArchived", {"changed", "archived"}),
        ("deleteSegment", {"deleted"}),
    ],
)
def test_what_was_done_follows_from_the_action(action, deeds):
    entry = an_entry((action, FLAG.format("a")))
    denied = dataclasses.replace(entry, denied=True)

    assert {name for name, deed in DEEDS.items() if Wanted(deed=deed).matches(entry)} == deeds
    assert {name for name, deed in DEEDS.items() if Wanted(deed=deed).matches(denied)} == {"refused"}


def test_an_entry_without_accesses_is_about_nothing():
    assert subject_of(()) is None


def test_the_projects_of_an_entry_are_named():
    entry = an_entry(("updateOn", FLAG.format("a")), ("updateRole", "member/m1"))
    assert project_keys(entry) == {"p"}
