"""The official Python SDK with its Redis store, and our evaluation for clients, agree on who is a member."""

import base64
import json
from pathlib import Path
from typing import Any

from ldclient.client import LDClient
from ldclient.config import BigSegmentsConfig, Config
from ldclient.context import Context
from ldclient.integrations import Redis

from tests.support import calls
from tests.support.key_files import FORM, a_form, lines
from tests.support.process import TOKEN, Process, serving, wait_until
from tests.support.redis import RedisServer, needed, redis_server

pytestmark = needed
PEOPLE = [*(f"member-{number}" for number in range(40)), *(f"other-{number}" for number in range(10))]
STORES = "/integration-capabilities/big-segment-store/default/test/redis"


def prepare(process: Process, redis: RedisServer) -> None:
    """A flag for a big segment, which is filled by calls and by an import, and a store."""
    process.call("POST", "/segments/default/test", {"key": "crowd", "name": "Crowd", "unbounded": True})
    flag = process.call("POST", "/flags/default", {"key": "big", "name": "Big"} | CLIENTS)
    no = flag["variations"][1]["_id"]
    clause = {"attribute": "", "op": "segmentMatch", "values": ["crowd"], "negate": True}
    process.instruct(
        "big", {"kind": "turnFlagOn"}, {"kind": "addRule", "variationId": no, "clauses": [clause]}
    )
    headers = {"Authorization": TOKEN, "LD-API-Version": "beta"}
    url = f"{process.url}/api/v2"
    store = {"config": redis.config, "name": "Redis", "on": True}
    assert calls.post(f"{url}{STORES}", json=store, headers=headers).status_code == 201
    body = a_form(lines(*(f"member-{number}" for number in range(20))), mode="merge")
    sent = calls.post(
        f"{url}/segments/default/test/crowd/imports",
        content=body,
        headers=headers | {"Content-Type": FORM},
    )
    assert sent.status_code == 204
    wait_until(lambda: not is_importing(process), "the import is complete")
    keys = {"included": {"add": [f"member-{number}" for number in range(20, 40)]}}
    process.call("POST", "/segments/default/test/crowd/contexts", keys)


CLIENTS = {"clientSideAvailability": {"usingEnvironmentId": True, "usingMobileKey": True}}


def is_importing(process: Process) -> bool:
    return bool(process.call("GET", "/segments/default/test/crowd")["_importInProgress"])


def ask_server(process: Process, key: str) -> Any:
    """What the server evaluates for a browser."""
    context = base64.urlsafe_b64encode(json.dumps({"kind": "user", "key": key}).encode()).decode()
    path = f"/sdk/evalx/{process.environment()['_id']}/contexts/{context}?withReasons=true"
    answer = calls.get(process.url + path).json()["big"]
    return answer["value"], answer["reason"]["kind"], answer["reason"]["bigSegmentsStatus"]


def test_store_and_server_agree(tmp_path: Path) -> None:
    with (
        redis_server(tmp_path) as redis,
        serving(tmp_path, FLAGSTAFF_ALLOWED_NETWORKS="127.0.0.1/32") as process,
    ):
        prepare(process, redis)
        prefix = process.environment()["_id"]
        store = Redis.new_big_segment_store(redis.url, prefix)
        config = Config(
            process.environment()["apiKey"],
            base_uri=process.url,
            stream_uri=process.url,
            events_uri=process.url,
            big_segments=BigSegmentsConfig(store=store, context_cache_time=0.01),
        )
        opened = LDClient(config, start_wait=10)
        try:

            def ask_sdk(key: str) -> Any:
                detail = opened.variation_detail("big", Context.create(key), None)
                return detail.value, detail.reason["kind"], detail.reason.get("bigSegmentsStatus")

            wait_until(lambda: ask_sdk("member-39")[0] is True, "the store has the last key")
            expected = {
                key: (True, "FALLTHROUGH", "HEALTHY")
                if key.startswith("m")
                else (False, "RULE_MATCH", "HEALTHY")
                for key in PEOPLE
            }
            assert {key: ask_sdk(key) for key in PEOPLE} == expected
            assert {key: ask_server(process, key) for key in PEOPLE} == expected
            process.call("POST", "/segments/default/test/crowd/users", {"included": {"remove": ["member-1"]}})
            wait_until(lambda: ask_sdk("member-1")[0] is False, "the store has lost the key")
            assert ask_server(process, "member-1") == (False, "RULE_MATCH", "HEALTHY")
        finally:
            opened.close()
