import pytest

from flagstaff.features.targeting.references import (
    CONTEXT_KIND,
    FLAG,
    SEGMENT,
    Use,
    User,
    forget_environment_references,
    forget_references,
    index_references,
    list_users,
)
from tests.support.server import TestServer


@pytest.fixture
def indexed(server: TestServer) -> TestServer:
    """Flag f1 and segment s1 ask for the segment beta in environment e1, flag f1 does so in e2 too."""

    def unit(tx):
        uses = {Use(SEGMENT, "beta"), Use(FLAG, "base"), Use(CONTEXT_KIND, "org")}
        index_references(tx, "e1", FLAG, "f1", uses)
        index_references(tx, "e2", FLAG, "f1", {Use(SEGMENT, "beta")})
        index_references(tx, "e1", SEGMENT, "s1", {Use(SEGMENT, "beta")})

    server.write(unit)
    return server


def users(server, environment_id, kind, key):
    return server.read(lambda tx: list_users(tx, environment_id, kind, key))


def test_the_users_of_a_segment_are_those_of_one_environment(indexed):
    assert users(indexed, "e1", SEGMENT, "beta") == [User(FLAG, "f1"), User(SEGMENT, "s1")]
    assert users(indexed, "e2", SEGMENT, "beta") == [User(FLAG, "f1")]
    assert users(indexed, "e3", SEGMENT, "beta") == []


def test_what_is_used_is_of_one_kind(indexed):
    assert users(indexed, "e1", FLAG, "base") == [User(FLAG, "f1")]
    assert users(indexed, "e1", CONTEXT_KIND, "org") == [User(FLAG, "f1")]
    assert users(indexed, "e1", SEGMENT, "base") == []


def test_what_a_flag_refers_to_is_replaced_in_one_environment(indexed):
    indexed.write(lambda tx: index_references(tx, "e1", FLAG, "f1", {Use(FLAG, "other")}))

    assert users(indexed, "e1", SEGMENT, "beta") == [User(SEGMENT, "s1")]
    assert users(indexed, "e1", FLAG, "other") == [User(FLAG, "f1")]
    assert users(indexed, "e2", SEGMENT, "beta") == [User(FLAG, "f1")]


def test_a_deleted_flag_uses_nothing_anywhere(indexed):
    indexed.write(lambda tx: forget_references(tx, "f1"))

    assert users(indexed, "e1", SEGMENT, "beta") == [User(SEGMENT, "s1")]
    assert users(indexed, "e2", SEGMENT, "beta") == []


def test_in_a_deleted_environment_nothing_is_used(indexed):
    indexed.write(lambda tx: forget_environment_references(tx, "e1"))

    assert users(indexed, "e1", SEGMENT, "beta") == []
    assert users(indexed, "e2", SEGMENT, "beta") == [User(FLAG, "f1")]
