"""What the caller may not do is noted, not refused; test_operations.py compares the sentences."""

from tests.support.client import READER, WRITER
from tests.support.flag_calls import make
from tests.support.server import TestServer

PREVIEW = "/api/v2/flagstaff/projects/default/flags/checkout/preview"


def test_what_the_caller_may_not_do_is_noted_for_every_environment(server: TestServer) -> None:
    make(server)
    rename = [{"op": "replace", "path": "/name", "value": "Till"}]

    refused = server.post(PREVIEW, rename, as_=READER).json

    assert {one["action"] for one in refused["denied"]} == {"updateName"}
    assert sorted(one["resource"] for one in refused["denied"]) == [
        "proj/default:env/production:flag/checkout",
        "proj/default:env/test:flag/checkout",
    ]
    assert server.post(PREVIEW, rename, as_=WRITER).json["denied"] == []


def test_a_sentence_without_a_verb_is_empty(server: TestServer) -> None:
    make(server)
    same = [{"op": "replace", "path": "/name", "value": "Flag checkout"}]

    said = server.post(PREVIEW, same, as_=READER).json

    assert (said["title"], said["titleVerb"], said["steps"], said["denied"]) == ("", "", [], [])
