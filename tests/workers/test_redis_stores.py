"""Big segments in a real Redis, in the layout that SDKs know."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis.asyncio as redis_asyncio

from flagstaff.features.integrations.big_segment_stores.model import BigSegmentStore, read_config
from flagstaff.features.segments.revisions import encode_hash
from flagstaff.http.outgoing import Address
from flagstaff.workers.redis_stores import connect
from tests.support.big_segments import change, environment_id, make_crowd
from tests.support.certificates import make_certificate
from tests.support.key_files import import_keys, run_jobs
from tests.support.redis import RedisServer, needed, redis_server
from tests.support.server import TestServer

pytestmark = needed
STORES = "/api/v2/integration-capabilities/big-segment-store/default/test/redis"
ALLOWED = {"FLAGSTAFF_ALLOWED_NETWORKS": "127.0.0.0/8"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture
def redis(running: RedisServer) -> RedisServer:
    running.client.flushall()
    return running


@pytest.fixture
def server(template: Path, tmp_path: Path) -> Iterator[TestServer]:
    opened = TestServer(template, tmp_path, **ALLOWED).start()
    yield opened
    opened.stop()


def add_store(server: TestServer, redis: RedisServer, **config: Any) -> Any:
    body = {"config": redis.config | config, "name": "Redis", "on": True}
    answer = server.post(STORES, body, version="beta")
    assert answer.status == 201, answer
    run_jobs(server)
    return answer.json


def status(server: TestServer, store: Any) -> Any:
    return server.get(f"{STORES}/{store['_id']}", version="beta").json["_status"]


def held(server: TestServer, redis: RedisServer, key: str, side: str = "include") -> set[str]:
    return set(redis.client.smembers(f"{environment_id(server)}:big_segment_{side}:{encode_hash(key)}"))


def test_a_new_store_gets_everything_and_then_each_change(server: TestServer, redis: RedisServer) -> None:
    make_crowd(server, "ann", "bob")
    store = add_store(server, redis)

    assert held(server, redis, "ann") == held(server, redis, "bob") == {"crowd.g1"}
    change(server, removed=["bob"], excluded=["cem"])
    import_keys(server, "dan", "eve")
    run_jobs(server)

    assert [held(server, redis, key) for key in ("bob", "dan", "eve")] == [set(), {"crowd.g1"}, {"crowd.g1"}]
    assert held(server, redis, "cem", "exclude") == {"crowd.g1"}
    synchronized = redis.client.get(f"{environment_id(server)}:big_segments_synchronized_on")
    assert int(synchronized) == server.clock.now
    shown = status(server, store)
    assert (shown["available"], shown["potentiallyStale"], shown["lastSync"]) == (
        True,
        False,
        server.clock.now,
    )


def test_it_is_confirmed_every_half_minute(server: TestServer, redis: RedisServer) -> None:
    store = add_store(server, redis)
    server.clock.advance(seconds=29)
    run_jobs(server)
    assert status(server, store)["lastSync"] == server.clock.now - 29_000

    server.clock.advance(seconds=1)
    run_jobs(server)

    assert status(server, store)["lastSync"] == server.clock.now


def test_a_redis_that_was_emptied_is_filled_again(server: TestServer, redis: RedisServer) -> None:
    make_crowd(server, "ann")
    add_store(server, redis)
    redis.client.flushall()

    server.clock.advance(seconds=30)
    run_jobs(server)

    assert held(server, redis, "ann") == {"crowd.g1"}


def test_memberships_of_another_past_are_cleared(server: TestServer, redis: RedisServer) -> None:
    make_crowd(server, "ann")
    prefix = environment_id(server)
    stale, foreign = f"{prefix}:big_segment_include:{encode_hash('zoe')}", "other:big_segment_include:x"
    redis.client.sadd(stale, "crowd.g1")
    redis.client.sadd(foreign, "crowd.g1")
    redis.client.set(f"{prefix}:big_segments_cursor", "999.9")

    add_store(server, redis)

    assert (held(server, redis, "ann"), held(server, redis, "zoe")) == ({"crowd.g1"}, set())
    assert redis.client.exists(foreign) == 1


def test_what_keeps_it_from_the_store_is_shown_and_tried_again(
    server: TestServer, redis: RedisServer
) -> None:
    make_crowd(server, "ann")
    store = add_store(server, redis, password="wrong-password")
    failed = status(server, store)
    assert (failed["available"], failed["lastError"]) == (False, server.clock.now)
    assert "invalid username-password" in failed["errors"][0]["message"]

    patch = [{"op": "replace", "path": "/config/password", "value": redis.config["password"]}]
    assert server.patch(f"{STORES}/{store['_id']}", patch, version="beta").status == 200
    server.clock.advance(seconds=30)
    run_jobs(server)

    assert status(server, store)["available"] is True
    assert held(server, redis, "ann") == {"crowd.g1"}


def test_a_private_address_is_not_called_unless_allowed(
    template: Path, tmp_path: Path, redis: RedisServer
) -> None:
    server = TestServer(template, tmp_path).start()
    literal = server.post(STORES, {"config": redis.config}, version="beta")
    named = {"config": redis.config | {"host": "localhost"}, "on": True}
    store = server.post(STORES, named, version="beta").json
    run_jobs(server)

    assert (literal.status, "FLAGSTAFF_ALLOWED_NETWORKS" in literal.message) == (400, True)
    assert "FLAGSTAFF_ALLOWED_NETWORKS" in status(server, store)["errors"][0]["message"]
    assert redis.client.dbsize() == 0
    server.stop()


def test_over_tls_memberships_are_written_where_the_certificate_is_trusted_and_that_of_the_name(
    server: TestServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path)
    with redis_server(tmp_path, certificate) as redis:
        make_crowd(server, "ann")
        plain = add_store(server, redis, prefix="plain")
        unknown = add_store(server, redis, tlsEnabled=True, prefix="unknown")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
        other = add_store(server, redis, tlsEnabled=True, host="127.0.0.2", prefix="other")
        trusted = add_store(server, redis, tlsEnabled=True)

        assert held(server, redis, "ann") == {"crowd.g1"}
        assert status(server, trusted)["available"] is True
        for store, said in ((unknown, "self-signed certificate"), (other, "not valid for '127.0.0.2'")):
            assert said in status(server, store)["errors"][0]["message"]
        assert status(server, plain)["available"] is False
        assert {key.partition(":")[0] for key in redis.client.scan_iter()} == {environment_id(server)}


async def test_over_tls_the_certificate_must_be_that_of_the_name() -> None:
    config, _ = read_config({"host": "redis.example.com", "tlsEnabled": True}, "e")
    store = BigSegmentStore(id="s", project_id="p", environment_id="e", name="S", config=config, created=1)

    client = connect(redis_asyncio, store, "", Address("redis.example.com", 6379, "203.0.113.7"))

    connection = client.connection_pool.make_connection()
    arguments = connection._connection_arguments()
    assert (arguments["host"], arguments["port"]) == ("203.0.113.7", 6379)
    assert (arguments["server_hostname"], arguments["ssl"].check_hostname) == ("redis.example.com", True)
    await client.aclose()


def test_a_store_that_is_off_or_deleted_is_left_alone(server: TestServer, redis: RedisServer) -> None:
    store = add_store(server, redis)
    path = f"{STORES}/{store['_id']}"
    off = [{"op": "replace", "path": "/on", "value": False}]
    assert server.patch(path, off, version="beta").json["on"] is False
    make_crowd(server, "ann")
    server.clock.advance(seconds=60)
    run_jobs(server)
    assert held(server, redis, "ann") == set()

    assert server.delete(path, version="beta").status == 204
    assert server.get(path, version="beta").status == 404
    assert server.count("kept_secrets") == server.count("big_segment_store_status") == 0
