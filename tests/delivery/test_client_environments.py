"""Environments by their client-side ID."""

import asyncio
from collections.abc import Callable

import pytest

from flagstaff.delivery.client_environments import ClientEnvironment, ping_entry
from flagstaff.delivery.keyring import MOST_ASKED, MOST_REFUSED
from flagstaff.evaluation.context import parse_context
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.store import ENVIRONMENTS
from flagstaff.kernel.errors import InvalidRequest, NotFound, Unavailable
from flagstaff.storage.credentials import SDK, Credential
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import CredentialChange, Transaction
from tests.delivery.planes import Plane, settle, until

KEY = "sdk-01234567-89ab-cdef-0123-456789abcdef"
CREDENTIAL = Credential(digest(KEY), "e", SDK, b"", 1_000)
SECURE = ClientEnvironment("e", secure_mode=True, keys=((CREDENTIAL, KEY),))


def save(secure_mode: bool = False) -> Callable[[Transaction], None]:
    def unit(tx: Transaction) -> None:
        members = {"project_id": "p", "key": "test", "name": "Test", "color": "000000", "created": 1}
        environment = Environment(id="e", secure_mode=secure_mode, **members)
        apply_write(tx, Write(ENVIRONMENTS, None, environment))
        tx.effects.append(CredentialChange("e"))

    return unit


@pytest.mark.parametrize(
    ("kind", "secure_hash"),
    [
        ("user", "73df666a13f2c474e50aa34ca5a761e89abb737fb139ff65fdde7fa85c9dcacd"),
        ("other", "98a933ca26d2951547fc021981ebcdeda95fbca2ac3f767ae67f7042d5458f72"),
    ],
)
def test_hashes_are_those_that_sdks_make(kind: str, secure_hash: str) -> None:
    context = parse_context({"kind": kind, "key": "user-key-123"})
    assert SECURE.admit(context, secure_hash, 999) == digest(KEY)
    for wrong in ("", secure_hash.upper(), secure_hash[:-1], secure_hash + "0", "ü\ud800"):
        with pytest.raises(InvalidRequest):
            SECURE.admit(context, wrong, 999)
    with pytest.raises(InvalidRequest):
        SECURE.admit(context, secure_hash, 1_000)


def test_a_key_that_is_no_text_is_refused_like_any_other() -> None:
    with pytest.raises(InvalidRequest):
        SECURE.admit(parse_context(b'{"kind":"user","key":"\\ud800"}'), "abc", 0)


def test_who_has_no_context_has_nothing_to_prove() -> None:
    assert SECURE.admit(None, "", 0) == ping_entry("e")
    assert SECURE.entries == {ping_entry("e")}


def test_without_secure_mode_the_client_side_id_lets_in() -> None:
    environment = ClientEnvironment("e", secure_mode=False, keys=())
    assert environment.admit(parse_context({"key": "a"}), "wrong", 0) in environment.entries


async def test_an_environment_is_asked_for_once_until_it_changes(plane: Plane) -> None:
    await plane.reset_key(KEY)
    await plane.database.write(save(secure_mode=True))
    environments = plane.delivery.client_environments
    assert environments.find("e") is None
    found = await environments.get("e")
    assert [secret for _, secret in found.keys] == [KEY]
    reads = plane.database.reads
    assert environments.find("e") is await environments.get("e") is found
    assert plane.database.reads == reads
    await plane.reset_key(KEY + "2")
    assert [secret for _, secret in (await environments.get("e")).keys] == [KEY + "2"]


async def test_an_unknown_one_is_refused_after_the_database_was_asked_and_for_a_second(plane: Plane) -> None:
    plane.clock.stop()
    environments = plane.delivery.client_environments
    for _ in range(3):
        with pytest.raises(NotFound):
            await environments.get("e")
    assert plane.database.reads == 1
    plane.write_elsewhere(save())
    with pytest.raises(NotFound):
        await environments.get("e")
    plane.clock.ahead += 1_000
    assert (await environments.get("e")).id == "e"


async def test_one_that_is_made_here_is_known_at_once(plane: Plane) -> None:
    plane.clock.stop()
    with pytest.raises(NotFound):
        await plane.delivery.client_environments.get("e")
    await plane.database.write(save())
    assert (await plane.delivery.client_environments.get("e")).id == "e"


async def test_what_can_be_no_id_is_refused_without_a_question(plane: Plane) -> None:
    with pytest.raises(NotFound):
        await plane.delivery.client_environments.get("e" * 65)
    assert plane.database.reads == 0


async def test_so_many_may_wait_for_the_database_and_no_more(plane: Plane) -> None:
    environments = plane.delivery.client_environments
    with plane.held_readers() as go:
        asked = [asyncio.ensure_future(environments.get(f"e{number}")) for number in range(MOST_ASKED)]
        again = asyncio.ensure_future(environments.get("e0"))
        await settle()
        with pytest.raises(Unavailable):
            await environments.get("one-more")
        go.set()
        answers = await asyncio.gather(*asked, again, return_exceptions=True)
    assert all(isinstance(answer, NotFound) for answer in answers)


async def test_refusals_are_not_kept_without_bound(plane: Plane) -> None:
    plane.clock.stop()
    environments = plane.delivery.client_environments
    for number in range(MOST_REFUSED + 1):
        environments._refuse(str(number))
    assert len(environments._refused) == MOST_REFUSED


async def test_a_change_while_it_is_read_is_read_too(plane: Plane) -> None:
    await plane.database.write(save())
    environments = plane.delivery.client_environments
    with plane.held_readers() as go:
        asked = asyncio.ensure_future(environments.get("e"))
        await settle()
        reads = plane.database.reads
        environments.advance("e")
        go.set()
        assert (await asked).id == "e"
    assert plane.database.reads == reads + 1


async def test_keys_that_will_expire_are_watched(plane: Plane) -> None:
    await plane.reset_key(KEY)
    await plane.reset_key(KEY + "2", expires=plane.clock() + 3_600_000)
    await plane.database.write(save(secure_mode=True))
    plane.delivery.keyring.advance("e")
    await plane.delivery.client_environments.get("e")
    await until(lambda: plane.delivery.keyring.find(KEY, SDK))
