"""When tokens and sessions were last used: noted in memory, and written down once a minute."""

from collections.abc import Mapping

from flagstaff.features.accounts.sessions import store as sessions
from flagstaff.features.accounts.tokens import store as tokens
from flagstaff.http.identity import Identity
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import ApiError
from flagstaff.storage.database import Database
from flagstaff.storage.transaction import Transaction

OFTEN = 60.0  # seconds


class Uses:
    """Used on the event loop. What is noted since it was last written is lost when the process is killed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tokens: dict[str, Millis] = {}
        self._sessions: dict[str, Millis] = {}

    def note(self, identity: Identity) -> None:
        """A call of this caller was answered."""
        if identity.session_id:
            self._sessions[identity.session_id] = self._database.clock()
        elif identity.actor.token_id:
            self._tokens[identity.actor.token_id] = self._database.clock()

    async def save_uses(self, database: Database) -> None:
        """Write down what is noted; keep it where the database cannot take it now."""
        noted = self._tokens, self._sessions
        self._tokens, self._sessions = {}, {}
        if not any(noted):
            return
        try:
            await database.write(lambda tx: _save(tx, *noted))
        except ApiError:
            self._tokens = noted[0] | self._tokens
            self._sessions = noted[1] | self._sessions
            raise


def _save(tx: Transaction, token_uses: Mapping[str, Millis], session_uses: Mapping[str, Millis]) -> None:
    tokens.save_uses(tx, token_uses)
    sessions.save_uses(tx, session_uses)
