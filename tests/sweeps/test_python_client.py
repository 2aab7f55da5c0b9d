"""Every operation called through the Python client, in every form, as its example has it.

A new row needs nothing here: its example in examples.py is turned into a call of the client. What the
client's table (in clients/python/src/launch_darkly_python_sdk) does not know of the row fails with its name.
"""

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx
import pytest
from contract.calls import unwrap
from launch_darkly_python_sdk import LaunchDarkly
from launch_darkly_python_sdk.kinds import parse_kind
from launch_darkly_python_sdk.operation import Operation as ClientOperation
from launch_darkly_python_sdk.walks import list_items

from flagstaff.http.operations import Operation
from flagstaff.storage.sqlite import events_beside
from tests.support.client import OWNER
from tests.support.client_answers import find_slips
from tests.support.client_arguments import give_body, give_path, give_query
from tests.support.client_transport import ServerRunner, connecting
from tests.support.forms import FORMS, Form, FormedClient
from tests.support.process import Process, serving
from tests.support.server import SECRET_KEY, TestServer
from tests.sweeps.calls import KNOWN, each, find_keys
from tests.sweeps.examples import EXAMPLES

ROOT = Path(__file__).parent.parent.parent
BEGINNING = "from launch_darkly_python_sdk import LaunchDarkly\n\nclient = LaunchDarkly()\n"


def find_operation(row: Operation) -> ClientOperation:
    group, method = row.sdk
    found: Any = getattr(type(getattr(LaunchDarkly(), group)), method, None)
    assert found is not None, f"the client has no {group}.{method}"
    operation: ClientOperation = found.operation
    return operation


def is_walked(row: Operation) -> bool:
    operation = find_operation(row)
    return operation.paging not in {"", "none"} and "limit" in operation.arguments


def give_arguments(server: TestServer, row: Operation) -> dict[str, Any]:
    """The example's call, in the names that the client documents."""
    operation, example = find_operation(row), EXAMPLES[row.id]
    return {
        **give_path(operation, example.path(row, **find_keys(server, row))),
        **give_query(operation, example.query),
        **give_body(operation, example.json),
    }


@pytest.mark.parametrize("form", FORMS, ids=str)
@each(KNOWN)
def test_the_client_calls_it_and_understands_its_answer(
    server: TestServer, row: Operation, form: Form
) -> None:
    operation, (group, method) = find_operation(row), row.sdk
    arguments, path = give_arguments(server, row), EXAMPLES[row.id].path(row, **find_keys(server, row))
    with connecting(server) as (client, passage):
        formed = FormedClient(client, ServerRunner(server), form)
        answer = getattr(getattr(formed, group), method)(**arguments)

    (sent,) = passage.sent
    assert describe(sent) == expect(row, operation, path)
    assert list(find_slips(parse_kind(operation.answer or "any"), read_wire(answer))) == []
    assert operation.answer or answer is None or (form.raw and row.answer is not None)


@pytest.fixture(scope="module")
def process(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """`flagstaff serve` in the world of the sweeps."""
    folder = tmp_path_factory.mktemp("process")
    for database in (world, events_beside(world)):
        shutil.copyfile(database, folder / database.name)
    with closing(sqlite3.connect(folder / events_beside(world).name)) as events, events:
        for table in ("contexts", "context_instances"):  # or they are too old for a server of today
            events.execute(f"UPDATE {table} SET last_seen = :now", {"now": time.time_ns() // 1_000_000})
    with serving(folder, FLAGSTAFF_SECRET_KEY=SECRET_KEY) as running:
        yield running


@each([row for row in KNOWN if row.reads])
def test_the_client_reads_it_over_a_socket(shared: TestServer, process: Process, row: Operation) -> None:
    (group, method), arguments = row.sdk, give_arguments(shared, row)
    with LaunchDarkly(OWNER, host=process.url, retries=0) as client, asyncio.Runner() as runner:
        called = [FormedClient(client, runner, form) for form in FORMS]
        answers = [read_wire(getattr(getattr(one, group), method)(**arguments)) for one in called]

    assert answers == answers[:1] * len(FORMS)


@each([row for row in KNOWN if is_walked(row)])
def test_walking_one_by_one_finds_what_a_large_page_holds(shared: TestServer, row: Operation) -> None:
    (group, method), arguments = row.sdk, give_arguments(shared, row)
    arguments.pop("filter", None)  # of which the example finds one
    with connecting(shared) as (client, _passage):
        listing = getattr(getattr(client, group), method)
        page = listing(**{**arguments, "limit": 20})
        walked = list(listing.iter(**{**arguments, "limit": 1}))

    assert walked == list(list_items(page))


def describe(request: httpx.Request) -> dict[str, Any]:
    """A request as it would be written in an example."""
    return {
        "method": request.method,
        "path": unquote(request.url.raw_path.decode().partition("?")[0]),
        "query": sorted(parse_qsl(request.url.query.decode(), keep_blank_values=True)),
        "body": unwrap(request.method, json.loads(request.content)) if request.content else None,
        "is_semantic": "semanticpatch" in request.headers.get("content-type", ""),
        "version": request.headers.get("ld-api-version"),
    }


def expect(row: Operation, operation: ClientOperation, path: str) -> dict[str, Any]:
    """What has to arrive: the example, with parameters in the body where the client sends them there."""
    example = EXAMPLES[row.id]
    given = [
        (operation.arguments[name], value) for name, value in give_query(operation, example.query).items()
    ]
    moved = {argument.wire: value for argument, value in given if argument.place == "field"}
    kept = [(argument.wire, value) for argument, value in given if argument.place == "query"]
    is_semantic = bool(operation.formats) and "instructions" in (example.json or ())
    keys = give_path(operation, path)
    where = {"environmentKey": keys["environment_key"]} if operation.environment and is_semantic else {}
    empty = {} if operation.body and not operation.bare else None
    body = empty if example.json is None else example.json
    return {
        "method": row.method,
        "path": path,
        "query": sorted((wire, text) for wire, value in kept for text in list_texts(value)),
        "body": unwrap(row.method, where | body | moved if isinstance(body, dict) else body),
        "is_semantic": is_semantic,
        "version": "beta" if row.beta else None,
    }


def list_texts(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in values]


def read_wire(answer: Any) -> Any:
    return answer.to_dict() if hasattr(answer, "to_dict") else answer


def test_type_checkers_find_nothing_wrong_with_these_calls(shared: TestServer, tmp_path: Path) -> None:
    calls = [(row, give_arguments(shared, row), raw) for row in KNOWN for raw in ("", "raw.")]
    plain = [f"{write_call(row, raw, given)}\n" for row, given, raw in calls]
    awaited = [f"    await {write_call(row, f'{raw}a', given)}\n" for row, given, raw in calls]
    program = tmp_path / "program.py"
    program.write_text("".join([BEGINNING, *plain, "async def wait() -> None:\n", *awaited]))

    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary"]
    done = subprocess.run(
        [*command, "--cache-dir", str(ROOT / ".mypy_cache" / "client"), program.name],
        env={"MYPYPATH": str(ROOT / "clients" / "python" / "src")},
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def write_call(row: Operation, form: str, arguments: dict[str, Any]) -> str:
    """The example as a line of a program."""
    group, method = row.sdk
    given = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
    return f"client.{group}.{form}{method}({given})"
