"""Lines of the log on their way to a stream, in a thread of their own."""

import io
import threading

import pytest

from flagstaff.http import log_output
from flagstaff.http.log_output import LogOutput, written_apart


class Stream(io.StringIO):
    """Remembers each write; the first waits until it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[str] = []
        self.writing, self.may_go_on = threading.Event(), threading.Event()

    def write(self, text: str) -> int:
        self.writes.append(text)
        self.writing.set()
        assert self.may_go_on.wait(10)
        return len(text)


def test_at_the_end_every_line_is_there_in_its_order() -> None:
    stream = io.StringIO()

    with written_apart(stream) as output:
        for number in range(2_000):
            output.write(f"{number}\n")
            output.flush()

    assert stream.getvalue() == "".join(f"{number}\n" for number in range(2_000))


def test_whoever_logs_does_not_wait_and_what_comes_meanwhile_leaves_together() -> None:
    stream = Stream()

    with written_apart(stream) as output:
        output.write("a\n")
        assert stream.writing.wait(10)
        for line in ("b\n", "c\n", "d\n"):
            assert output.write(line) == 2
        stream.may_go_on.set()

    assert stream.writes == ["a\n", "b\nc\nd\n"]


def test_lines_that_come_soon_after_one_another_leave_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_output, "GATHERING", 0.2)
    stream = Stream()
    stream.may_go_on.set()

    with written_apart(stream) as output:
        output.write("a\n")
        output.write("b\n")

    assert stream.writes == ["a\nb\n"]


class Broken(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.tried = 0

    def write(self, text: str) -> int:  # noqa: ARG002 - the signature of a stream
        self.tried += 1
        raise OSError(28, "No space left on device")


def test_a_stream_that_takes_nothing_loses_lines_only() -> None:
    stream = Broken()

    with written_apart(stream) as output:
        output.write("a\n")

    assert stream.tried


def test_lines_that_nobody_takes_are_lost_beyond_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_output, "MOST_WAITING", 2)
    output = LogOutput()
    stream = io.StringIO()

    assert [output.write(line) for line in ("a\n", "b\n", "c\n")] == [2, 2, 0]

    output.end()
    output.pass_on(stream)
    assert stream.getvalue() == "a\nb\n"
