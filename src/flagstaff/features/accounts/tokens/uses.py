"""When tokens were last used: noted in memory after each call, and written down from time to time."""

from flagstaff.features.accounts.tokens.store import save_uses
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import ApiError
from flagstaff.storage.database import Database

OFTEN = 60.0  # seconds


class TokenUses:
    """Used on the event loop. What is noted since it was last written is lost when the process is killed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[str, Millis] = {}

    def note(self, token_id: str) -> None:
        """A call with the token was answered."""
        self._noted[token_id] = self._database.clock()

    async def save_token_uses(self, database: Database) -> None:
        """Write down what is noted; keep it where the database cannot take it now."""
        noted, self._noted = self._noted, {}
        if not noted:
            return
        try:
            await database.write(lambda tx: save_uses(tx, noted))
        except ApiError:
            self._noted = noted | self._noted
            raise
