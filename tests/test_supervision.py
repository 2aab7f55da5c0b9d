"""Several processes under one supervisor; each test runs it in a fork, which may have no threads."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from flagstaff import supervision
from flagstaff.supervision import Post, Supervisor, WorkerLost


def run_apart(folder: Path, name: str) -> list[str]:
    """Run one of the functions below in a fork; what it and its workers have noted."""
    notes = folder / "notes"
    child = os.fork()
    if child == 0:
        try:
            globals()[name](notes)
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 - it must not get back into the tests
            note(notes, f"failed {error!r}")
            os._exit(1)
    os.waitpid(child, 0)
    return notes.read_text().split("\n")[:-1]


def note(notes: Path, text: str) -> None:
    with notes.open("a") as file:
        file.write(f"{text}\n")


def wait_for_end(post: Post) -> None:
    post.tell_ready()
    signal.pause()


def serve_until_ready(notes: Path) -> None:
    def announce() -> None:
        note(notes, "ready")
        os.kill(os.getpid(), signal.SIGTERM)

    Supervisor(3, wait_for_end).run(announce)
    note(notes, "ended")


def lose_a_worker_at_the_start(notes: Path) -> None:
    try:
        Supervisor(2, lambda post: sys.exit(3) if post.number == 2 else wait_for_end(post)).run(lambda: None)
    except WorkerLost as error:
        note(notes, str(error))


def lose_a_worker_later(notes: Path) -> None:
    supervision.SHORTEST_LIFE = 0.05

    def work(post: Post) -> None:
        lives = notes.read_text().count("born") if notes.exists() else 0
        note(notes, "born")
        if lives == 3:
            os.kill(os.getppid(), signal.SIGINT)
        if lives:
            sys.exit(1)
        wait_for_end(post)

    Supervisor(1, work).run(kill_workers)
    note(notes, "ended")


def kill_workers() -> None:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    for pid in children.split():
        os.kill(int(pid), signal.SIGKILL)


def have_a_stubborn_worker(notes: Path) -> None:
    supervision.PATIENCE = 0.1

    def work(post: Post) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        post.tell_ready()
        while True:
            signal.pause()

    started = time.monotonic()
    Supervisor(1, work).run(lambda: os.kill(os.getpid(), signal.SIGTERM))
    note(notes, f"ended {time.monotonic() - started < 5}")


def watch_the_supervisor(notes: Path) -> None:
    def work(post: Post) -> None:
        post.tell_ready()
        note(notes, f"read {os.read(post.supervisor, 1)!r}")

    supervisor = Supervisor(1, work)
    worker = supervisor._start(1)
    os.close(supervisor._held)
    worker.process.join()


@pytest.mark.parametrize(
    ("name", "noted"),
    [
        ("serve_until_ready", ["ready", "ended"]),
        ("lose_a_worker_at_the_start", ["a worker ended before it was ready"]),
        ("lose_a_worker_later", ["born", "born", "born", "born", "ended"]),
        ("have_a_stubborn_worker", ["ended True"]),
        ("watch_the_supervisor", ["read b''"]),
    ],
)
def test_workers_are_started_replaced_and_ended(tmp_path: Path, name: str, noted: list[str]) -> None:
    assert run_apart(tmp_path, name) == noted
