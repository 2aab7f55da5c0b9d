"""A server that is killed in the middle of sending changes to a webhook."""

import os
import signal
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from tests.support.process import Process, wait_until
from tests.support.receiver import ALLOWED, receiving

FLAGS = [{"effect": "allow", "actions": ["createFlag"], "resources": ["proj/*:env/production:flag/*"]}]
MANY = 12
KILLED_AT = (1, 4, 7)  # deliveries that the receiver has taken and not yet answered


def test_nothing_is_lost_and_what_is_sent_again_keeps_its_id(tmp_path: Path) -> None:
    server = Process(tmp_path, settings={"FLAGSTAFF_ALLOWED_NETWORKS": ALLOWED}).start()
    with receiving() as receiver:
        made = threading.Event()

        def kill_now_and_then() -> None:
            made.wait(60)
            if len(receiver.bodies) in KILLED_AT:
                os.kill(server.pid, signal.SIGKILL)  # the other thread clears up after it

        body = {"url": receiver.url, "on": True, "sign": False, "statements": FLAGS}
        hook = server.call("POST", "/webhooks", body)
        receiver.before_answering = kill_now_and_then
        keys = [f"flag-{number}" for number in range(MANY)]
        for key in keys:
            server.call("POST", "/flags/default", {"key": key, "name": key})
        made.set()
        for _ in KILLED_AT:
            wait_until(lambda: server.is_gone, "the server is killed in the middle of a delivery")
            server.kill()
            expire_leases(tmp_path)
            server.start()
        wait_until(lambda: set(receiver.titles) == {f"{key}: created the flag" for key in keys}, "all came")
        deliveries = wait_until(lambda: delivered(server, hook["_id"]), "all are noted as delivered")
        server.stop()

    first_seen = list(dict.fromkeys(receiver.titles))
    assert first_seen == [f"{key}: created the flag" for key in keys]
    by_title: dict[str, set[str]] = {title: set() for title in first_seen}
    for title, delivery_id in zip(receiver.titles, receiver.ids, strict=True):
        by_title[title].add(delivery_id)
    assert all(len(ids) == 1 for ids in by_title.values())
    assert len(receiver.bodies) >= MANY + len(KILLED_AT)
    assert {one["_id"] for one in deliveries} == set(receiver.ids)


def delivered(server: Process, webhook_id: str) -> list[dict[str, str]]:
    """All deliveries once none waits."""
    found = server.call("GET", f"/flagstaff/webhooks/{webhook_id}/deliveries?limit=200")["items"]
    return found if all(one["state"] == "delivered" for one in found) else []


def expire_leases(folder: Path) -> None:
    """As if the time had passed for which a dead process may hold a job."""
    with closing(sqlite3.connect(folder / "flagstaff.db")) as connection, connection:
        connection.execute("UPDATE jobs SET lease_until = 0, due = 0")
