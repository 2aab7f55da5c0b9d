"""The words that stay out, on good and bad samples."""

import pytest

from tools.words import REGISTRIES, SAMPLES, find_problems, is_empty

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


@pytest.mark.parametrize("host", [f"{name}.{last}" for last, names in REGISTRIES.items() for name in names])
@pytest.mark.parametrize("line", ["see https://{}/project/falcon", '"https://files.{}/a.whl"', "{}"])
@pytest.mark.parametrize("name", ["docs/a.md", "a.lock", "package-lock.json", *sorted(SAMPLES)])
def test_no_file_at_all_may_name_the_host_of_a_package_registry(name: str, line: str, host: str) -> None:
    assert find_problems({name: line.format(host)}) == [f"{name}:1: the host of a package registry: {host}"]


@pytest.mark.parametrize("line", ["{}x", "my-{}", "{}-mirror"])
def test_a_host_whose_name_is_only_alike_is_accepted(line: str) -> None:
    assert find_problems({"docs/a.md": line.format("npmjs" + ".com")}) == []
