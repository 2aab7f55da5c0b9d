"""Big segments for relays: a poll for what came after a cursor, and a stream of what comes.

A relay fills the store that its SDKs read. It polls until there is nothing more, opens the stream, and polls
once more. Its streams are few, so they are ordinary answers.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import msgspec
from falcon.asgi import Request, Response, SSEvent

from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.feeds import Feeds
from flagstaff.features.segments.revisions import Patch, find_end, read_patches
from flagstaff.kernel.errors import ApiError

HEARTBEAT = 30.0  # seconds; a relay waits for five minutes


async def get_revisions(request: Request, response: Response, delivery: Delivery, _: dict[str, str]) -> None:
    """`[{"environmentId", "segmentId", "version", "previousVersion", "changes"}]`, at the end `[]`."""
    credential = await delivery.admission.authenticate(request.get_header("Authorization"))
    after = request.get_param("after") or ""
    read = partial(read_patches, environment_id=credential.environment_id, after=after)
    response.content_type = "application/json"
    response.set_header("Cache-Control", "no-cache")
    response.data = msgspec.json.encode(await delivery.database.read(read))


async def get_revision_stream(
    request: Request, response: Response, delivery: Delivery, _: dict[str, str]
) -> None:
    """The same as events, from now on."""
    authorization = request.get_header("Authorization")
    credential = await delivery.admission.authenticate(authorization)
    end = await delivery.database.read(partial(find_end, environment_id=credential.environment_id))
    response.set_header("Cache-Control", "no-cache, no-store, must-revalidate")
    response.sse = _emit(delivery, authorization, credential.environment_id, end)


async def _emit(
    delivery: Delivery, authorization: str | None, environment_id: str, cursor: str
) -> AsyncIterator[SSEvent | None]:
    """Events until the key ends or the server does; None is a heartbeat."""
    feeds: Feeds = delivery.feeds
    with feeds.following(environment_id) as news:
        yield None  # the head is sent with the first event
        while not feeds.closing:
            patches = await _read(delivery, environment_id, cursor)
            if patches:
                cursor = patches[-1].version
                yield SSEvent(event="patch", data=msgspec.json.encode(patches))
                continue
            if not await _wait(news):
                yield None
            try:
                await delivery.admission.authenticate(authorization)
            except ApiError:
                return


async def _read(delivery: Delivery, environment_id: str, after: str) -> list[Patch]:
    try:
        return await delivery.database.read(partial(read_patches, environment_id=environment_id, after=after))
    except ApiError:  # the database cannot be read; there will be another look
        return []


async def _wait(news: asyncio.Event) -> bool:
    """Wait for news, and tell whether there are any; None for long is a reason to look all the same."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            await news.wait()
    except TimeoutError:
        return False
    news.clear()
    return True
