"""Every operation called by every kind of caller: each gets what the tables beside this file say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flagstaff.http.operations import Operation
from tests.support.client import JSON, SEMANTIC, Answer
from tests.support.server import TestServer
from tests.sweeps.callers import KINDS, read_table, write_line
from tests.sweeps.calls import EVERY, READS, call_example, each
from tests.sweeps.patches import CHANGES
from tests.sweeps.rehearsal import keep_nothing

STATUSES = read_table("callers.txt")
LISTED = read_table("callers_lists.txt")
CHANGED = read_table("callers_patches.txt")
MANY = 10  # items whose number is no matter
KNOWN = [kind for kind in KINDS if STATUSES["getVersions"][kind] == "200"]


@dataclass(frozen=True)
class Stage:
    """A world in which nothing that is done is kept, so each caller finds the same."""

    server: TestServer
    secrets: dict[str, str]

    def ask(self, kinds: list[str], call: Callable[[str], Answer]) -> dict[str, Answer]:
        return {kind: call(self.secrets[kind]) for kind in kinds}


@pytest.fixture(scope="module")
def stage(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    server = TestServer(world, tmp_path_factory.mktemp("callers")).start()
    secrets = {kind: found.make(server) for kind, found in KINDS.items()}
    keep_nothing(server)
    before = server.count("outbox")
    yield Stage(server, secrets)
    assert server.count("outbox") == before
    server.stop()


def test_the_table_has_every_operation_and_nothing_else() -> None:
    missing = {row.id for row in EVERY} - set(STATUSES)
    unknown = set(STATUSES) - {row.id for row in EVERY}

    assert (missing, unknown) == (set(), set()), "say in tests/sweeps/callers.txt what each caller shall get"


@each(EVERY)
def test_each_caller_gets_what_the_table_says(stage: Stage, row: Operation) -> None:
    answers = stage.ask(list(KINDS), lambda secret: call_example(stage.server, row, as_=secret))

    found = {kind: str(answer.status) for kind, answer in answers.items()}
    assert found == STATUSES.get(row.id), f"found\n{write_line(row.id, found.values())}"


@each([row for row in READS if row.method == "GET"])
def test_each_caller_is_listed_what_it_may_see(stage: Stage, row: Operation) -> None:
    answers = stage.ask(
        KNOWN, lambda secret: call_example(stage.server, row, as_=secret, query={"limit": 20})
    )
    counts = {kind: count_items(answer) for kind, answer in answers.items()}
    if set(counts.values()) == {"-"}:
        assert row.id not in LISTED
        return
    assert counts == LISTED.get(row.id), f"found\n{write_line(row.id, counts.values())}"


@pytest.mark.parametrize(("name", "form"), [(name, form) for name in CHANGES for form in CHANGES[name][1]])
def test_a_change_needs_the_same_in_every_format(stage: Stage, name: str, form: str) -> None:
    path, bodies = CHANGES[name]
    how: dict[str, Any] = {
        "json": bodies[form],
        "content_type": SEMANTIC if form == "semantic" else JSON,
    }
    answers = stage.ask(KNOWN, lambda secret: stage.server.request("PATCH", path, as_=secret, **how))

    found = {kind: str(answer.status) for kind, answer in answers.items()}
    assert found == CHANGED.get(name), f"found\n{write_line(name, found.values())}"


def count_items(answer: Answer) -> str:
    """How many items a list has, unless they are many, and what it counts if that differs; or a dash."""
    if answer.status != 200 or "json" not in answer.headers["content-type"]:
        return "-"
    shown = answer.json
    items = shown.get("items") if isinstance(shown, dict) else None
    if not isinstance(items, list):
        return "-"
    if len(items) >= MANY:
        return "many"
    total = shown.get("totalCount", len(items))
    return str(len(items)) if total == len(items) else f"{len(items)}/{total}"
