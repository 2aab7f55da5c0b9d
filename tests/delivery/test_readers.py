"""While many write, every reader sees only states that some unit has left behind, and ends at the newest."""

import asyncio
import json
import random
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from flagstaff.storage.transaction import Effect, EnvironmentChange, Item, Transaction
from tests.delivery.builders import a_change, an_item
from tests.delivery.planes import Plane, Transport, until
from tests.delivery.serving import Environment
from tests.delivery.wire import Event, Wire

WRITERS, UNITS = 8, 50
IDLE = 300  # streams that nobody reads, so that a broadcast takes its time and changes wait for it
KEYS = [("flags", "a"), ("flags", "b"), ("segments", "s")]
LAST = ("flags", "last")

State = dict[tuple[str, str], dict[str, Any]]


class History:
    """The states of an environment after each unit, by data version, taken down as they are committed."""

    def __init__(self, environment_id: str) -> None:
        self.environment_id = environment_id
        self.states: list[State] = [{}]
        self.texts: list[str] = [as_text({})]

    def take(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, EnvironmentChange) and effect.environment_id == self.environment_id:
                assert effect.data_version == len(self.states)
                state = dict(self.states[-1])
                for item in effect.items:
                    state.pop((item.kind, item.key), None)
                    if item.payload:
                        state[item.kind, item.key] = json.loads(item.payload)
                self.states.append(state)
                self.texts.append(as_text(state))

    def find_version(self, state: State, since: int) -> int:
        """The first version from `since` on that left this state behind."""
        text = as_text(state)
        seen = {"/".join(path): document["version"] for path, document in state.items()}
        assert text in self.texts[since:], f"no unit from {since} on left {seen} behind"
        return self.texts.index(text, since)


def as_text(state: State) -> str:
    return json.dumps(sorted(state.items()), sort_keys=True)


def flatten(data: dict[str, dict[str, Any]]) -> State:
    return {(kind, key): document for kind, objects in data.items() for key, document in objects.items()}


class Sdk:
    """Applies events as SDKs do: a put replaces all, a patch or delete counts if its version is greater."""

    def __init__(self) -> None:
        self.state: State = {}
        self.deleted: dict[tuple[str, str], int] = {}

    def apply(self, event: Event) -> None:
        if event.name == "put":
            self.state, self.deleted = flatten(event.data["data"]), {}
            return
        _, kind, key = event.data["path"].split("/")
        document = event.data.get("data")
        version = document["version"] if document else event.data["version"]
        known = self.state.get((kind, key), {}).get("version", self.deleted.get((kind, key), 0))
        if version > known:
            self.state.pop((kind, key), None)
            if document:
                self.state[kind, key] = document
            else:
                self.deleted[kind, key] = version


def some_changes(chance: random.Random) -> list[tuple[str, str, dict[str, Any] | None]]:
    """One object, or several at once; many are removed, so that late streams miss them."""
    return [
        (kind, key, None if chance.random() < 0.4 else {"key": key, "x": chance.random()})
        for kind, key in chance.sample(KEYS, chance.choice([1] * 10 + [2, 3]))
    ]


def a_unit(environment: Environment, chance: random.Random) -> Callable[[Transaction], None]:
    items = [Item(environment.id, *change) for change in some_changes(chance)]
    return lambda tx: tx.items.extend(items)


def write_much(environment: Environment, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(UNITS):
        environment.server.write(a_unit(environment, chance))


def read_stream(environment: Environment, history: History, most: int) -> bool:
    """Compare the state after each event; true once the last change was seen."""
    sdk, version = Sdk(), 0
    with environment.stream() as wire:
        for _ in range(most):
            sdk.apply(wire.read_event())
            version = history.find_version(sdk.state, version)
            if LAST in sdk.state:
                assert sdk.state == history.states[-1]
                return True
    return False


def reopen_streams(environment: Environment, history: History, seed: int) -> None:
    """Open one stream after the other, each at another moment."""
    chance = random.Random(seed)
    while not read_stream(environment, history, chance.randint(1, 12)):
        pass


def keep_stream(environment: Environment, history: History) -> None:
    assert read_stream(environment, history, 1_000_000)


def poll(environment: Environment, history: History) -> None:
    version = 0
    while LAST not in history.states[version]:
        answer = environment.poll()
        seen = int(answer.headers["etag"].strip('W/"').rpartition("-")[2])
        assert seen >= version
        assert flatten(answer.json()) == history.states[seen]
        version = seen


@pytest.fixture
def history(environment: Environment) -> Iterator[History]:
    database = environment.server.database
    advance, taken = database.advance, History(environment.id)

    def take_and_advance(effects: Sequence[Effect]) -> None:
        taken.take(effects)
        advance(effects)

    database.advance = take_and_advance
    yield taken
    database.advance = advance


def test_every_reader_sees_only_states_after_units_and_ends_at_the_newest(
    environment: Environment, history: History
) -> None:
    with ExitStack() as stack:
        environment.publish(("flags", "filler", {"x": "x" * 5_000}))  # makes patches shorter than a put
        for _ in range(IDLE):
            stack.enter_context(environment.stream())
        pool = stack.enter_context(ThreadPoolExecutor(WRITERS + 6))
        readers = [pool.submit(keep_stream, environment, history) for _ in range(2)]
        readers += [pool.submit(reopen_streams, environment, history, seed) for seed in range(3)]
        readers.append(pool.submit(poll, environment, history))
        writers = [pool.submit(write_much, environment, seed) for seed in range(WRITERS)]
        for writer in writers:
            writer.result(60)
        environment.publish((*LAST, {"key": "last"}))
        for reader in readers:
            reader.result(60)
    assert len(history.states) == WRITERS * UNITS + 3


@pytest.mark.parametrize("seed", range(8))
async def test_streams_that_open_at_any_moment_see_only_states_after_units(plane: Plane, seed: int) -> None:
    """Commits, new streams and slices of broadcasts in every order; what was written is read afterwards."""
    chance, history = random.Random(seed), History("e")
    filler = a_change(1, filler={"x": "x" * 5_000})
    opened = [await plane.open() for _ in range(IDLE)]
    await commit(plane, history, filler)
    for _ in range(150):
        for _ in range(chance.choice([0, 0, 0, 1, 2, 8])):
            items = [
                an_item(f"{kind}/{key}", len(history.states), document)
                for kind, key, document in some_changes(chance)
            ]
            await commit(plane, history, EnvironmentChange("e", len(history.states), tuple(items)))
        if chance.random() < 0.5:
            opened.append(await plane.open())
        await asyncio.sleep(0)
    await until(lambda: all(stream.version == len(history.states) - 1 for _, stream in opened))
    for transport, _ in [*opened[::50], *opened[IDLE:]]:
        compare(transport, history)


async def commit(plane: Plane, history: History, change: EnvironmentChange) -> None:
    history.take([change])
    plane.delivery.advance([change])
    plane.delivery.announce([change])


def compare(transport: Transport, history: History) -> None:
    """Read everything that a stream was given, event after event."""
    left, right = socket.socketpair()
    with right, Wire(left) as wire:
        sender = threading.Thread(target=lambda: (right.sendall(transport.text), right.close()))
        sender.start()
        sdk, version = Sdk(), 0
        with suppress(EOFError):
            while True:
                sdk.apply(wire.read_event())
                version = history.find_version(sdk.state, version)
        sender.join()
    assert sdk.state == history.states[-1]
