"""When tokens and sessions were last used, and members seen: noted in memory, written down once a minute."""

from flagstaff.features.accounts.members.model import Sighting
from flagstaff.features.accounts.members.sightings import save_sightings
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
        self._members: dict[str, Sighting] = {}

    def note(self, identity: Identity) -> None:
        """A call of this caller was answered."""
        now, actor = self._database.clock(), identity.actor
        if identity.session_id:
            self._sessions[identity.session_id] = now
        elif actor.token_id:
            self._tokens[actor.token_id] = now
        if actor.member_id:
            self._members[actor.member_id] = Sighting(now, actor.token_id)

    async def save_uses(self, database: Database) -> None:
        """Write down what is noted; keep it where the database cannot take it now."""
        noted = self._tokens, self._sessions, self._members
        self._tokens, self._sessions, self._members = {}, {}, {}
        if not any(noted):
            return

        def save(tx: Transaction) -> None:
            tokens.save_uses(tx, noted[0])
            sessions.save_uses(tx, noted[1])
            save_sightings(tx, noted[2])

        try:
            await database.write(save)
        except ApiError:
            self._tokens = noted[0] | self._tokens
            self._sessions = noted[1] | self._sessions
            self._members = noted[2] | self._members
            raise
