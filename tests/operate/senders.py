"""SDKs that send events all at the same time, and again what was not answered, as SDKs do."""

import http.client
import json
import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field

from tests.operate.servers import BROKEN, HERE


@dataclass
class Sender:
    """Sends payloads numbered from 1, each with one evaluation of a flag and one event of its own name."""

    name: str
    sdk_key: str
    sent: int = 0  # the number of the last payload
    known: int = 0  # the last that was answered

    def send(self, connection: http.client.HTTPConnection) -> int:
        """The status of the next payload, or of the last again where it was not answered."""
        self.sent = self.known + 1
        context = {"kind": "user", "key": f"{self.name}-{self.sent}"}
        features = {self.name: {"counters": [{"count": 1, "variation": 0, "version": 1}]}}
        events = [
            {"kind": "summary", "startDate": 1, "endDate": 2, "features": features},
            {"kind": "custom", "key": self.name, "metricValue": self.sent, "context": context},
        ]
        headers = {
            "Authorization": self.sdk_key,
            "X-LaunchDarkly-Event-Schema": "4",
            "X-LaunchDarkly-Payload-ID": f"{self.name}-{self.sent}",
        }
        connection.request("POST", "/bulk", json.dumps(events), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status


@dataclass
class Senders:
    """All of them, each in a thread of its own, until the server is gone or `most` payloads were answered."""

    senders: list[Sender]
    statuses: set[int] = field(default_factory=set)
    answered: int = 0

    def __post_init__(self) -> None:
        self._more = threading.Condition()
        self._threads: list[threading.Thread] = []

    def start(self, port: int, most: int = 10**9) -> None:
        self.answered = 0
        self._threads = [threading.Thread(target=self._run, args=(one, port, most)) for one in self.senders]
        for thread in self._threads:
            thread.start()

    def wait_for(self, answered: int) -> None:
        """Return as soon as that many payloads have been answered since the start."""
        with self._more:
            assert self._more.wait_for(lambda: self.answered >= answered, timeout=60)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive()

    def _run(self, sender: Sender, port: int, most: int) -> None:
        with closing(http.client.HTTPConnection(HERE, port, timeout=20)) as connection, suppress(*BROKEN):
            for _ in range(most):
                self.statuses.add(sender.send(connection))
                sender.known = sender.sent
                with self._more:
                    self.answered += 1
                    self._more.notify_all()
