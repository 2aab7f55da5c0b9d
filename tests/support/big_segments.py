"""Big segments over HTTP, as tests set them up in the environment `test` of the project `default`."""

from typing import Any

from flagstaff.features.segments import revisions
from flagstaff.storage.transaction import Transaction
from tests.support.client import Answer
from tests.support.segment_calls import MANY, make
from tests.support.server import TestServer

CROWD = f"{MANY}/crowd"
EVALUATE = "/api/v2/projects/default/environments/test/segments/evaluate"


def make_crowd(server: TestServer, *keys: str, kind: str = "user", name: str = "crowd") -> Any:
    """A big segment that includes these keys; its representation."""
    made = make(server, name, unbounded=True, unboundedContextKind=kind)
    if keys:
        assert change(server, included=keys, name=name).status == 204
    return made


def change(
    server: TestServer,
    *,
    included: Any = (),
    excluded: Any = (),
    removed: Any = (),
    readmitted: Any = (),
    name: str = "crowd",
    **how: Any,
) -> Answer:
    """Put keys on the lists, and take them off."""
    body = {
        "included": {"add": included, "remove": removed},
        "excluded": {"add": excluded, "remove": readmitted},
    }
    return server.post(f"{MANY}/{name}/contexts", body, **how)


def lists_of(server: TestServer, key: str, name: str = "crowd") -> tuple[bool, bool]:
    """Whether a key is included, and whether it is excluded."""
    answer = server.get(f"{MANY}/{name}/contexts/{key}")
    assert answer.status == 200, answer
    assert answer.json["userKey"] == key
    return answer.json["included"], answer.json["excluded"]


def metadata(server: TestServer, name: str = "crowd") -> tuple[int, int, int]:
    """How many are included and excluded, and the version of that."""
    found = server.get(f"{MANY}/{name}").json["_unboundedMetadata"]
    return found["includedCount"], found["excludedCount"], found["version"]


def environment_id(server: TestServer, key: str = "test") -> str:
    return str(server.rows("SELECT id FROM environments WHERE key = :key", key=key)[0][0])


def is_member(server: TestServer, context: Any, name: str = "crowd") -> bool:
    items = server.post(EVALUATE, context).json["items"]
    return next(bool(item["isMember"]) for item in items if item["key"] == name)


def follow(server: TestServer, after: str = "") -> list[revisions.Patch]:
    """All that a store has to do after a cursor."""
    place = environment_id(server)
    found: list[revisions.Patch] = []

    def read(tx: Transaction) -> list[revisions.Patch]:
        return revisions.read_patches(tx, place, found[-1].version if found else after)

    while patches := server.read(read):
        found += patches
    return found
