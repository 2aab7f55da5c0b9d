"""Polls over HTTP."""

import json
from pathlib import Path

import pytest

from flagstaff.delivery.polling import accepts_gzip
from flagstaff.storage.transaction import Item
from tests.delivery.serving import Environment, a_flag, make_database, serving


def test_a_poll_of_an_empty_environment_has_both_maps(environment: Environment) -> None:
    answer = environment.poll()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"flags": {}, "segments": {}}


def test_a_poll_shows_every_object_with_the_data_version_of_its_change(environment: Environment) -> None:
    environment.publish_flag("a")
    environment.publish_segment("s")
    environment.publish_flag("b")
    environment.remove("flags", "b")
    answer = environment.poll().json()
    assert answer["flags"] == {"a": {**a_flag("a"), "version": 1}}
    assert answer["segments"]["s"]["version"] == 2
    assert environment.poll("/sdk/flags").json() == answer["flags"]
    assert environment.poll("/sdk/flags/a").json() == answer["flags"]["a"]
    assert environment.poll("/sdk/segments/s").json() == answer["segments"]["s"]


def test_who_was_answered_sees_his_change_in_every_poll(environment: Environment) -> None:
    for number in range(20):
        environment.publish_flag("a", number=number)
        assert environment.poll().json()["flags"]["a"]["number"] == number


@pytest.mark.parametrize("path", ["/sdk/latest-all", "/sdk/flags"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_poll_is_packed_for_those_who_accept_it(environment: Environment, path: str, encoding: str) -> None:
    environment.publish_flag("a")
    answer = environment.poll(path, **{"Accept-Encoding": encoding})
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert b'"key":"a"' in answer.content
    assert answer.headers["vary"] == "Authorization, Accept-Encoding"


@pytest.mark.parametrize("path", ["/sdk/latest-all", "/sdk/flags", "/sdk/flags/a", "/sdk/segments/s"])
@pytest.mark.parametrize("form", ["{}", '"other", {}', "W/{}", "*"])
def test_who_holds_the_newest_version_is_told_so(environment: Environment, path: str, form: str) -> None:
    environment.publish_flag("a")
    environment.publish_segment("s")
    etag = environment.poll(path).headers["etag"]
    held = form.format(etag.removeprefix("W/"))
    answer = environment.poll(path, **{"If-None-Match": held})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == etag
    assert environment.poll(path, **{"If-None-Match": etag}).status_code == 304


def test_an_etag_is_the_environment_and_its_data_version(environment: Environment) -> None:
    environment.publish_flag("a")
    environment.publish_flag("b")
    assert environment.poll().headers["etag"] == f'W/"{environment.id}-2"'
    assert environment.poll("/sdk/flags/a").headers["etag"] == f'W/"{environment.id}-1"'
    assert environment.poll().headers["x-ld-envid"] == environment.id


def test_an_older_etag_gets_the_new_state(environment: Environment) -> None:
    environment.publish_flag("a")
    etag = environment.poll().headers["etag"]
    environment.publish_flag("a", on=True)
    answer = environment.poll(**{"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer.json()["flags"]["a"]["on"] is True


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sdk/flags/none", 404),
        ("/sdk/flags/s", 404),
        ("/sdk/segments/a", 404),
        ("/sdk/segments/gone", 404),
        ("/sdk/latest-all?filter=mine", 404),
        ("/sdk/latest-all?filter=", 200),
    ],
)
def test_what_sdks_do_not_see_is_not_found(environment: Environment, path: str, status: int) -> None:
    environment.publish_flag("a")
    environment.publish_segment("s")
    environment.publish_segment("gone")
    environment.remove("segments", "gone")
    assert environment.poll(path).status_code == status


@pytest.mark.parametrize("path", ["/sdk/latest-all", "/sdk/flags", "/sdk/flags/a", "/sdk/segments/s"])
@pytest.mark.parametrize("key", ["", "sdk-unknown", "Bearer {}"])
def test_a_poll_needs_a_key(environment: Environment, path: str, key: str) -> None:
    answer = environment.server.get(path, Authorization=key.format(environment.key))
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthorized"


def test_a_flag_that_another_process_wrote_is_found(template: Path, tmp_path: Path) -> None:
    with serving(template, tmp_path) as server:
        environment = server.environment()
        environment.publish_flag("a")
        assert environment.poll().status_code == 200
        other = make_database(server.path, server.clock)
        other.write_now(lambda tx: tx.items.append(Item(environment.id, "flags", "b", a_flag("b"))))
        other.close()
        assert environment.poll("/sdk/flags/b").json()["version"] == 2
        assert set(json.loads(environment.poll().content)["flags"]) == {"a", "b"}


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("deflate, gzip;q=0.5", True),
        ("br;q=1.0, gzip; q=0.001", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("*, gzip;q=0", False),
        ("*;q=0", False),
        ("identity", False),
        ("gzipped", False),
    ],
)
def test_accept_encoding_decides(accepted: str, packed: bool) -> None:
    assert accepts_gzip(accepted) is packed
