"""Every method in its four forms, in every way to give its body, against a server that records."""

import inspect
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote

import pytest

from generator.arguments import list_arguments
from generator.names import document_member
from generator.stubs import list_ways
from generator.table import Table, read_table
from launch_darkly_python_sdk import Answer, LaunchDarkly, RawResponse
from launch_darkly_python_sdk.kinds import Kind, parse_kind
from launch_darkly_python_sdk.methods import SyncList, list_methods
from recording.forms import read_form
from recording.server import Prepared, Recorded, Recorder
from tests.support.examples import ExampleCall, make_call, make_example

TABLE = read_table()
CALLS = [
    pytest.param(make_call(TABLE, row, way), id=f"{row.name}-{number}")
    for row in TABLE.rows
    for number, way in enumerate(list_ways(row, list_arguments(TABLE, row)))
]


def find_method(client: LaunchDarkly, call: ExampleCall, *, awaited: bool, raw: bool) -> Any:
    group = getattr(client, call.row.group)
    return getattr(group.raw if raw else group, f"{'a' if awaited else ''}{call.row.method}")


def prepare_answer(call: ExampleCall) -> tuple[Prepared, Any]:
    """What the server answers, and what it holds."""
    if not call.row.kind("answer"):
        return Prepared(204), None
    wire = make_example(TABLE, parse_kind(call.row.kind("answer"))).wire
    return Prepared(200, wire), wire


@pytest.mark.parametrize("call", CALLS)
def test_a_method_sends_its_arguments_to_their_places(
    call: ExampleCall, client: LaunchDarkly, recorder: Recorder
) -> None:
    prepared, wire = prepare_answer(call)
    recorder.answers = [prepared, prepared]
    plain = find_method(client, call, awaited=False, raw=False)(**call.arguments)
    raw = find_method(client, call, awaited=False, raw=True)(**call.arguments)
    assert isinstance(raw, RawResponse)
    assert (plain, raw.body, raw.status) == (wire, wire, prepared.status)
    assert raw.headers["content-type"] == "application/json"
    assert raw.round_trip_time > 0
    assert [expected(call)] * 2 == [arrived(request) for request in recorder.requests]


@pytest.mark.parametrize("call", CALLS)
async def test_a_method_sends_the_same_when_it_is_awaited(
    call: ExampleCall, client: LaunchDarkly, recorder: Recorder
) -> None:
    prepared, wire = prepare_answer(call)
    recorder.answers = [prepared, prepared]
    plain = await find_method(client, call, awaited=True, raw=False)(**call.arguments)
    raw = await find_method(client, call, awaited=True, raw=True)(**call.arguments)
    assert (plain, raw.body, raw.status) == (wire, wire, prepared.status)
    assert [expected(call)] * 2 == [arrived(request) for request in recorder.requests]


def expected(call: ExampleCall) -> dict[str, Any]:
    path = call.row.path
    for name, value in call.path.items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    version = "beta" if call.row.facts.get("beta") else None
    return {
        "method": call.row.http, "path": path, "query": call.query, "body": call.body, "media": call.media,
        "version": version, "key": "token",
    }  # fmt: skip


def arrived(request: Recorded) -> dict[str, Any]:
    path, _, query = request.target.partition("?")
    media = request.headers.get("Content-Type", "")
    is_form = media.startswith("multipart/form-data")
    body = read_form(request) if is_form else request.json if request.content else None
    return {
        "method": request.method,
        "path": path,
        "query": parse_qs(query, keep_blank_values=True),
        "body": body,
        "media": media.partition(";")[0] if is_form else media,
        "version": request.headers.get("LD-API-Version"),
        "key": request.headers["Authorization"],
    }


ANSWERED = sorted({row.kind("answer") for row in TABLE.rows} - {""})


