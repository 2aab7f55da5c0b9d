"""The mirror of source and tests, on good and bad samples."""

import pytest

from tools.mirror import find_problems, has_logic, name_test

LOGIC = "def f(a):\n    return a + 1\n"


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("src/flagstaff/app.py", "tests/test_app.py"),
        ("src/flagstaff/features/flags/store.py", "tests/features/flags/test_store.py"),
        ("tools/words.py", "tests/tools/test_words.py"),
        ("clients/python/src/launch_darkly_python_sdk/walks.py", "clients/python/tests/test_walks.py"),
        ("clients/python/src/launch_darkly_python_sdk/__init__.py", "clients/python/tests/test_init.py"),
        ("clients/python/generator/__main__.py", "clients/python/tests/generator/test_main.py"),
        ("clients/python/src/launch_darkly_python_sdk/groups/tags.py", None),
        ("clients/python/tests/test_walks.py", None),
        ("src/flagstaff/storage/migrations/env.py", None),
        ("src/flagstaff/py.typed", None),
        ("tests/test_app.py", None),
    ],
)
def test_a_module_has_one_test_file(module: str, test: str | None) -> None:
    assert name_test(module) == test


@pytest.mark.parametrize(
    ("text", "logic"),
    [
        (LOGIC, True),
        ("class A:\n    async def f(self):\n        await self.g()\n", True),
        ("class A:\n    def f(self): ...\n", False),
        ('class A:\n    def f(self):\n        """Says what."""\n', False),
        ("class A(Struct):\n    a: int\n\nTABLE = {1: A(1)}\n", False),
        ("", False),
    ],
)
def test_shapes_and_tables_are_no_logic(text: str, logic: bool) -> None:
    assert has_logic(text) is logic


def test_a_module_with_logic_and_without_test_is_named() -> None:
    texts = {"src/flagstaff/a.py": LOGIC, "src/flagstaff/b.py": LOGIC, "src/flagstaff/shapes.py": "A = 1\n"}

    assert find_problems(texts, {"tests/test_b.py"}, {}) == ["src/flagstaff/a.py: no tests/test_a.py"]


def test_an_exception_excuses_a_module_while_it_gives_a_reason() -> None:
    texts = {"src/flagstaff/a.py": LOGIC}

    assert find_problems(texts, set(), {"src/flagstaff/a.py": "tried by the tests of b"}) == []
    assert find_problems(texts, set(), {"src/flagstaff/a.py": ""}) == [
        "tools/mirror-exceptions.txt: src/flagstaff/a.py has no reason"
    ]


@pytest.mark.parametrize("texts", [{"src/flagstaff/a.py": LOGIC}, {"src/flagstaff/a.py": "A = 1\n"}, {}])
def test_an_exception_that_excuses_nothing_is_refused(texts: dict[str, str]) -> None:
    assert find_problems(texts, {"tests/test_a.py"}, {"src/flagstaff/a.py": "why"}) == [
        "tools/mirror-exceptions.txt: src/flagstaff/a.py needs no line any more"
    ]
