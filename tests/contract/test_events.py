"""What the official SDKs send, unmodified, and what is left of it in the event store."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from ldclient import Context

from tests.contract.test_client_sdks import Opener, a_client_flag
from tests.contract.test_python_sdk import client, make_flag
from tests.support.process import Process, wait_until
from tests.support.sdk_programs import SdkPrograms

pytestmark = pytest.mark.contract
EVE = Context.builder("eve").name("Eve").set("email", "eve@example.com").set("plan", "team").build()
COUNTS = """SELECT variation, version, context_kinds, sum(count) FROM flag_counters
    WHERE flag_key = ? GROUP BY 1, 2, 3"""
RAW = "SELECT value, contexts FROM raw_events JOIN event_keys ON event_keys.id = key_id WHERE key = ?"
CONTEXT = "SELECT name, redacted, body FROM contexts WHERE kind = 'user' AND key = ?"


def ask(process: Process, sql: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(process.folder / "flagstaff-events.db")) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.mark.parametrize("packed", [False, True])
def test_a_server_sends_counts_contexts_and_what_is_tracked(process: Process, packed: bool) -> None:
    flag, event = f"events-{packed}", f"bought-{packed}"
    made = make_flag(process, flag)
    options = {"private_attributes": {"email"}, "enable_event_compression": packed}
    with client(process, **options) as opened:
        for _ in range(3):
            assert opened.variation(flag, EVE, True) is False
        opened.variation("nowhere-" + flag, EVE, "fallback")
        opened.track(event, EVE, metric_value=2.5)
        opened.flush()
        wait_until(lambda: ask(process, RAW, event), "the events are stored")

    version = ask(process, COUNTS, flag)[0][1]
    assert version > 0
    assert ask(process, COUNTS, flag) == [(1, version, "user", 3)]
    assert ask(process, COUNTS, "nowhere-" + flag) == [(-1, -1, "user", 1)]
    default = "SELECT default_value FROM flag_requests WHERE flag_key = ?"
    assert ask(process, default, "nowhere-" + flag) == [('"fallback"',)]
    assert ask(process, RAW, event) == [(2.5, '{"user":"eve"}')]
    ((name, redacted, body),) = ask(process, CONTEXT, "eve")
    assert (name, json.loads(redacted)) == ("Eve", ["/email"])
    assert json.loads(body) == {"kind": "user", "key": "eve", "name": "Eve", "plan": "team"}
    assert made["key"] == flag


@pytest.mark.parametrize("which", ["node", "browser"])
def test_a_client_sends_counts_contexts_and_what_is_tracked(
    process: Process, running: SdkPrograms, which: str
) -> None:
    flag, event = a_client_flag(process, f"{which}-told"), f"bought-{which}"
    with Opener(process, which, running)(sendEvents=True) as opened:
        assert opened.ask("ready") == "ready"
        opened.serves(flag)
        assert opened.ask("track", name=event) is True
        wait_until(lambda: ask(process, RAW, event), "the events are stored")

    assert ask(process, RAW, event) == [(None, '{"user":"ada"}')]
    assert ask(process, CONTEXT, "ada")[0][0] == "Ada"
    counted = ask(process, COUNTS, flag)
    assert [(kinds, count >= 1) for _, _, kinds, count in counted] == [("user", True)]
    sources = ask(process, "SELECT DISTINCT source FROM sdk_counters")
    assert ("browser",) in sources
