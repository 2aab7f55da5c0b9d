"""Twenty times a server is killed while SDKs send events."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.operate.senders import Sender, Senders
from tests.operate.servers import Caller, Forked

ROUNDS = 20
COUNTS = "SELECT flag_key, sum(count) FROM flag_counters GROUP BY flag_key"
NUMBERS = "SELECT key, value FROM raw_events JOIN event_keys ON event_keys.id = key_id ORDER BY value"


def read_stored(path: Path) -> tuple[dict[str, int], dict[str, list[int]]]:
    """By sender: how many evaluations are counted, and the numbers of the payloads whose event is kept."""
    with closing(sqlite3.connect(path)) as connection:
        counts = dict(connection.execute(COUNTS).fetchall())
        numbers: dict[str, list[int]] = {}
        for key, number in connection.execute(NUMBERS):
            numbers.setdefault(key, []).append(int(number))
    return counts, numbers


def check_stored(server: Forked, senders: Senders) -> None:
    """What was answered is there once; what was not is there once or not at all."""
    counts, numbers = read_stored(server.config.events)
    for sender in senders.senders:
        stored = numbers.get(sender.name, [])
        assert stored == list(range(1, len(stored) + 1)), sender
        assert sender.known <= len(stored) <= sender.sent, sender
        assert counts.get(sender.name, 0) == len(stored), sender


def test_every_payload_that_was_answered_counts_exactly_once(tmp_path: Path) -> None:
    server, chance = Forked(tmp_path).start(), random.Random(7)
    with closing(Caller(server.port)) as caller:
        production = caller.must("GET", "/api/v2/projects/default/environments/production")
        test = caller.must("GET", "/api/v2/projects/default/environments/test")
    keys = [production["apiKey"], test["apiKey"]]
    senders = Senders([Sender(f"sender-{number}", keys[number % 2]) for number in range(8)])

    for _ in range(ROUNDS):
        senders.start(server.port)
        senders.wait_for(chance.randint(1, 200))
        server.kill()
        senders.join()
        check_stored(server, senders)
        server.start()

    senders.start(server.port, most=1)  # what was not answered is sent again, and nothing else
    senders.join()
    check_stored(server, senders)
    assert all(sender.known == sender.sent for sender in senders.senders)
    assert senders.statuses == {202}
    assert sum(sender.known for sender in senders.senders) > ROUNDS * 10
    server.stop()
