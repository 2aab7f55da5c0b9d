"""Second factors in the database: secrets encrypted, recovery codes as digests, and no code taken twice."""

from flagstaff.features.accounts.factors.model import find_step, is_by_clock, plain_code
from flagstaff.features.accounts.model import Member
from flagstaff.kernel.errors import InvalidCode, SecondFactorRequired
from flagstaff.storage.kept_secrets import find_secret, forget_secret
from flagstaff.storage.secrets import SecretKey, digest
from flagstaff.storage.transaction import Transaction


def has_factor(tx: Transaction, member_id: str) -> bool:
    """Whether a member needs a code to sign in."""
    return tx.one("SELECT 1 FROM second_factors WHERE member_id = :id AND is_on", id=member_id) is not None


def check_code(tx: Transaction, member: Member, code: str, key: SecretKey) -> None:
    """Raise SecondFactorRequired or InvalidCode unless the member needs no code, or this is a right one.

    A right code is used up.
    """
    if not has_factor(tx, member.id):
        return
    plain = plain_code(code)
    if not plain:
        raise SecondFactorRequired
    is_right = (
        _use_step(tx, member, plain, key) if is_by_clock(plain) else _use_recovery_code(tx, member, plain)
    )
    if not is_right:
        raise InvalidCode


def forget_factor(tx: Transaction, member: Member) -> None:
    """Remove a member's factor with its recovery codes."""
    forget_secret(tx, owner_of(member))
    tx.run("DELETE FROM second_factors WHERE member_id = :id", id=member.id)
    tx.run("DELETE FROM recovery_codes WHERE member_id = :id", id=member.id)


def _use_step(tx: Transaction, member: Member, code: str, key: SecretKey) -> bool:
    """Whether the code is right and newer than any that was used: who has seen one cannot use it again."""
    secret = find_secret(tx, owner_of(member), key)
    step = find_step(secret, code, tx.now) if secret else None
    if step is None:
        return False
    used = "UPDATE second_factors SET last_step = :step WHERE member_id = :id AND last_step < :step"
    return tx.run(used, step=step, id=member.id) == 1


def _use_recovery_code(tx: Transaction, member: Member, code: str) -> bool:
    gone = "DELETE FROM recovery_codes WHERE member_id = :id AND digest = :digest"
    return tx.run(gone, id=member.id, digest=digest(code)) == 1


def owner_of(member: Member) -> str:
    """What the secret is kept as."""
    return f"totp/{member.id}"
