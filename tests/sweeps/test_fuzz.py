"""Requests made up from our OpenAPI document, and examples bent in one place: no answer is a defect.

The client fails for a 500 and for any answer that the document does not describe. `make fuzz` tries more.
"""

import os
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from flagstaff.http.operations import Operation
from tests.support.client import JSON, OWNER, READER
from tests.support.documents import our_document
from tests.support.server import TestServer
from tests.sweeps.calls import EVERY, call_example, each, find_keys
from tests.sweeps.examples import EXAMPLES, KEYS
from tests.sweeps.rehearsal import keep_nothing

EXAMPLES_EACH = int(os.environ.get("FUZZ_EXAMPLES", "2"))
VALID, INVALID = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
THOROUGH = EXAMPLES_EACH > 10  # then at random, and each time anew
TRIED = settings(
    max_examples=EXAMPLES_EACH,
    derandomize=not THOROUGH,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink] if THOROUGH else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
WORDS = (
    "",
    "on",
    "null",
    "-1",
    "1e400",
    "a" * 300,
    "ключ",
    "\N{FIRE}",
    "a b",
    "%",
    "{}",
    "*",
    "\x00",
    "\ud7ff",
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(WORDS)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=4,
)
STRANGE = st.sampled_from(WORDS) | st.text(max_size=20) | st.integers().map(str)


def takes_more_than_keys(row: Operation) -> bool:
    return row.is_read or bool(row.query.__struct_encode_fields__)


# What is made up from schemas is dear: queries that are no queries come from examples, unless there is time.
MADE_UP = [
    (row, mode)
    for row in EVERY
    if takes_more_than_keys(row)
    for mode in (VALID, INVALID)
    if mode is VALID or row.is_read or THOROUGH
]


@pytest.fixture(scope="module")
def stage(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestServer]:
    server = TestServer(world, tmp_path_factory.mktemp("fuzz")).start()
    keep_nothing(server)
    yield server
    server.stop()


@cache
def schemas() -> dict[str, Any]:
    """The operations of our document as schemathesis reads them, by their ids."""
    loaded = schemathesis.openapi.from_dict(our_document())
    found = [result.ok() for result in loaded.get_all_operations()]
    return {one.definition.raw["operationId"]: one for one in found}


def find_all_keys(stage: TestServer, row: Operation) -> dict[str, str]:
    """The keys in the path of the row's example."""
    known = {name: KEYS.get(name, "x") for name in re.findall(r"\{(\w+)\}", row.path)}
    return {**known, **EXAMPLES[row.id].keys, **find_keys(stage, row)}


@pytest.mark.parametrize(
    ("row", "mode"), MADE_UP, ids=[f"{row.id}-{'in' * (mode is INVALID)}valid" for row, mode in MADE_UP]
)
def test_no_request_meets_a_defect(stage: TestServer, row: Operation, mode: GenerationMode) -> None:
    known = find_all_keys(stage, row)

    @TRIED
    @given(case=schemas()[row.id].as_strategy(generation_mode=mode), strange=st.sampled_from([None, *known]))
    def send(case: Any, strange: str | None) -> None:
        keys = known | ({strange: clean(case.path_parameters[strange])} if strange else {})
        for token in (OWNER, READER):
            call_example(
                stage, row, as_=token, keys=keys, query=read_query(case.query), **read_body(row, case)
            )

    send()


@each([row for row in EVERY if not takes_more_than_keys(row)])
def test_no_strange_key_meets_a_defect(stage: TestServer, row: Operation) -> None:
    known = find_all_keys(stage, row)

    def send(keys: dict[str, str]) -> None:
        for token in (OWNER, READER):
            call_example(stage, row, as_=token, keys=keys)

    @TRIED
    @given(name=st.sampled_from([*known]), value=STRANGE)
    def bend_key(name: str, value: str) -> None:
        send(known | {name: clean(value)})

    send(known)
    if known:
        bend_key()


@each([row for row in EVERY if EXAMPLES[row.id].json is not None])
def test_no_bent_example_meets_a_defect(stage: TestServer, row: Operation) -> None:
    example = EXAMPLES[row.id].json

    @TRIED
    @given(place=st.sampled_from(list_places(example)), value=VALUES)
    def send(place: tuple[Any, ...], value: Any) -> None:
        for token in (OWNER, READER):
            call_example(stage, row, as_=token, json=bend(example, place, value))

    send()


@each([row for row in EVERY if row.query.__struct_encode_fields__])
def test_no_bent_query_meets_a_defect(stage: TestServer, row: Operation) -> None:
    usual = EXAMPLES[row.id].query

    @TRIED
    @given(name=st.sampled_from(row.query.__struct_encode_fields__), value=STRANGE)
    def send(name: str, value: str) -> None:
        for token in (OWNER, READER):
            call_example(stage, row, as_=token, query={**usual, name: encodable(value)})

    send()


def read_body(row: Operation, case: Any) -> dict[str, Any]:
    """What of a made-up request stands in its body; files are those of the examples."""
    if row.form is not None or not isinstance(case.body, Mapping | list | str | int | float | bool | None):
        return {}
    media = case.media_type or JSON
    return {"json": case.body, "content_type": media if media.startswith("application/json") else JSON}


def read_query(query: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    pairs = [
        (name, one)
        for name, value in (query or {}).items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return [(encodable(name), encodable(str(value))) for name, value in pairs]


def clean(value: Any) -> str:
    """A made-up key as it stands in a path."""
    return quote(encodable(unquote(str(value))), safe="") or "x"


def encodable(text: str) -> str:
    return text.encode(errors="replace").decode()


def list_places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a JSON document."""
    inner: Any = ()
    if isinstance(value, Mapping):
        inner = value.items()
    if isinstance(value, list):
        inner = enumerate(value)
    return [place, *(found for name, item in inner for found in list_places(item, (*place, name)))]


def bend(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The document with something else in that place."""
    if not place:
        return value
    copy = deepcopy(document)
    parent = copy
    for name in place[:-1]:
        parent = parent[name]
    parent[place[-1]] = value
    return copy
