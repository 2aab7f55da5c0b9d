"""Where log lines go: to a thread of their own, so that nobody who logs waits for a disk or a pipe.

Lines leave together, in one write, a few milliseconds after the first of them, so that under load the thread
takes the interpreter only once for many from those who answer requests.
"""

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

MOST_WAITING = 20_000  # lines; when nobody takes them, further ones are lost
MOST_TOGETHER = 500
GATHERING = 0.005  # seconds that a line waits for others


class LogOutput:
    """A text stream for whole lines; `flush` need not be waited for."""

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def write(self, line: str) -> int:
        """Hand a line over; returns how many characters were accepted."""
        if self._lines.qsize() >= MOST_WAITING:
            return 0
        self._lines.put(line)
        return len(line)

    def flush(self) -> None:
        """Do nothing: every write is followed by a flush of its own."""

    def end(self) -> None:
        """No line comes after those that were written."""
        self._lines.put(None)

    def pass_on(self, stream: TextIO) -> None:
        """Write every line to the stream until the end; what it does not take is lost."""
        running = True
        while running:
            together = [self._lines.get()]
            if together[0] is not None:
                time.sleep(GATHERING)
            with suppress(queue.Empty):
                while len(together) < MOST_TOGETHER:
                    together.append(self._lines.get_nowait())
            running = None not in together
            with suppress(OSError, ValueError):
                stream.write("".join(line for line in together if line is not None))
                stream.flush()


@contextmanager
def written_apart(stream: TextIO) -> Iterator[LogOutput]:
    """An output whose lines a thread writes to the stream; at the end all of them are there."""
    output = LogOutput()
    writer = threading.Thread(target=output.pass_on, args=(stream,), name="log", daemon=True)
    writer.start()
    try:
        yield output
    finally:
        output.end()
        writer.join(1)