@pytest.mark.parametrize("kind", ANSWERED)
def test_every_member_of_an_answer_has_both_its_names(
    kind: str, client: LaunchDarkly, recorder: Recorder
) -> None:
    row = next(row for row in TABLE.rows if row.kind("answer") == kind)
    call = make_call(TABLE, row, list_ways(row, list_arguments(TABLE, row))[0])
    prepared, wire = prepare_answer(call)
    recorder.answers = [prepared]
    answer = find_method(client, call, awaited=False, raw=False)(**call.arguments)
    assert list(find_differences(TABLE, parse_kind(kind), answer, wire)) == []


def find_differences(table: Table, kind: Kind, value: Any, wire: Any) -> Iterator[str]:
    """Members that are not what they should be, under one of their names, at any depth."""
    if wire is None:
        if value is not None:
            yield f"{value!r} is not None"
    elif kind.of is not None:
        keys = range(len(wire)) if kind.name == "list" else wire
        for key in keys:
            yield from find_differences(table, kind.of, value[key], wire[key])
    elif kind.name != "shape":
        if value != wire:
            yield f"{value!r} is not {wire!r}"
    else:
        assert isinstance(value, Answer)
        assert type(value).__name__ == kind.shape
        for member in table.shapes[kind.shape].members:
            name = document_member(member.wire)
            found = value[name]
            if [value[member.wire], getattr(value, name), getattr(value, member.wire)] != [found] * 3:
                yield f"{name} is not {member.wire}"
            yield from find_differences(table, parse_kind(member.kind), found, wire.get(member.wire))


def test_there_are_257_methods_in_48_groups() -> None:
    assert (len(TABLE.rows), len(TABLE.about)) == (257, 48)


def test_each_method_of_a_group_is_documented_with_its_arguments(client: LaunchDarkly) -> None:
    for row in TABLE.rows:
        method = getattr(getattr(client, row.group), row.method)
        names = [argument.name for argument in list_arguments(TABLE, row)]
        assert set(inspect.signature(method).parameters) == set(names)
        assert all(f"  {name} (" in method.__doc__ for name in names)
        assert f"{row.http} {row.path}" in method.__doc__


def test_a_signature_begins_with_what_is_required(client: LaunchDarkly) -> None:
    signature = inspect.signature(client.workflows.create_workflow)
    required = [name for name, one in signature.parameters.items() if one.default is inspect.Parameter.empty]
    assert required == list(signature.parameters)[: len(required)]
    assert set(required) == {"project_key", "feature_flag_key", "environment_key", "name"}


def test_an_unknown_argument_is_refused_with_those_that_are_close(client: LaunchDarkly) -> None:
    with pytest.raises(TypeError, match="no argument nmae; do you mean name"):
        client.access_tokens.create_new_token(nmae="x")
    with pytest.raises(TypeError, match="do you mean project_key"):
        client.feature_flags.list(projectKey="default")


def test_arguments_have_names(client: LaunchDarkly) -> None:
    with pytest.raises(TypeError, match="positional"):
        client.access_tokens.get_by_id("me")


def test_a_group_and_its_raw_form_have_no_other_attributes(client: LaunchDarkly) -> None:
    with pytest.raises(AttributeError, match="vanish"):
        client.tags.vanish()
    with pytest.raises(AttributeError, match="vanish"):
        client.tags.raw.vanish()


def test_a_group_lists_its_methods(client: LaunchDarkly) -> None:
    assert {"list", "alist", "raw"} <= set(dir(client.tags))
    assert {"list", "alist"} <= set(dir(client.tags.raw))
    assert "get_ip_list" in repr(client.other)
    assert repr(client.tags.list) == "<tags.list: GET /api/v2/tags>"


def test_a_method_is_made_once_for_each_client(client: LaunchDarkly) -> None:
    assert client.tags.list is client.tags.list
    assert isinstance(client.tags.list, SyncList)
    assert not hasattr(client.tags.raw.list, "iter")
    assert set(list_methods(type(client.tags))) == {"list", "alist"}
