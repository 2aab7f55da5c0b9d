"""Who may see an environment: from the key that an SDK shows to the snapshot that it is given."""

import msgspec

from flagstaff.delivery.client_requests import find_parameter
from flagstaff.delivery.filters import Filters
from flagstaff.delivery.keyring import Keyring, read_key
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.delivery.snapshots import Snapshots
from flagstaff.storage.credentials import SDK, Credential

Admitted = tuple[Credential, Snapshot]


class Admission(msgspec.Struct, frozen=True):
    """The same for streams, polls and event posts of server-side SDKs."""

    keyring: Keyring
    snapshots: Snapshots
    filters: Filters

    def find(self, authorization: str | None, filter_key: str = "") -> Admitted | None:
        """Key and snapshot if both are at hand; raises Unauthorized where no key can be."""
        credential = self.keyring.find(read_key(authorization), SDK)
        snapshot = self.snapshots.find(credential.environment_id) if credential else None
        part = self.filters.find(snapshot, filter_key) if snapshot else None
        return (credential, part) if credential and part else None

    async def get(self, authorization: str | None, filter_key: str = "") -> Admitted:
        """Key and snapshot, from the database if need be; both are of this moment.

        Raises Unauthorized, NotFound (payload filters) and Unavailable when the database cannot be asked.
        """
        while (admitted := self.find(authorization, filter_key)) is None:
            credential = await self.authenticate(authorization)
            await self.filters.get(await self.snapshots.get(credential.environment_id), filter_key)
        return admitted

    async def authenticate(self, authorization: str | None) -> Credential:
        """The key alone; raises like `get`."""
        return await self.keyring.get(read_key(authorization), SDK)


def read_filter(query: str) -> str:
    """The key of the payload filter in a query; empty where everything is asked for."""
    return find_parameter(query, "filter")
