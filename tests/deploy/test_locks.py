"""The lock files: what is installed is what the project asks for and what was tested."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def read_lock(name: str) -> dict[str, set[str]]:
    """The versions of each package; one that differs between platforms has several."""
    pins: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / name).read_text(), re.MULTILINE):
        pins.setdefault(canonicalize_name(package), set()).add(version)
    return pins


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]),
        ("deploy/requirements.lock", PROJECT["dependencies"]),
    ],
)
def test_a_lock_has_everything_that_the_project_asks_for(lock: str, wanted: list[str]) -> None:
    pins = read_lock(lock)

    for requirement in map(Requirement, wanted):
        versions = pins.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {lock}: run `make lock`"
        assert all(version in requirement.specifier for version in versions), requirement


def test_what_is_deployed_is_what_was_tested() -> None:
    tested = read_lock("requirements.lock")

    assert {name: tested.get(name) for name in read_lock("deploy/requirements.lock")} == read_lock(
        "deploy/requirements.lock"
    )


@pytest.mark.parametrize("lock", ["requirements.lock", "deploy/requirements.lock"])
def test_every_package_of_a_lock_has_a_hash_and_no_address(lock: str) -> None:
    entries = re.split(r"^(?=\S+==)", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]

    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in (ROOT / lock).read_text()


def test_the_lock_of_the_node_sdks_has_hashes_and_no_address() -> None:
    text = (ROOT / "tests/contract/package-lock.json").read_text()

    assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
    assert '"resolved"' not in text
