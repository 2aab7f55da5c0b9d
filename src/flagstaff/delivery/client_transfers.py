"""Payload transfers of client-side SDKs: the results of one context, which is part of what the payload is."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

from flagstaff.delivery.client_data import Prepared
from flagstaff.delivery.client_requests import Client
from flagstaff.delivery.transfers import (
    BEHIND,
    CHANGED,
    CURRENT,
    MISSING,
    RESULT,
    Event,
    delete_object,
    finish,
    intend,
    put_object,
    read_basis,
)
from flagstaff.evaluation.context import Context
from flagstaff.evaluation.dataset import Result


class Asker(Protocol):
    """Whose results they are."""

    @property
    def client(self) -> Client: ...
    @property
    def context_json(self) -> bytes | None: ...
    @property
    def with_reasons(self) -> bool: ...


def name_results(asker: Asker, prepared: Prepared) -> str:
    """What tells the results of this asker from all others in the environment, whatever their version."""
    marks = b"%d%s" % (asker.with_reasons, asker.client.encode())
    seen = hashlib.blake2b(asker.context_json or b"", digest_size=12, key=marks).hexdigest()
    return f"{prepared.snapshot.environment_id}-{seen}"


def list_state(asker: Asker, prepared: Prepared, context: Context, basis: str) -> list[Event]:
    """Every result, or that there is nothing new."""
    payload_id, version = name_results(asker, prepared), prepared.version
    held = read_basis(basis, payload_id)
    if held == version:
        return [intend(payload_id, version, "none", CURRENT)]
    dataset = prepared.dataset
    keys = dataset.list_keys(asker.client)
    results = dataset.evaluate_some(
        keys, context, asker.with_reasons, only=asker.client, big_segments=prepared.big_segments
    )
    return [
        intend(payload_id, version, "xfer-full", BEHIND if held else MISSING),
        *(_encode(key, result, version) for key, result in results.items()),
        finish(payload_id, version),
    ]


def list_changes(
    asker: Asker, prepared: Prepared, changes: Sequence[tuple[str, Result | None]]
) -> list[Event]:
    """Results that differ from those before, None for one that is no longer seen."""
    payload_id, version = name_results(asker, prepared), prepared.version
    return [
        intend(payload_id, version, "xfer-changes", CHANGED),
        *(
            delete_object(RESULT, key, version) if result is None else _encode(key, result, version)
            for key, result in changes
        ),
        finish(payload_id, version),
    ]


def _encode(key: str, result: Result, version: int) -> Event:
    """The result itself has no version: its envelope has."""
    return put_object(RESULT, key, version, b'{"flagVersion":%d%s}' % (result.flag_version, result.members))
