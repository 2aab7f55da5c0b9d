"""From a request of a client to what it is answered with."""

import asyncio
from typing import Any

import pytest

from flagstaff.delivery.client_requests import ClientRequest
from flagstaff.kernel.errors import ApiError, InvalidRequest, NotFound, Unauthorized, UnsupportedMediaType
from flagstaff.storage.credentials import MOBILE
from flagstaff.storage.secrets import digest
from tests.delivery.planes import Plane, settle
from tests.delivery.test_client_environments import save

ADA = b'{"kind":"user","key":"ada"}'


def mobile(key: str = "mob-1", **members: Any) -> ClientRequest:
    return ClientRequest("mobile", key, **{"body": ADA} | members)


def browser(environment_id: str = "e", **members: Any) -> ClientRequest:
    return ClientRequest("environment_id", environment_id, **{"body": ADA} | members)


@pytest.fixture
async def known(plane: Plane) -> Plane:
    await plane.reset_key("mob-1", MOBILE)
    await plane.database.write(save())
    await plane.publish_flag("flag")
    return plane


@pytest.mark.parametrize("request_", [mobile(), mobile("api_key mob-1"), browser()])
async def test_a_known_client_is_given_context_and_data(known: Plane, request_: ClientRequest) -> None:
    admitted = await known.delivery.client_admission.get(request_)
    assert admitted.context is not None
    assert (admitted.context.keys, admitted.prepared.version) == ({"user": "ada"}, 1)
    assert admitted.entry == (digest("mob-1") if request_.client == "mobile" else digest("e"))


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (mobile("mob-2", body=b"bad"), Unauthorized),
        (mobile("Bearer mob-1"), Unauthorized),
        (mobile(query="filter=a", body=b"bad"), InvalidRequest),
        (mobile(query="filter=a"), NotFound),
        (browser("f", body=b"bad"), NotFound),
        (browser(body=b"bad"), InvalidRequest),
        (browser(content_type="text/html"), UnsupportedMediaType),
    ],
)
async def test_errors_come_in_their_order(
    known: Plane, request_: ClientRequest, error: type[ApiError]
) -> None:
    with pytest.raises(error):
        await known.delivery.client_admission.get(request_)


async def test_a_key_that_ends_while_data_are_loaded_opens_nothing(known: Plane) -> None:
    await known.delivery.keyring.get("mob-1", MOBILE)
    with known.held_readers() as go:
        asked = asyncio.ensure_future(known.delivery.client_admission.get(mobile()))
        await settle()
        await known.reset_key("mob-2", MOBILE, wait=False)
        go.set()
        with pytest.raises(Unauthorized):
            await asked


async def test_what_changes_while_somebody_waits_for_a_turn_is_in_his_answer(known: Plane) -> None:
    admission = known.delivery.client_admission
    await admission.get(browser())
    await admission.turns._queue.acquire()
    asked = asyncio.ensure_future(admission.get(browser()))
    await settle()
    await known.publish_flag("flag", on=True)
    admission.turns._queue.release()
    assert (await asked).prepared.version == 2
