"""When members were last seen: observations, which are no changes and leave no audit entry."""

from collections.abc import Mapping

from flagstaff.features.accounts.members.model import NEVER, Sighting
from flagstaff.storage.transaction import Transaction


def find_sighting(tx: Transaction, member_id: str) -> Sighting:
    row = tx.one("SELECT last_used, token_id FROM member_uses WHERE member_id = :id", id=member_id)
    return NEVER if row is None else Sighting(*row)


def list_sightings(tx: Transaction) -> dict[str, Sighting]:
    """When each member was last seen, as far as it has been written down."""
    rows = tx.all("SELECT member_id, last_used, token_id FROM member_uses")
    return {member_id: Sighting(at, token_id) for member_id, at, token_id in rows}


def save_sightings(tx: Transaction, seen: Mapping[str, Sighting]) -> None:
    """Write down when members were seen; those who are gone by now are passed over."""
    tx.run_many(
        "INSERT INTO member_uses (member_id, last_used, token_id) "
        "SELECT id, :at, :token FROM members WHERE id = :id "
        "ON CONFLICT (member_id) DO UPDATE SET last_used = excluded.last_used, token_id = excluded.token_id "
        "WHERE excluded.last_used > member_uses.last_used",
        [{"id": member_id, "at": one.at, "token": one.token_id} for member_id, one in seen.items()],
    )


def forget_sighting(tx: Transaction, member_id: str) -> None:
    tx.run("DELETE FROM member_uses WHERE member_id = :id", id=member_id)
