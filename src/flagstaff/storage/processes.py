"""The processes that have one database open: they tell each other of what they have committed.

Each has a socket in a folder beside the database. A message may be lost: whoever misses one reads what was
written from where it stands (see `following`).
"""

import errno
import fcntl
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import msgspec
import structlog

from flagstaff.storage.transaction import Effect, EnvironmentChange

LARGEST = 100_000  # bytes of a message; about a larger change the others are only told that there is one
LOOK = b""  # a message that says: something was committed
SUFFIX, SUMMARY = ".socket", ".summary"
KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Effect)}
Hear = Callable[[Sequence[Effect] | None], None]
log = structlog.get_logger()


class Processes:
    """This process among those of its database. `hear` is given what another one has committed.

    None stands for a change that did not fit into a message.
    """

    def __init__(self, database: Path, name: str) -> None:
        self.folder = database.with_name(f"{database.name}-processes")
        self.name = name
        self._folder_fd = -1
        self._socket: socket.socket | None = None
        self._role_fd = -1
        self._others: list[str] = []
        self.late: set[str] = set()  # who must be told again that there is something
        self._seen = 0  # the folder's time of change when the others were listed

    def open(self, hear: Hear) -> socket.socket:
        """Be reachable, and return the socket to wait on; `receive` reads what has come."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._folder_fd = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        self._hear = hear
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * LARGEST)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * LARGEST)
        self._socket.bind(self._address(self.name + SUFFIX))
        return self._socket

    def close(self) -> None:
        """Be gone; may be called more than once."""
        if self._socket is None:
            return
        self.leave_role()
        with suppress(FileNotFoundError):
            os.unlink(self.name + SUFFIX, dir_fd=self._folder_fd)
        self._socket.close()
        self._socket = None
        os.close(self._folder_fd)
        self._folder_fd = -1

    def tell(self, effects: Sequence[Effect]) -> None:
        """Tell every other process what was committed here."""
        if self._socket is None or not (others := self._list_others()):
            return
        message = encode_effects(effects)
        for other in others:
            self._send(other, message if len(message) <= LARGEST else LOOK)

    def tell_late(self) -> None:
        """Tell those whose queue was full that they must look."""
        late, self.late = self.late, set()
        for other in late if self._socket is not None else ():
            self._send(other, LOOK)

    def receive(self) -> None:
        """Hear everything that has come."""
        while self._socket is not None:
            try:
                message = self._socket.recv(2 * LARGEST)
            except BlockingIOError:
                return
            try:
                effects = decode_effects(message) if message else None
            except (msgspec.DecodeError, msgspec.ValidationError, KeyError):  # of another version, perhaps
                effects = None
            self._hear(effects)

    def take_role(self, role: str) -> bool:
        """Take what only one process may do, or still hold it; the system frees it when its holder ends."""
        if self._role_fd >= 0 or self._folder_fd < 0:  # where nobody can be reached, jobs have their leases
            return True
        found = os.open(f"{role}.lock", os.O_RDWR | os.O_CREAT, 0o600, dir_fd=self._folder_fd)
        try:
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(found)
            return False
        self._role_fd = found
        return True

    def leave_role(self) -> None:
        if self._role_fd >= 0:
            os.close(self._role_fd)
            self._role_fd = -1

    def write_summary(self, text: bytes) -> None:
        """Put down what others may read of this process, also when it has ended; it is always whole."""
        if self._socket is not None:
            unfinished = self.folder / f"{self.name}.writing"
            unfinished.write_bytes(text)
            unfinished.rename(self.folder / f"{self.name}{SUMMARY}")

    def read_summaries(self) -> dict[str, bytes]:
        """What the other processes have put down, by their names; those that have ended are among them."""
        found: dict[str, bytes] = {}
        for path in self.folder.glob(f"*{SUMMARY}"):
            with suppress(FileNotFoundError):
                if path.stem != self.name:
                    found[path.stem] = path.read_bytes()
        return found

    def forget_summary(self, name: str) -> None:
        """Remove what a process has put down that ended long ago."""
        (self.folder / f"{name}{SUMMARY}").unlink(missing_ok=True)

    def _send(self, other: str, message: bytes) -> None:
        assert self._socket is not None  # noqa: S101 - for the type checker
        try:
            self._socket.sendto(message, self._address(other))
        except (ConnectionRefusedError, FileNotFoundError):  # it was killed
            with suppress(FileNotFoundError):
                os.unlink(other, dir_fd=self._folder_fd)
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.ENOBUFS}:
                self.late.add(other)
            else:
                log.warning("process_not_told", error=repr(error))

    def _list_others(self) -> list[str]:
        changed = self.folder.stat().st_mtime_ns
        if changed != self._seen:
            sockets = {path.name for path in self.folder.glob(f"*{SUFFIX}")}
            self._others = sorted(sockets - {self.name + SUFFIX})
            self._seen = changed
        return self._others

    def _address(self, name: str) -> str:
        """A short way to a file in the folder, which may lie deeper than addresses of sockets are long."""
        return f"/proc/self/fd/{self._folder_fd}/{name}"


def encode_effects(effects: Sequence[Effect]) -> bytes:
    return msgspec.msgpack.encode([(type(effect).__name__, _portable(effect)) for effect in effects])


def decode_effects(message: bytes) -> list[Effect]:
    """Raises DecodeError, ValidationError or KeyError for what is not a message of this version."""
    return list(_decode(message))


def _decode(message: bytes) -> Iterator[Effect]:
    for name, members in msgspec.msgpack.decode(message, type=list[tuple[str, Any]]):
        yield msgspec.convert(members, KINDS[name])


def _portable(effect: Effect) -> Effect:
    """Without documents: the encoded ones are there as well."""
    if not isinstance(effect, EnvironmentChange):
        return effect
    return replace(effect, items=tuple(msgspec.structs.replace(item, document=None) for item in effect.items))
