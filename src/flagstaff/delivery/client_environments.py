"""The environments that browsers name by their client-side ID, and the proof that secure mode asks for.

An unknown ID is refused only after the database was asked: SDKs take a 404 for good.
"""

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from flagstaff.delivery.background import Background
from flagstaff.delivery.keyring import MOST_ASKED, MOST_REFUSED, REFUSED_FOR
from flagstaff.evaluation.context import Context
from flagstaff.features.projects.environments.store import ENVIRONMENTS
from flagstaff.kernel.clock import Clock, Millis
from flagstaff.kernel.errors import InvalidRequest, NotFound, Unavailable
from flagstaff.storage.credentials import SDK, Credential, list_credentials
from flagstaff.storage.database import Database
from flagstaff.storage.secrets import SecretKey, digest
from flagstaff.storage.transaction import Transaction

LONGEST_ID = 64  # characters; ours have 24


@dataclass(frozen=True)
class ClientEnvironment:
    """What must be known of an environment to let browsers in. `keys` are its SDK keys with their text."""

    id: str
    secure_mode: bool
    keys: tuple[tuple[Credential, str], ...]

    @property
    def environment_id(self) -> str:
        """By the name that credentials have for it."""
        return self.id

    @cached_property
    def open_entry(self) -> bytes:
        """What lets everybody in while secure mode is off."""
        return digest(self.id)

    @property
    def entries(self) -> frozenset[bytes]:
        """What lets a stream of this environment stay open, beside its keys."""
        open_to = {ping_entry(self.id)} if self.secure_mode else {ping_entry(self.id), self.open_entry}
        return frozenset(open_to)

    def admit(self, context: Context | None, secure_hash: str, now: Millis) -> bytes:
        """What lets in whoever shows this; raises InvalidRequest where secure mode refuses the hash."""
        if context is None:
            return ping_entry(self.id)  # it carries nothing that could be proved
        if not self.secure_mode:
            return self.open_entry
        message = context.fully_qualified_key.encode(errors="surrogatepass")
        for credential, secret in self.keys:
            expected = hmac.digest(secret.encode(), message, "sha256").hex()
            matches = hmac.compare_digest(expected.encode(), secure_hash.encode(errors="replace"))
            if matches and credential.is_valid(now):
                return credential.digest
        raise InvalidRequest("Secure mode is on, and the hash of this context is missing or wrong")


def ping_entry(environment_id: str) -> bytes:
    return digest(f"ping {environment_id}")


class ClientEnvironments:
    """Remembers them; `watch` is called with one whose keys will expire."""

    def __init__(
        self,
        database: Database,
        secret_key: SecretKey,
        clock: Clock,
        background: Background,
        watch: Callable[[str], None],
    ) -> None:
        self._database = database
        self._secret_key = secret_key
        self._clock = clock
        self._background = background
        self._watch = watch
        self._known: dict[str, ClientEnvironment] = {}
        self._refused: dict[str, Millis] = {}
        self._asked: dict[str, asyncio.Task[ClientEnvironment | None]] = {}
        self._changes = 0

    @property
    def environments(self) -> set[str]:
        """Those that are known."""
        return set(self._known)

    def find(self, environment_id: str) -> ClientEnvironment | None:
        """The environment if it is known already."""
        return self._known.get(environment_id)

    async def get(self, environment_id: str) -> ClientEnvironment:
        """The environment; raises NotFound, or Unavailable when the database cannot be asked."""
        environment = self._known.get(environment_id) or await self._ask(environment_id)
        if environment is None:
            raise NotFound("Unknown client-side ID")
        return environment

    def advance(self, environment_id: str) -> None:
        """Forget what a unit has made uncertain."""
        self._changes += 1
        self._refused.clear()
        self._known.pop(environment_id, None)

    async def _ask(self, environment_id: str) -> ClientEnvironment | None:
        refused = self._refused.get(environment_id, -REFUSED_FOR)
        if len(environment_id) > LONGEST_ID or 0 <= self._clock() - refused < REFUSED_FOR:
            return None
        task = self._asked.get(environment_id)
        if task is None:
            if len(self._asked) >= MOST_ASKED:
                raise Unavailable("Too many unknown client-side IDs at once; try again", retry_after=1)
            task = self._asked[environment_id] = self._background.start(self._look_up(environment_id))
        return await asyncio.shield(task)

    async def _look_up(self, environment_id: str) -> ClientEnvironment | None:
        read = partial(_read, environment_id=environment_id, secret_key=self._secret_key)
        try:
            while True:
                changes = self._changes
                environment = await self._database.read(read)
                if changes == self._changes:
                    break
        finally:
            del self._asked[environment_id]
        if environment is None:
            self._refuse(environment_id)
            return None
        self._known[environment_id] = environment
        if any(credential.expires for credential, _ in environment.keys):
            self._watch(environment_id)
        return environment

    def _refuse(self, environment_id: str) -> None:
        while len(self._refused) >= MOST_REFUSED:
            del self._refused[next(iter(self._refused))]
        self._refused[environment_id] = self._clock()


def _read(tx: Transaction, *, environment_id: str, secret_key: SecretKey) -> ClientEnvironment | None:
    environment = ENVIRONMENTS.find(tx, "id = :id", id=environment_id)
    if environment is None:
        return None
    found = list_credentials(tx, environment_id) if environment.secure_mode else []
    keys = tuple((one, secret_key.decrypt(one.ciphertext)) for one in found if one.kind == SDK)
    return ClientEnvironment(environment_id, environment.secure_mode, keys)
