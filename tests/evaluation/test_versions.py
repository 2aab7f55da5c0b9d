from itertools import pairwise
from typing import Any

import pytest

from flagstaff.evaluation.versions import as_version

ASCENDING = [
    "0",
    "0.0.1",
    "1.0.0-0",
    "1.0.0-9",
    "1.0.0-10",
    "1.0.0--",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0.1-rc",
    "1.2",
    "1.10",
    "2",
    "10",
]


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(ASCENDING)))
def test_versions_have_their_precedence(lower: str, higher: str) -> None:
    low, high = as_version(lower), as_version(higher)
    assert low is not None
    assert high is not None
    assert low < high


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2", "2.0.0"),
        ("2.0", "2.0.0"),
        ("2-rc", "2.0.0-rc"),
        ("2.0-rc+b", "2.0.0-rc"),
        ("2.0.0+build.01", "2.0.0"),
        ("2+b", "2"),
    ],
)
def test_minor_and_patch_are_optional_and_builds_ignored(one: str, other: str) -> None:
    assert as_version(one) == as_version(other) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "v2.0.0",
        "02.0.0",
        "2.00.0",
        "2.0.0.0",
        "2.",
        "2..0",
        ".2",
        "2.0.0-",
        "2.0.0-rc..1",
        "2.0.0-01",
        "2.0.0+",
        "2.0.0-ü",
        " 2.0.0",
        "2.0.0\n",
        "-1",
        "٢.0.0",
        "9" * 5000,
        "2.0.0-" + "9" * 5000,
    ],
)
def test_other_text_is_no_version(text: str) -> None:
    assert as_version(text) is None


@pytest.mark.parametrize("value", [2, 2.0, True, None, ["2.0.0"]])
def test_only_strings_are_versions(value: Any) -> None:
    assert as_version(value) is None
