"""What an operator does for a member who has lost the second factor."""

from flagstaff.features.accounts.factors.store import remove_factor
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.sessions.store import end_sessions_of
from flagstaff.features.accounts.store import SYSTEM, describe_member, note_member
from flagstaff.storage.transaction import Transaction

SAID = "Removed on the command line"


def take_factor_away(tx: Transaction, member: Member) -> None:
    """Let a member sign in with the password alone; every session ends. Raises NotFound without a factor."""
    remove_factor(tx, member)
    end_sessions_of(tx, member)
    note_member(
        tx, member, describe_member(member, "turned off the second factor of", "updateMfa", SYSTEM, SAID)
    )
