"""The SDK and mobile keys that this process knows, and what becomes of their streams when they end.

An unknown key is refused only after the database was asked: some SDKs stop for ever at a 401.
"""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from flagstaff.delivery.alarms import Alarm
from flagstaff.delivery.background import Background
from flagstaff.kernel.clock import Clock, Millis
from flagstaff.kernel.errors import Unauthorized, Unavailable
from flagstaff.storage.credentials import Credential, find_credential, list_credentials
from flagstaff.storage.database import Database
from flagstaff.storage.secrets import digest

PREFIX = "api_key "  # some SDKs write it before the key
MOST_ASKED = 32  # unknown keys that may wait for the database at once
MOST_REFUSED = 1_000  # answers of the last second that are kept
REFUSED_FOR: Millis = 1_000
RETRY = 1.0  # seconds after which an environment's keys are read again

Keys = frozenset[bytes]
log = structlog.get_logger()


def read_key(authorization: str | None) -> str:
    """The key in an Authorization header; raises Unauthorized where there cannot be one."""
    key = (authorization or "").lstrip().removeprefix(PREFIX).strip()
    if not key or " " in key:
        raise Unauthorized("The Authorization header must hold an SDK key, without a scheme")
    return key


class Keyring:
    """`changed` is called with an environment and the digests of all keys that still open it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        background: Background,
        changed: Callable[[str, Keys], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._background = background
        self._changed = changed
        self._known: dict[bytes, Credential] = {}
        self._refused: dict[bytes, Millis] = {}
        self._asked: dict[bytes, asyncio.Task[Credential | None]] = {}
        self._alarms: dict[str, Alarm] = {}  # by environment: when its next key expires
        self._changes = 0

    @property
    def environments(self) -> set[str]:
        """Those of which keys are known."""
        return {credential.environment_id for credential in self._known.values()}

    def find(self, key: str, kind: str) -> Credential | None:
        """The valid credential if it is known already."""
        credential = self._known.get(digest(key))
        return credential if credential and self._admits(credential, kind) else None

    async def get(self, key: str, kind: str) -> Credential:
        """The valid credential; raises Unauthorized, or Unavailable when the database cannot be asked."""
        credential = self.find(key, kind) or await self._ask(key)
        if credential is None or not self._admits(credential, kind):
            raise Unauthorized("Unknown SDK key")
        return credential

    def advance(self, environment_id: str) -> None:
        """Forget what a unit has made uncertain."""
        self._changes += 1
        self._refused.clear()
        for credential in [known for known in self._known.values() if known.environment_id == environment_id]:
            del self._known[credential.digest]

    def reread(self, environment_id: str) -> None:
        """Ask the database which keys an environment has now, and tell."""
        self._background.start(self._reread(environment_id))

    def close(self) -> None:
        for alarm in self._alarms.values():
            alarm.cancel()

    def _admits(self, credential: Credential, kind: str) -> bool:
        return credential.kind == kind and credential.is_valid(self._clock())

    async def _ask(self, key: str) -> Credential | None:
        found = digest(key)
        if 0 <= self._clock() - self._refused.get(found, -REFUSED_FOR) < REFUSED_FOR:
            return None
        task = self._asked.get(found)
        if task is None:
            if len(self._asked) >= MOST_ASKED:
                raise Unavailable("Too many unknown keys at once; try again", retry_after=1)
            task = self._asked[found] = self._background.start(self._look_up(found, key))
        return await asyncio.shield(task)

    async def _look_up(self, found: bytes, key: str) -> Credential | None:
        try:
            while True:
                changes = self._changes
                credential = await self._database.read(partial(find_credential, secret=key))
                if changes == self._changes:
                    break
        finally:
            del self._asked[found]
        if credential is None or not credential.is_valid(self._clock()):
            self._refuse(found)
            return None
        self._remember(credential)
        return credential

    def _refuse(self, found: bytes) -> None:
        while len(self._refused) >= MOST_REFUSED:
            del self._refused[next(iter(self._refused))]
        self._refused[found] = self._clock()

    def _remember(self, credential: Credential) -> None:
        self._known[credential.digest] = credential
        if credential.expires:
            self._alarm_of(credential.environment_id).set(credential.expires)

    def _alarm_of(self, environment_id: str) -> Alarm:
        """What has the keys of the environment read again."""
        if environment_id not in self._alarms:
            self._alarms[environment_id] = Alarm(self._clock, partial(self.reread, environment_id))
        return self._alarms[environment_id]

    async def _reread(self, environment_id: str) -> None:
        while True:
            changes = self._changes
            try:
                found = await self._database.read(partial(list_credentials, environment_id=environment_id))
            except Exception:
                log.exception("keys_not_read", environment_id=environment_id)
                await asyncio.sleep(RETRY)
                continue
            if changes == self._changes:
                break
        now = self._clock()
        for credential in found:
            self._known.pop(credential.digest, None)
            if credential.is_valid(now):
                self._remember(credential)
        self._changed(environment_id, frozenset(one.digest for one in found if one.is_valid(now)))
