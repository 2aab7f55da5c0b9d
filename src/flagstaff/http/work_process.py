"""A process beside the server for what keeps a processor busy, with an interpreter and memory of its own.

A thread of low priority would hold the server's while it waits for a processor: decision 0009.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any, TypeVar

from flagstaff.kernel.errors import Unavailable

Result = TypeVar("Result")
NICE = 5  # everything else goes first; with more, signing in would take for ever on a busy machine


class WorkProcess:
    """Used by one thread. It is started with the first work, and ends with this object or this process."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def do(self, work: Callable[[], Result]) -> Result:
        """The result of `work`, which can be pickled; raises what it raises.

        If the process is killed, the work is given to a new one, once; then it raises Unavailable.
        """
        for _ in range(2):
            try:
                return self._ask(work)
            except (EOFError, ConnectionError):
                self.end()
        raise Unavailable(retry_after=1)

    def _ask(self, work: Callable[[], Result]) -> Result:
        connection = self._connection or self._start()
        connection.send(work)
        answer: tuple[Exception | None, Result] = connection.recv()
        error, result = answer
        if error is not None:
            raise error
        return result

    def _start(self) -> Connection:
        self._connection, theirs = Pipe()
        command = [sys.executable, "-P", "-m", __name__, str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603 - our own program
        return self._connection

    def __del__(self) -> None:
        self.end()

    def end(self) -> None:
        """It sees the end of the connection once it has done what it does."""
        if self._connection is not None and self._process is not None:
            self._connection.close()
            self._process.wait()
        self._connection = self._process = None


class WorkProcesses:
    """One process for each thread that asks."""

    def __init__(self) -> None:
        self._mine = threading.local()

    def do(self, work: Callable[[], Result]) -> Result:
        """As WorkProcess does it."""
        if not hasattr(self._mine, "process"):
            self._mine.process = WorkProcess()
        process: WorkProcess = self._mine.process
        return process.do(work)


def serve(connection: Connection) -> None:
    """Do what comes until the other side closes the connection."""
    while True:
        try:
            work = connection.recv()
        except EOFError:
            return
        connection.send(_attempt(work))


def _attempt(work: Callable[[], Any]) -> tuple[Exception | None, Any]:
    try:
        return None, work()
    except Exception as error:  # noqa: BLE001 - raised again where the work was asked for
        return error, None


def main() -> None:
    """The server ends it, not a signal to all processes of a terminal or a service."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.nice(NICE)
    with suppress(ConnectionError):
        serve(Connection(int(sys.argv[1])))


if __name__ == "__main__":
    main()
