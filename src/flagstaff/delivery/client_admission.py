"""Who may have flags evaluated: from the request of a client-side SDK to what it is answered with."""

import msgspec

from flagstaff.delivery.admission import read_filter
from flagstaff.delivery.client_data import ClientData, Prepared
from flagstaff.delivery.client_environments import ClientEnvironments
from flagstaff.delivery.client_requests import ClientRequest
from flagstaff.delivery.keyring import Keyring, read_key
from flagstaff.delivery.memberships import Memberships, bind
from flagstaff.delivery.turns import Turns
from flagstaff.evaluation.context import Context
from flagstaff.kernel.clock import Clock
from flagstaff.storage.credentials import MOBILE, SDK

HEADERS = {"all": SDK, "mobile": MOBILE}  # the kind of key in the Authorization header


class Admitted(msgspec.Struct, frozen=True, eq=False):
    """`entry` is the digest of what let the request in: a stream ends with it."""

    entry: bytes
    context: Context | None
    prepared: Prepared


class ClientAdmission(msgspec.Struct, frozen=True):
    """The same for streams, polls and event posts of client-side SDKs."""

    keyring: Keyring
    environments: ClientEnvironments
    data: ClientData
    turns: Turns
    memberships: Memberships
    clock: Clock

    async def get(self, request: ClientRequest) -> Admitted:
        """What the request is answered with, all of this moment; the caller evaluates before it waits again.

        Raises Unauthorized (keys), NotFound (client-side IDs, payload filters), InvalidRequest
        (context, secure mode), UnsupportedMediaType, and Unavailable when the database cannot be asked.
        """
        while True:
            environment_id = await self.authenticate(request)
            filter_key, context = read_filter(request.query), request.read_context()
            entry = self._find_entry(request, context)
            if entry is None:
                continue
            at_hand = self.data.find(environment_id, filter_key)
            if at_hand and not at_hand.dataset.big_segment_kinds and self.turns.take_now():
                return Admitted(entry, context, at_hand)
            before = await self.data.get(environment_id, filter_key)
            find = await self.memberships.find(before, context)
            await self.turns.take()
            # Keys, secure mode, data and memberships may have changed while it waited.
            entry = self._find_entry(request, context)
            prepared = bind(self.data.find(environment_id, filter_key), before, find)
            if entry is not None and prepared is not None:
                return Admitted(entry, context, prepared)

    async def authenticate(self, request: ClientRequest) -> str:
        """The environment alone; raises Unauthorized, NotFound and Unavailable."""
        if request.client in HEADERS:
            key = read_key(request.credential)
            return (await self.keyring.get(key, HEADERS[request.client])).environment_id
        return (await self.environments.get(request.credential or "")).id

    def _find_entry(self, request: ClientRequest, context: Context | None) -> bytes | None:
        """What lets the request in, or None if that must be looked up again; raises InvalidRequest."""
        if request.client in HEADERS:
            credential = self.keyring.find(read_key(request.credential), HEADERS[request.client])
            return credential.digest if credential else None
        environment = self.environments.find(request.credential or "")
        return environment.admit(context, request.secure_hash, self.clock()) if environment else None
