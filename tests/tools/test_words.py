"""The words that stay out, on good and bad samples."""

import pytest

from tools.words import find_problems, is_empty

HANDLERS = "src/flagstaff/features/flags/operations.py"


@pytest.mark.parametrize(
    "name",
    ["FlagManager", "HTTPHelper", "utils", "flag_util", "_common", "base", "BaseStore", "StoreImpl", "BASE"],
)
def test_a_name_with_an_empty_word_is_refused(name: str) -> None:
    assert is_empty(name)


@pytest.mark.parametrize(
    "name",
    ["Flag", "database", "base64", "base_url", "make_base_uri", "implement", "commonly", "utility", "rebase"],
)
def test_a_name_that_only_contains_the_letters_is_accepted(name: str) -> None:
    assert not is_empty(name)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("src/flagstaff/http/utils.py", "", "src/flagstaff/http/utils.py: says nothing: utils"),
        ("src/flagstaff/common/a.py", "", "src/flagstaff/common/a.py: says nothing: common"),
        (HANDLERS, "class FlagManager: ...\n", f"{HANDLERS}:1: says nothing: FlagManager"),
        (HANDLERS, "\nasync def call_helper(): ...\n", f"{HANDLERS}:2: says nothing: call_helper"),
        ("tests/test_a.py", "class FlagHelper: ...\n", "tests/test_a.py:1: says nothing: FlagHelper"),
    ],
)
def test_empty_names_are_found_where_they_stand(name: str, text: str, problem: str) -> None:
    assert find_problems({name: text}) == [problem]


def test_the_sentence_that_names_a_test_may_hold_any_word() -> None:
    assert find_problems({"tests/test_a.py": "def test_a_common_prefix_is_cut(): ...\n"}) == []


@pytest.mark.parametrize(
    ("name", "line", "why"),
    [
        ("README.md", "TODO: write", "unfinished work: TODO"),
        (HANDLERS, "a = 1  # FIXME", "unfinished work: FIXME"),
        (HANDLERS, "import sqlite3", "a database is named outside storage: sqlite"),
        ("src/flagstaff/app.py", "# PostgreSQL", "a database is named outside storage: PostgreSQL"),
        ("docs/a.md", "see https://pypi.org/project/falcon", "the host of a package registry: pypi.org"),
        (
            "a.lock",
            "https://files.pythonhosted.org/a.whl",
            "the host of a package registry: pythonhosted.org",
        ),
        (
            "package-lock.json",
            '"https://registry.npmjs.org/a.tgz"',
            "the host of a package registry: npmjs.org",
        ),
        ("Makefile", "cd /root/flagstaff", "a path of one machine: /root/"),
        ("deploy/a.service", "ExecStart=/home/me/flagstaff", "a path of one machine: /home/me/"),
    ],
)
def test_a_forbidden_word_is_found_where_it_stands(name: str, line: str, why: str) -> None:
    assert find_problems({name: f"# first\n{line}\n"}) == [f"{name}:2: {why}"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("src/flagstaff/storage/sqlite.py", "import sqlite3"),
        ("src/flagstaff/config.py", 'DATABASE_URL = "sqlite:///flagstaff.db"'),
        ("docs/operating.md", "a SQLite file, later PostgreSQL"),
        ("tests/http/test_paths.py", 'path = "/api/v2/home/me"'),
        ("tests/http/test_paths.py", 'path = "flags/work/"'),
        ("docs/a.md", "everything that was left to do"),
    ],
)
def test_the_same_word_is_accepted_in_its_place(name: str, line: str) -> None:
    assert find_problems({name: line}) == []
