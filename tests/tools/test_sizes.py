"""The size limits, on good and bad samples."""

import pytest

from tools.sizes import find_problems, measure_functions


def lines(count: int) -> str:
    return "pass\n" * count


def function(name: str, length: int, docstring: str = "") -> str:
    return f"def {name}():\n{docstring}" + "    pass\n" * (length - 1)


def test_a_function_is_measured_without_its_docstring_and_decorators() -> None:
    text = '@decorate\n@again\ndef f(\n    a,\n):\n    """One.\n\n    Two.\n    """\n    return a\n'

    assert [(size.name, size.lines) for size in measure_functions("a.py", text)] == [("a.py::f", 4)]


def test_methods_and_inner_functions_are_named_by_their_place() -> None:
    text = "class A:\n  async def f(self):\n    def g():\n      pass\n\nif True:\n  def h(): pass\n"

    assert [size.name for size in measure_functions("a.py", text)] == ["a.py::A.f", "a.py::A.f.g", "a.py::h"]


@pytest.mark.parametrize("name", ["src/a.py", "tests/test_a.py", "tests/contract/client.mjs"])
def test_a_file_over_500_lines_is_refused(name: str) -> None:
    short = {f"src/{letter}.py": "" for letter in "bcdefghijk"}

    assert find_problems({name: lines(500), **short}, {}) == []
    assert find_problems({name: lines(501), **short}, {}) == [
        f"{name}: a file of 501 lines, the limit is 500"
    ]


def test_a_function_over_60_lines_is_refused_outside_tests() -> None:
    short = "".join(function(letter, 2) for letter in "abcdefghijk")

    assert find_problems({"src/a.py": function("long", 60) + short}, {}) == []
    assert find_problems({"tests/test_a.py": function("long", 61)}, {}) == []
    assert find_problems({"src/a.py": function("long", 61) + short}, {}) == [
        "src/a.py::long: a function of 61 lines, the limit is 60"
    ]


def test_one_file_in_ten_may_be_over_300_lines() -> None:
    texts = {f"src/{letter}.py": "" for letter in "abcdefghi"}

    assert find_problems({**texts, "src/long.py": lines(301)}, {}) == []
    assert find_problems({**texts, "src/long.py": lines(301), "src/longer.py": lines(302)}, {}) == [
        "2 of 11 files are over 300 lines, one in ten may be: src/longer.py (302), src/long.py (301)"
    ]


def test_one_function_in_ten_may_be_over_25_lines() -> None:
    short = "".join(function(letter, 25) for letter in "abcdefghi")

    assert find_problems({"src/a.py": short + function("long", 26)}, {}) == []
    assert find_problems({"src/a.py": function("long", 26)}, {}) == [
        "1 of 1 functions are over 25 lines, one in ten may be: src/a.py::long (26)"
    ]


def test_an_exception_excuses_its_own_length_and_no_more() -> None:
    texts = {"tests/test_a.py": lines(520)}

    assert find_problems(texts, {"tests/test_a.py": "520"}) == []
    assert find_problems(texts, {"tests/test_a.py": "510"}) == [
        "tests/test_a.py: a file of 520 lines, the limit is 510"
    ]


@pytest.mark.parametrize(("length", "figure"), [(520, "530"), (500, "500"), (10, "520"), (0, "520")])
def test_an_exception_that_excuses_nothing_is_refused(length: int, figure: str) -> None:
    texts = {"tests/test_a.py": lines(length)} if length else {}

    problems = find_problems(texts, {"tests/test_a.py": figure})

    said = f"tests/test_a.py has {length} lines, not {figure}: lower it or remove the line"
    assert problems == [f"tools/sizes-exceptions.txt: {said}"]
