"""Every sample of the reference in every form: what is sent is what the contract says."""

import ast
import asyncio
import inspect
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from contract.samples import FORMATS, Sample, names_for, read_introductions, read_samples
from contract.specification import Described, Specification
from generator.names import snake
from launch_darkly_python_sdk import LaunchDarkly
from recording.forms import read_form
from recording.server import Prepared, Recorded, Recorder, record

REFERENCE = Path(os.environ["CLIENT_REFERENCE"])
SPECIFICATION = Specification(
    json.loads(Path(os.environ["CLIENT_CONTRACT"]).read_text(encoding="utf-8")), placeholders=True
)
SAMPLES = list(read_samples(REFERENCE))
FORMS = [pytest.param(awaited, raw, id=f"{'a' if awaited else ''}{'raw' if raw else ''}" or "plain")
         for awaited in (False, True) for raw in (False, True)]  # fmt: skip


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with record() as running:
        yield running


@pytest.fixture(scope="module")
def client(recorder: Recorder) -> Iterator[LaunchDarkly]:
    with LaunchDarkly(host=recorder.host, api_key="token", retries=0) as made:
        yield made


def run(text: str, client: LaunchDarkly) -> None:
    """Run a sample, which may await."""
    code = compile(text, "sample", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    names = names_for(client)

    async def wait() -> None:
        await eval(code, names)

    if "await " in text:
        asyncio.run(wait())
    else:
        exec(code, names)


@pytest.mark.parametrize(("awaited", "raw"), FORMS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_sample_sends_what_the_contract_says(
    sample: Sample, awaited: bool, raw: bool, recorder: Recorder, client: LaunchDarkly
) -> None:
    recorder.requests.clear()
    run(sample.rewrite(awaited=awaited, raw=raw), client)
    (request,) = recorder.requests
    described = SPECIFICATION.operations[sample.name]
    assert list(SPECIFICATION.find_problems(sample.name, request)) == []
    assert request.headers["Authorization"] == "token"
    assert request.headers.get("LD-API-Version") == ("beta" if "_beta." in sample.name else None)
    assert list(lost(described, sample.arguments(), request)) == []


def lost(described: Described, given: dict[str, Any], request: Recorded) -> Iterator[str]:
    """Arguments that did not arrive anywhere."""
    path = SPECIFICATION.path_values(described.sdk_name, request)
    query = parse_qs(request.target.partition("?")[2], keep_blank_values=True)
    body = read_body(request)
    known = {key: [value] for key, value in path.items()} | query
    known |= {key: [value] for key, value in body.items()} if isinstance(body, dict) else {}
    arrived = {snake(key): value for key, value in known.items()}
    for name, value in given.items():
        plain = "on" if name == "_true" else name.lstrip("_")
        whole = name == "body" and isinstance(body, type(value)) and len(body) == len(value)
        if not whole and plain not in arrived:
            yield name
        elif isinstance(value, str) and not whole and arrived[plain] != [value]:
            yield f"{name}: {arrived[plain]}"


def read_body(request: Recorded) -> Any:
    if not request.content:
        return None
    return read_form(request) if "multipart" in request.headers["Content-Type"] else request.json


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_method_takes_every_format_that_its_text_allows(sample: Sample, client: LaunchDarkly) -> None:
    group, _, method = sample.name.partition(".")
    taken = inspect.signature(getattr(getattr(client, group), method)).parameters.keys() & FORMATS.keys()
    changes = SPECIFICATION.operations[sample.name].http != "GET"
    assert not changes or sample.formats <= taken


def test_every_operation_of_the_contract_has_a_sample() -> None:
    assert {sample.name for sample in SAMPLES} == set(SPECIFICATION.operations)
    assert len(SAMPLES) == 257


@pytest.mark.parametrize("text", read_introductions(REFERENCE))
def test_an_introduction_runs_as_it_is_written(
    text: str, recorder: Recorder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LAUNCHDARKLY_HOST", recorder.host)
    token = {"_id": "6e", "ownerId": "owner", "_links": {"self": {"href": "/"}}, "token": "api-1"}
    recorder.answers = [Prepared(201, token)]
    exec(compile(text, "introduction", "exec"), {})
    assert "owner" in capsys.readouterr().out
    refusal = {"code": "invalid_request", "message": "no such role", "id": "9"}
    recorder.answers = [Prepared(400, refusal)]
    exec(compile(text, "introduction", "exec"), {})
    assert "no such role" in capsys.readouterr().out
