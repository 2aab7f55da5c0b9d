"""Answers that leave in one write: a head waits for its body, and no longer than a turn of the loop.

Each write is a call of the system, and wakes the client.
"""

import asyncio


class JoinedWrites(asyncio.Transport):
    """What one answer is written to, in place of its connection's transport."""

    __slots__ = ("_began", "_head", "_loop", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._head: bytes | bytearray | memoryview | None = None
        self._began = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if not self._began:
            self._began = True
            self._head = data
            self._loop.call_soon(self._release)
        elif self._head is not None:
            head, self._head = self._head, None
            self._transport.writelines((head, data))
        else:
            self._transport.write(data)

    def close(self) -> None:
        self._release()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def _release(self) -> None:
        """Send a head whose body is still to come, or that has none."""
        if self._head is not None:
            head, self._head = self._head, None
            self._transport.write(head)
