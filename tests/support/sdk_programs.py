"""Programs of other languages that run an SDK and speak JSON lines: one line in is one request."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self, TypeVar

Opened = TypeVar("Opened", bound="Sdk")


class SdkProgram:
    """One that runs; leaving it closes its SDK, and fails if it does not end well."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        if failure is None:
            assert self.end() == 0
        else:
            self.stop()

    def expect_ready(self) -> Self:
        """Itself, once its SDK has initialised; it is stopped where that fails."""
        answer = self.ask("ready")
        if answer is not True:
            self.stop()
            raise AssertionError(f"the SDK is not ready: {answer}")
        return self

    def ask(self, what: str, **given: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"ask": what, **given}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"asked to {what}, the program has ended with status {self._process.wait(20)}"
        return json.loads(line)

    def end(self) -> int:
        """Close the SDK; the status that the program ends with by itself."""
        self.ask("close")
        return self.leave()

    def leave(self) -> int:
        """Send it nothing more; the status that the program ends with by itself."""
        return self._wait()

    def stop(self) -> None:
        """End it however it is."""
        self._process.terminate()
        self._wait()

    def _wait(self) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        return self._process.wait(20)


@dataclass(frozen=True)
class Sdk:
    """One client of an SDK, among those that a program has opened."""

    program: SdkProgram
    number: int

    def ask(self, what: str, **given: Any) -> Any:
        return self.program.ask(what, client=self.number, **given)


@dataclass
class SdkPrograms:
    """Programs that go on running, each for the clients that tests open one after another (requests.mjs)."""

    _running: dict[tuple[str, ...], SdkProgram] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def opening(self, kind: type[Opened], command: tuple[str, ...], **given: Any) -> Iterator[Opened]:
        """A new client, closed at the end. A program whose client fails is stopped; the next gets another."""
        if command not in self._running:
            self._running[command] = SdkProgram(command)
        opened = kind(self._running[command], next(self._numbers))
        try:
            assert opened.ask("open", **given) is True
            yield opened
            assert opened.ask("close") is True
        except BaseException:
            self._drop(command, opened.program)
            raise

    def _drop(self, command: tuple[str, ...], program: SdkProgram) -> None:
        if self._running.get(command) is program:  # else another of its clients has failed before
            del self._running[command]
            program.stop()

    def leave(self) -> None:
        """Send them nothing more; fails unless each ends well by itself."""
        statuses = [program.leave() for program in self._running.values()]
        assert not any(statuses), statuses


@contextmanager
def programs() -> Iterator[SdkPrograms]:
    """Programs for the tests of a module."""
    begun = SdkPrograms()
    try:
        yield begun
    finally:
        begun.leave()
