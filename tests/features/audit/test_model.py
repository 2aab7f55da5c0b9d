import pytest

from flagstaff.features.audit.model import AuditEntry, project_keys, subject_of

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


def test_an_entry_without_accesses_is_about_nothing():
    assert subject_of(()) is None


def test_the_projects_of_an_entry_are_named():
    entry = an_entry(("updateOn", FLAG.format("a")), ("updateRole", "member/m1"))
    assert project_keys(entry) == {"p"}
