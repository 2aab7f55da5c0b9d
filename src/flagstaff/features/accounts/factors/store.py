"""Second factors in the database: secrets encrypted, recovery codes as digests, and no code taken twice."""

from flagstaff.features.accounts.factors.model import (
    RECOVERY_BYTES,
    RECOVERY_CODES,
    SECRET_BYTES,
    encode_recovery_code,
    encode_secret,
    find_step,
    is_by_clock,
    plain_code,
)
from flagstaff.features.accounts.model import Member
from flagstaff.kernel.errors import Conflict, InvalidCode, NotFound, SecondFactorRequired, WrongCode
from flagstaff.storage.kept_secrets import find_secret, forget_secret, keep_secret
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


def begin_factor(tx: Transaction, member: Member, key: SecretKey) -> str:
    """A new secret, which counts once it is confirmed; raises Conflict where there is a factor."""
    if has_factor(tx, member.id):
        raise Conflict("There is a second factor already; turn it off first")
    secret = encode_secret(tx.ids.draw(SECRET_BYTES))
    keep_secret(tx, owner_of(member), secret, key)
    tx.run(
        "INSERT INTO second_factors (member_id, is_on, created, last_step) VALUES (:id, 0, :now, 0) "
        "ON CONFLICT (member_id) DO UPDATE SET created = :now, last_step = 0",
        id=member.id,
        now=tx.now,
    )
    return secret


def confirm_factor(tx: Transaction, member: Member, code: str, key: SecretKey) -> list[str]:
    """Turn the factor on and return recovery codes; raises WrongCode, or NotFound if none was begun."""
    if tx.one("SELECT 1 FROM second_factors WHERE member_id = :id AND NOT is_on", id=member.id) is None:
        raise NotFound("No second factor was begun")
    if not _use_step(tx, member, plain_code(code), key):
        raise WrongCode
    tx.run("UPDATE second_factors SET is_on = 1 WHERE member_id = :id", id=member.id)
    codes = [encode_recovery_code(tx.ids.draw(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)]
    tx.run("DELETE FROM recovery_codes WHERE member_id = :id", id=member.id)
    tx.run_many(
        "INSERT INTO recovery_codes (member_id, digest) VALUES (:id, :digest)",
        [{"id": member.id, "digest": digest(plain_code(found))} for found in codes],
    )
    return codes


def remove_factor(tx: Transaction, member: Member) -> None:
    """Turn the factor off, or give up one that was begun; raises NotFound where there is none."""
    if tx.one("SELECT 1 FROM second_factors WHERE member_id = :id", id=member.id) is None:
        raise NotFound("There is no second factor")
    forget_factor(tx, member)
