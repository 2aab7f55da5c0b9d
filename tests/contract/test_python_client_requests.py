"""What the Python client sends is what documents describe: ours, and that which FLAGSTAFF_CONTRACT names.

For each operation that a document has, calls are made from the document alone, and sent in every form to a
server that records. What fails for a new row or instruction is mended in the client's table, in
clients/python/src/launch_darkly_python_sdk/table, and with `make client`.
"""

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from contract.calls import Call, describe, find_differences, make_calls
from contract.specification import Specification
from launch_darkly_python_sdk import LaunchDarkly
from recording.server import Prepared, Recorder, record

from flagstaff.http.operations import OWN
from tests.support.client_arguments import CARRIED_BY_LINKS
from tests.support.documents import our_document
from tests.support.forms import FORMS, FormedClient


def list_cases() -> Iterator[Any]:
    documents = {"ours": our_document()}
    if path := os.environ.get("FLAGSTAFF_CONTRACT"):
        documents["official"] = json.loads(Path(path).read_text(encoding="utf-8"))
    for name, document in documents.items():
        # The official one lists values beside references and of other types than it says.
        specification = Specification(document, placeholders=name != "ours")
        for described in specification.operations.values():
            if described.path.startswith(OWN):  # only Flagstaff has it, and the client does not
                continue
            for call in make_calls(specification.schemas, described, CARRIED_BY_LINKS):
                yield pytest.param(specification, call, id=f"{name}-{call}")


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with record() as running:
        running.otherwise = lambda _request: Prepared(204)
        yield running


@pytest.fixture(scope="module")
def client(recorder: Recorder) -> Iterator[LaunchDarkly]:
    with LaunchDarkly("token", host=recorder.host, retries=0) as made:
        yield made


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.mark.parametrize(("specification", "call"), list(list_cases()))
def test_a_call_arrives_as_the_document_has_it(
    specification: Specification, call: Call, client: LaunchDarkly, recorder: Recorder, runner: asyncio.Runner
) -> None:
    recorder.requests.clear()
    group, _, method = call.described.sdk_name.partition(".")
    for form in FORMS:
        getattr(getattr(FormedClient(client, runner, form), group), method)(**call.arguments)

    assert len(recorder.requests) == len(FORMS)
    for request in recorder.requests:
        assert list(find_differences(describe(request), call.expect())) == []
        assert list(specification.find_problems(call.described.sdk_name, request)) == []
