"""Processes on one database tell each other what they have committed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from flagstaff.storage import processes as module
from flagstaff.storage.processes import Processes, decode_effects, encode_effects
from flagstaff.storage.transaction import (
    CredentialChange,
    Effect,
    EnvironmentChange,
    Item,
    JobQueued,
    Saved,
)

CHANGE = EnvironmentChange("e", 7, (Item("e", "flags", "f", {"key": "f"}, 7, b'{"key":"f","version":7}'),))
EFFECTS: list[Effect] = [CHANGE, CredentialChange("e"), Saved("flag"), JobQueued("export")]


class Member:
    """One process, and what it has heard."""

    def __init__(self, folder: Path, name: str) -> None:
        self.heard: list[Sequence[Effect] | None] = []
        self.processes = Processes(folder / "flagstaff.db", name)
        self.processes.open(self.heard.append)

    def listen(self) -> list[Sequence[Effect] | None]:
        self.processes.receive()
        heard, self.heard[:] = list(self.heard), []
        return heard


@contextmanager
def members(folder: Path, *names: str) -> Iterator[list[Member]]:
    found = [Member(folder, name) for name in names]
    yield found
    for member in found:
        member.processes.close()


def test_what_one_has_committed_all_others_hear(tmp_path: Path) -> None:
    with members(tmp_path, "a", "b", "c") as (first, second, third):
        first.processes.tell([Saved("flag")])

        assert second.listen() == third.listen() == [[Saved("flag")]]
        assert first.listen() == []
        assert second.listen() == []


def test_messages_of_one_process_come_in_their_order(tmp_path: Path) -> None:
    with members(tmp_path, "a", "b") as (first, second):
        for number in range(5):
            first.processes.tell([Saved(str(number))])

        assert second.listen() == [[Saved(str(number))] for number in range(5)]


def test_every_kind_of_effect_can_be_told_without_its_document() -> None:
    change, *others = decode_effects(encode_effects(EFFECTS))

    assert others == EFFECTS[1:]
    assert isinstance(change, EnvironmentChange)
    assert (change.environment_id, change.data_version) == ("e", 7)
    (item,) = change.items
    assert (item.key, item.payload, item.document) == ("f", b'{"key":"f","version":7}', None)


def test_of_a_large_change_the_others_only_hear_that_there_is_one(tmp_path: Path) -> None:
    large = EnvironmentChange("e", 1, (Item("e", "flags", "f", None, 1, b"x" * module.LARGEST),))
    with members(tmp_path, "a", "b") as (first, second):
        first.processes.tell([large])

        assert second.listen() == [None]


@pytest.mark.parametrize("message", [b"\xff", b"\x91\x92\xa7Unknown\x80", b"\x91\x92\xa5Saved\x80", b"\x01"])
def test_a_message_that_is_not_understood_says_to_look(tmp_path: Path, message: bytes) -> None:
    with members(tmp_path, "a", "b") as (first, second):
        first.processes._send("b.socket", message)

        assert second.listen() == [None]


def test_who_was_killed_is_forgotten(tmp_path: Path) -> None:
    with members(tmp_path, "a") as (first,):
        killed = Member(tmp_path, "b")
        assert killed.processes._socket is not None
        killed.processes._socket.close()

        first.processes.tell([Saved("flag")])

        assert [path.name for path in first.processes.folder.iterdir()] == ["a.socket"]


def test_who_does_not_listen_costs_the_others_nothing(tmp_path: Path) -> None:
    with members(tmp_path, "a", "b") as (first, second):
        for _ in range(10_000):
            first.processes.tell([Saved("x" * 1_000)])

        assert first.processes.late == {"b.socket"}
        assert len(second.listen()) > 0
        first.processes.tell_late()
        assert second.listen() == [None]
        assert first.processes.late == set()


def test_who_comes_later_is_told_too_and_who_leaves_is_not(tmp_path: Path) -> None:
    with members(tmp_path, "a") as (first,):
        first.processes.tell([Saved("nobody hears")])
        with members(tmp_path, "b") as (second,):
            first.processes._seen = 0  # the clock of the file system may be too coarse for a test
            first.processes.tell([Saved("flag")])
            assert second.listen() == [[Saved("flag")]]
        first.processes.tell([Saved("gone")])
        assert first.listen() == []


def test_a_role_has_one_holder_until_it_ends(tmp_path: Path) -> None:
    with members(tmp_path, "a", "b") as (first, second):
        assert first.processes.take_role("worker")
        assert first.processes.take_role("worker")
        assert not second.processes.take_role("worker")

        first.processes.close()

        assert second.processes.take_role("worker")


def test_a_deep_folder_is_no_hindrance(tmp_path: Path) -> None:
    folder = tmp_path / ("d" * 100) / ("e" * 100)
    folder.mkdir(parents=True)
    with members(folder, "a", "b") as (first, second):
        first.processes.tell([Saved("flag")])

        assert second.listen() == [[Saved("flag")]]


def test_the_folder_is_private(tmp_path: Path) -> None:
    with members(tmp_path, "a") as (first,):
        assert first.processes.folder.stat().st_mode & 0o777 == 0o700
