"""While eight writers change rules, segments and prerequisites, REST reads show only what some unit left."""

import asyncio
from collections.abc import Sequence
from typing import Any

from flagstaff.storage.transaction import Effect, EnvironmentChange
from tests.support.server import TestServer

WRITERS, ROUNDS = 8, 15
FLAGS = [f"flag-{number}" for number in range(WRITERS)]
SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"
Vector = tuple[int, ...]


class History:
    """How often each flag and the segment had been changed in `test`, after each unit."""

    def __init__(self, server: TestServer, environment_id: str) -> None:
        self.flags: list[Vector] = [(1,) * WRITERS]
        self.segment = [1]
        self._environment_id = environment_id
        self._advance = server.database.advance
        server.database.advance = self.take

    def take(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, EnvironmentChange) and effect.environment_id == self._environment_id:
                changed = {item.key for item in effect.items if item.kind == "flags"}
                latest = self.flags[-1]
                self.flags.append(tuple(latest[place] + (key in changed) for place, key in enumerate(FLAGS)))
                self.segment.append(self.segment[-1] + any(item.kind == "segments" for item in effect.items))
        self._advance(effects)


def patch_of(writer: int, number: int, first: dict[str, str]) -> list[dict[str, Any]]:
    """One unit: several members of one flag, which must be seen together or not at all."""
    variation = first[FLAGS[writer]]
    rule = {
        "variationId": variation,
        "description": str(number),
        "clauses": [
            {"attribute": "n", "op": "in", "values": [number]},
            {"attribute": "", "op": "segmentMatch", "values": ["some"]},
        ],
    }
    before = FLAGS[writer - 1]
    wanted = [{"key": before, "variationId": first[before]}] if writer and number % 3 else []
    return [
        {"kind": "replaceRules", "rules": [rule]},
        {"kind": "replaceTargets", "targets": [{"variationId": variation, "values": [f"user-{number}"]}]},
        {"kind": "turnFlagOn" if number % 2 else "turnFlagOff"},
        {"kind": "replacePrerequisites", "prerequisites": wanted},
    ]


def check_whole(shown: dict[str, Any]) -> None:
    """What one patch set stands together: rule, clause, target and switch have the same number."""
    if shown["rules"]:
        number = int(shown["rules"][0]["description"])
        assert shown["rules"][0]["clauses"][0]["values"] == [number]
        assert shown["targets"][0]["values"] == [f"user-{number}"]
        assert shown["on"] is bool(number % 2)


class Traffic:
    """Writers and readers of one server; what the readers saw is judged when all is done."""

    def __init__(self, server: TestServer, first: dict[str, str]) -> None:
        self._server = server
        self._first = first
        self._writing = WRITERS
        self.seen: list[list[Vector]] = []
        self.segments: list[tuple[int, int]] = []

    async def run(self) -> None:
        readers = [self._read_flags(), self._read_flags(), self._read_segment()]
        await asyncio.gather(*map(self._write, range(WRITERS)), *readers)

    async def _write(self, writer: int) -> None:
        for number in range(1, ROUNDS + 1):
            await self._patch(f"flags/default/{FLAGS[writer]}", patch_of(writer, number, self._first))
            if writer == 0:
                fill = [{"kind": "addIncludedTargets", "values": [f"user-{number}"]}]
                await self._patch("segments/default/test/some", fill)
        self._writing -= 1

    async def _patch(self, path: str, instructions: list[dict[str, Any]]) -> None:
        body = {"environmentKey": "test", "instructions": instructions}
        answer = await self._server.send("PATCH", f"/api/v2/{path}", json=body, content_type=SEMANTIC)
        assert answer.status == 200, answer.body

    async def _read_flags(self) -> None:
        vectors: list[Vector] = []
        self.seen.append(vectors)
        while self._writing:
            answer = await self._server.send("GET", "/api/v2/flags/default?env=test&summary=false&sort=key")
            shown = [item["environments"]["test"] for item in answer.json["items"]]
            for targeting in shown:
                check_whole(targeting)
            vectors.append(tuple(targeting["version"] for targeting in shown))

    async def _read_segment(self) -> None:
        while self._writing:
            segment = (await self._server.send("GET", "/api/v2/segments/default/test/some")).json
            self.segments.append((segment["version"], len(segment["included"])))


def test_every_read_is_of_the_state_after_some_unit(server: TestServer) -> None:
    first: dict[str, str] = {}
    for key in FLAGS:
        made = server.post("/api/v2/flags/default", {"key": key, "name": key}).json
        first[key] = made["variations"][0]["_id"]
    server.post("/api/v2/segments/default/test", {"key": "some", "name": "Some"})
    history = History(server, server.get("/api/v2/projects/default/environments/test").json["_id"])
    traffic = Traffic(server, first)
    server.run(traffic.run())
    for vectors in traffic.seen:
        since = 0
        for vector in vectors:
            assert vector in history.flags[since:], f"no unit from {since} on left {vector} behind"
            since = history.flags.index(vector, since)
    assert all(count == version - 1 for version, count in traffic.segments)
    assert history.flags[-1] == (ROUNDS + 1,) * WRITERS
    assert history.segment[-1] == ROUNDS + 1
