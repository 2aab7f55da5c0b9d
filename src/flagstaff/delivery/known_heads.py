"""Heads of requests that came before, so that the parser need not read them again (decision 0016).

What follows the target is the same in all requests of an SDK. Bytes decide: only what the parser has read is
known, and of that only what ends a request.
"""

Headers = list[tuple[bytes, bytes]]

MOST_HEADS = 2_000
LONGEST = 2_048  # bytes of one
METHOD = b"GET "
VERSION = b" HTTP/1.1\r\n"
END = b"\r\n\r\n"
MORE_FOLLOWS = {b"content-length", b"transfer-encoding", b"expect", b"upgrade"}
TARGET = bytes(set(range(ord("!"), ord("~") + 1)) - {ord("#")})  # what a target may consist of


class KnownHeads:
    """Headers by the bytes behind a target: version, headers and the empty line."""

    def __init__(self) -> None:
        self._headers: dict[bytes, Headers] = {}

    def keep(self, request: bytes, target: bytes, headers: Headers) -> None:
        """Remember what the parser found in a request, if those bytes are one and all of it."""
        head = request.removeprefix(METHOD + target)
        if not head.startswith(VERSION) or len(head) > LONGEST or head.find(END) != len(head) - len(END):
            return
        if any(name in MORE_FOLLOWS for name, _ in headers):
            return
        if len(self._headers) >= MOST_HEADS:
            self._headers.clear()
        self._headers[head] = headers

    def find(self, request: bytes) -> tuple[bytes, Headers] | None:
        """Target and headers, if the bytes are one request whose head is known.

        All that comes is shown to it first, bodies too: what cannot be known is told by its beginning and its
        length.
        """
        if not request.startswith(METHOD + b"/"):
            return None
        end = request.find(b" ", len(METHOD))
        if end < 0 or len(request) - end > LONGEST:
            return None
        headers = self._headers.get(request[end:])
        target = request[len(METHOD) : end]
        return None if headers is None or target.translate(None, TARGET) else (target, headers)
