"""Callers that change an installation all at the same time, and remember what they were told."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.operate.servers import BROKEN, HERE, Caller

ENVIRONMENTS, FLAGS = "/api/v2/projects/default/environments", "/api/v2/flags/default"


@dataclass
class Writer:
    """Changes one resource again and again, the n-th time to n: the last sent, and the last answered."""

    name: str
    sent: int = 0
    known: int = 0

    @property
    def is_flag(self) -> bool:
        return self.name.startswith("flag")

    def make(self, caller: Caller) -> None:
        body = {"key": self.name, "name": "0"}
        if self.is_flag:
            caller.must("POST", FLAGS, body)
        else:
            caller.must("POST", ENVIRONMENTS, {**body, "color": "00ff00"})

    def change(self, caller: Caller) -> int:
        """The status of the next change."""
        self.sent += 1
        number, comment = str(self.sent), f"{self.name} {self.sent}"
        if self.is_flag:
            switch = {"kind": "turnFlagOn" if self.sent % 2 else "turnFlagOff"}
            rename = {"kind": "updateName", "value": number}
            body: Any = {"comment": comment, "environmentKey": "production", "instructions": [switch, rename]}
            return caller.request("PATCH", f"{FLAGS}/{self.name}", body, semantic=True)[0]
        patch = [{"op": "replace", "path": "/name", "value": number}]
        body = {"comment": comment, "patch": patch}
        return caller.request("PATCH", f"{ENVIRONMENTS}/{self.name}", body)[0]

    def read(self, caller: Caller) -> int:
        """The number that the resource has now."""
        path = f"{FLAGS if self.is_flag else ENVIRONMENTS}/{self.name}"
        return int(caller.must("GET", path)["name"])


@dataclass
class Writers:
    """All of them, each in a thread of its own, until the server is gone or tells that it goes."""

    writers: list[Writer]
    answered: int = 0
    statuses: set[int] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)  # of the changes that were answered

    def __post_init__(self) -> None:
        self._more = threading.Condition()
        self._threads: list[threading.Thread] = []

    def start(self, port: int) -> None:
        self.answered = 0
        self._threads = [threading.Thread(target=self._run, args=(one, port)) for one in self.writers]
        for thread in self._threads:
            thread.start()

    def wait_for(self, answered: int) -> None:
        """Return as soon as that many changes have been answered since the start."""
        with self._more:
            assert self._more.wait_for(lambda: self.answered >= answered, timeout=60)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive()

    def _run(self, writer: Writer, port: int) -> None:
        with closing(Caller(port)) as caller, suppress(*BROKEN):
            while (status := writer.change(caller)) == 200:
                self._note(writer)
            self.statuses.add(status)

    def _note(self, writer: Writer) -> None:
        with self._more:
            writer.known = writer.sent
            self.comments.append(f"{writer.name} {writer.sent}")
            self.answered += 1
            self._more.notify_all()


@dataclass
class Reader:
    """Follows the stream of an environment and remembers the newest version that it was told."""

    port: int
    sdk_key: str
    version: int = 0
    ended_well: bool = False

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def join(self) -> None:
        self._thread.join(30)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        with suppress(*BROKEN):
            for data in self._follow():
                self.version = max(self.version, *_versions(data))
            self.ended_well = True

    def _follow(self) -> Iterator[Any]:
        with closing(http.client.HTTPConnection(HERE, self.port, timeout=60)) as connection:
            connection.request("GET", "/all", headers={"Authorization": self.sdk_key})
            answer = connection.getresponse()
            assert answer.status == 200
            while line := answer.readline():
                if line.startswith(b"data:"):
                    yield json.loads(line[5:])


def _versions(data: Any) -> list[int]:
    """Every version in the data of an event: a `put` has them inside, a `patch` in its item."""
    held = data["data"]
    items = [item for kind in ("flags", "segments") for item in held.get(kind, {}).values()]
    return [item["version"] for item in items] or [held.get("version", 0)]
