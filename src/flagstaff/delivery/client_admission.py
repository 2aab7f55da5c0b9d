"""Who may have flags evaluated: from the request of a client-side SDK to what it is answered with."""

import msgspec

from flagstaff.delivery.admission import read_filter
from flagstaff.delivery.client_data import ClientData, Prepared
from flagstaff.delivery.client_environments import ClientEnvironment, ClientEnvironments
from flagstaff.delivery.client_requests import ClientRequest
from flagstaff.delivery.keyring import Keyring, read_key
from flagstaff.delivery.memberships import Memberships, bind
from flagstaff.delivery.turns import Turns
from flagstaff.evaluation.context import Context
from flagstaff.kernel.clock import Clock
from flagstaff.storage.credentials import MOBILE, SDK, Credential

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
        admitted = self._find(request)
        while admitted is None:
            environment_id = await self.authenticate(request)
            filter_key, context = read_filter(request.query), request.read_context()
            before = await self.data.get(environment_id, filter_key)
            find = await self.memberships.find(before, context)
            await self.turns.take()
            # Keys, secure mode, data and memberships may have changed while it waited.
            holder = self._find_holder(request)
            prepared = bind(self.data.find(environment_id, filter_key), before, find)
            if holder is not None and prepared is not None:
                admitted = Admitted(self._admit(request, holder, context), context, prepared)
        return admitted

    async def authenticate(self, request: ClientRequest) -> str:
        """The environment alone; raises Unauthorized, NotFound and Unavailable."""
        if request.client in HEADERS:
            key = read_key(request.credential)
            return (await self.keyring.get(key, HEADERS[request.client])).environment_id
        return (await self.environments.get(request.credential or "")).id

    def _find(self, request: ClientRequest) -> Admitted | None:
        """All of it, if it is at hand and it is nobody else's turn."""
        holder = self._find_holder(request)
        if holder is None:
            return None
        context = request.read_context()
        entry = self._admit(request, holder, context)
        prepared = self.data.find(holder.environment_id, read_filter(request.query))
        if prepared is None or prepared.dataset.big_segment_kinds or not self.turns.take_now():
            return None
        return Admitted(entry, context, prepared)

    def _find_holder(self, request: ClientRequest) -> Credential | ClientEnvironment | None:
        """Whose the credential is, if that is known already."""
        if request.client in HEADERS:
            return self.keyring.find(read_key(request.credential), HEADERS[request.client])
        return self.environments.find(request.credential or "")

    def _admit(
        self, request: ClientRequest, holder: Credential | ClientEnvironment, context: Context | None
    ) -> bytes:
        """What lets the request in; raises InvalidRequest where the context must be proved and is not."""
        if isinstance(holder, Credential):
            return holder.digest
        return holder.admit(context, request.secure_hash, self.clock())
