"""Who may see an environment: from the key that an SDK shows to the snapshot that it is given."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from flagstaff.delivery.keyring import Keyring, read_key
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.delivery.snapshots import Snapshots
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.credentials import SDK, Credential

Admitted = tuple[Credential, Snapshot]


@dataclass(frozen=True)
class Admission:
    """The same for streams, polls and event posts of server-side SDKs."""

    keyring: Keyring
    snapshots: Snapshots

    def find(self, authorization: str | None) -> Admitted | None:
        """Key and snapshot if both are at hand; raises Unauthorized where no key can be."""
        credential = self.keyring.find(read_key(authorization), SDK)
        snapshot = self.snapshots.find(credential.environment_id) if credential else None
        return (credential, snapshot) if credential and snapshot else None

    async def get(self, authorization: str | None) -> Admitted:
        """Key and snapshot, from the database if need be; both are of this moment.

        Raises Unauthorized, and Unavailable when the database cannot be asked.
        """
        while (admitted := self.find(authorization)) is None:
            credential = await self.authenticate(authorization)
            await self.snapshots.get(credential.environment_id)
        return admitted

    async def authenticate(self, authorization: str | None) -> Credential:
        """The key alone; raises like `get`."""
        return await self.keyring.get(read_key(authorization), SDK)


def check_filter(query: str) -> None:
    """Raise NotFound for a payload filter: none exists."""
    if "filter" in query and any(parse_qs(query).get("filter", ())):
        raise NotFound("Unknown payload filter")
