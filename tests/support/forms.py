"""The Python client with all methods in one of their forms, behind the signatures of the plain one."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from launch_darkly_python_sdk import LaunchDarkly, RawResponse


@dataclass(frozen=True)
class Form:
    """Awaited or not, raw or not."""

    awaited: bool
    raw: bool

    def __str__(self) -> str:
        return "-".join(["awaited"] * self.awaited + ["raw"] * self.raw) or "plain"


FORMS = [Form(awaited, raw) for awaited in (False, True) for raw in (False, True)]


@dataclass(frozen=True)
class FormedClient:
    """Has the attributes of a client; what it calls, it calls in the given form."""

    client: LaunchDarkly
    runner: asyncio.Runner
    form: Form

    def __getattr__(self, group: str) -> "FormedGroup":
        return FormedGroup(self, getattr(self.client, group))


@dataclass(frozen=True)
class FormedGroup:
    """A group of methods."""

    client: FormedClient
    group: Any

    def __getattr__(self, method: str) -> "FormedMethod":
        return FormedMethod(self.client, self.group, method)


@dataclass(frozen=True)
class FormedMethod:
    """A method, called as the plain one is, and answering what the plain one answers."""

    client: FormedClient
    group: Any
    name: str

    def __call__(self, **arguments: Any) -> Any:
        form = self.client.form
        group = self.group.raw if form.raw else self.group
        if form.awaited:
            answer = self.client.runner.run(getattr(group, f"a{self.name}")(**arguments))
        else:
            answer = getattr(group, self.name)(**arguments)
        if form.raw:
            assert isinstance(answer, RawResponse)
            assert answer.status in (200, 201, 204)
            assert answer.round_trip_time > 0
            return answer.body
        return answer

    def iter(self, **arguments: Any) -> Iterator[Any]:
        if not self.client.form.awaited:
            return iter(getattr(self.group, self.name).iter(**arguments))
        walk = getattr(self.group, f"a{self.name}").iter(**arguments)
        return iter(self.client.runner.run(_collect(walk)))


async def _collect(walk: AsyncIterator[Any]) -> list[Any]:
    return [item async for item in walk]
