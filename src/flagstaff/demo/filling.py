"""Makes a new installation with the demo's shop: every change is a call of the API, made in this process."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec
import structlog
from msgspec.structs import replace

from flagstaff.app import SYSTEM_IDS, Server, build_server, open_database, system_clock
from flagstaff.config import ROLES, Config
from flagstaff.demo.content import Content, Person, Step, Traffic, load_content, name_ids
from flagstaff.demo.traffic import DAY, list_batches
from flagstaff.features.system.first_start import Owner, create_installation
from flagstaff.http.work_pool import WorkPool
from flagstaff.intake.payload import read_payload
from flagstaff.kernel.clock import Millis
from flagstaff.storage.installation_key import open_secret_key

BEGUN = 30  # days ago
NO_PASSWORD = ""  # the hash of those who cannot sign in with one
BETWEEN = 7 * 60_000  # milliseconds from one step to the next


@dataclass
class PastClock:
    """Shows the moment at which something of the shop's history happens."""

    now: Millis

    def __call__(self) -> Millis:
        return self.now


def make_demo(config: Config, owner: Owner) -> None:
    """Make the account as a first start does, and fill it; raises Conflict if there is one.

    Nothing of it depends on the settings: whatever the roles of this process are, and whoever gets its mail.
    """
    now = system_clock()
    clock = PastClock(now - BEGUN * DAY)
    key = open_secret_key(config.files)
    plain = replace(config, mail_server=None, roles=ROLES)
    with _quiet(), closing(open_database(plain, clock)) as database:
        database.write_now(lambda tx: create_installation(tx, owner, key))
        server = build_server(plain, database, WorkPool(1, perform=lambda _: NO_PASSWORD))
        asyncio.run(_fill(server, _Story(load_content(), clock, now, owner.token)))


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing of the story is said in the log, which is about what happens now."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("error"))
    try:
        yield
    finally:
        structlog.configure(**before)


@dataclass
class _Story:
    """What is told, and how far it is; `who` are the headers by which each person calls."""

    content: Content
    clock: PastClock
    now: Millis
    token: str
    ids: dict[str, str] = field(default_factory=dict)
    who: dict[str, dict[str, str]] = field(default_factory=dict)


async def _fill(server: Server, story: _Story) -> None:
    server.database.start()
    server.intake.start()
    transport, base_url = httpx.ASGITransport(server.asgi), server.config.base_url
    try:
        async with httpx.AsyncClient(transport=transport, base_url=base_url, trust_env=False) as client:
            story.who[""] = {"Authorization": story.token}
            await _invite(client, story)
            for step in story.content.steps:
                await _take(client, story, step)
            for traffic in story.content.traffic:
                await _send(client, server, story, traffic)
    finally:
        server.dispatcher.edge.hashing.close()
        await server.intake.stop()
        await server.database.stop()


async def _call(
    client: httpx.AsyncClient, call: str, headers: dict[str, str], body: Any = None
) -> httpx.Response:
    """The answer to a call; raises HTTPStatusError where the API refuses it."""
    method, path = call.split(" ", 1)
    content = b"" if body is None else msgspec.json.encode(body)
    sent = {**headers, "Content-Type": "application/json"}
    answer = await client.request(method, path, headers=sent, content=content)
    client.cookies.clear()
    if answer.is_error:
        raise httpx.HTTPStatusError(f"{call}: {answer.text}", request=answer.request, response=answer)
    return answer


async def _invite(client: httpx.AsyncClient, story: _Story) -> None:
    people = story.content.people
    posts = [{"email": person.email, "role": person.role} for person in people]
    answer = await _call(client, "POST /api/v2/members", story.who[""], posts)
    for person, item in zip(people, answer.json()["items"], strict=True):
        story.ids[person.name] = item["_id"]
        if person.joins:
            story.clock.now += BETWEEN
            story.who[person.name] = await _join(client, person, item["_links"]["invitation"]["href"])


async def _join(client: httpx.AsyncClient, person: Person, link: str) -> dict[str, str]:
    """Accept an invitation, and make a token to call with from now on.

    The session would be over before the next step, which comes days later. The password that is asked for
    is never hashed: these people cannot sign in.
    """
    names = {"firstName": person.first_name, "lastName": person.last_name}
    body = {**names, "password": SYSTEM_IDS.secret("demo")}
    origin = {"Origin": str(client.base_url).rstrip("/")}
    answer = await _call(client, f"POST /auth/invitations/{link.rsplit('/', 1)[1]}", origin, body)
    session = {**origin, "Cookie": answer.headers["Set-Cookie"].split(";", 1)[0]}
    token = {"name": f"{person.first_name}'s scripts", "role": person.role}
    answer = await _call(client, "POST /api/v2/tokens", session, token)
    return {"Authorization": answer.json()["token"]}


async def _take(client: httpx.AsyncClient, story: _Story, step: Step) -> None:
    story.clock.now += BETWEEN
    if step.days_ago is not None:
        story.clock.now = story.now - int(step.days_ago * DAY)
    await _call(client, step.call, story.who[step.person], name_ids(step.body, story.ids))


async def _send(client: httpx.AsyncClient, server: Server, story: _Story, traffic: Traffic) -> None:
    """Events are dated by when they come: these go past the route, which would take them as of now."""
    path = f"GET /api/v2/projects/default/environments/{traffic.environment}"
    environment_id = (await _call(client, path, story.who[""])).json()["_id"]
    headers = {
        "user-agent": "PythonClient/9.12.1",
        "x-launchdarkly-event-schema": "4",
        "x-launchdarkly-tags": f"application-id/{traffic.application} application-version/{traffic.version}",
    }
    batches = list_batches(traffic, story.content.contexts, story.now)
    payloads = [(read_payload(environment_id, "server", headers, at), events) for at, events in batches]
    await asyncio.gather(*(server.intake.take(payload, _whole(events), "") for payload, events in payloads))


async def _whole(events: Any) -> AsyncIterator[bytes]:
    yield msgspec.json.encode(events)
