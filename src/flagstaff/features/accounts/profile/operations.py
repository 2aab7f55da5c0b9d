"""One's own password and second factor over REST: the handlers, then one row per operation."""

from flagstaff.features.accounts.factors import store as factors
from flagstaff.features.accounts.factors.model import describe_secret
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.profile.proving import Proof, prove_password
from flagstaff.features.accounts.profile.schemas import (
    FactorConfirmation,
    FactorRep,
    OwnPassword,
    PasswordPut,
    RecoveryCodesRep,
)
from flagstaff.features.accounts.sessions.opening import enter
from flagstaff.features.accounts.store import (
    describe_member,
    find_member,
    find_password_hash,
    note_member,
    save_password,
)
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Operation
from flagstaff.kernel.errors import Unauthorized, WrongPassword

TOTP = "/auth/totp"


def put_password(call: Call) -> None:
    """Choose a new password. Every session ends but for this one, which gets a new cookie."""
    member, proof = _proven(call)
    entry = describe_member(member, "changed the password of", "updatePassword", call.actor)
    enter(call, save_password(call.tx, member, member, proof.new_hash, entry))


def begin_second_factor(call: Call) -> FactorRep:
    """Make the secret of a second factor, which is not asked for until a first code has confirmed it."""
    member = _own(call)
    secret = factors.begin_factor(call.tx, member, call.installation.secret_key)
    return FactorRep(secret, describe_secret(secret, member.email))


def confirm_second_factor(call: Call) -> RecoveryCodesRep:
    """Turn the second factor on: signing in then takes a code. The answer alone shows recovery codes."""
    body: FactorConfirmation = call.body
    member = _own(call)
    codes = factors.confirm_factor(call.tx, member, body.code, call.installation.secret_key)
    note_member(
        call.tx, member, describe_member(member, "turned on the second factor of", "updateMfa", call.actor)
    )
    return RecoveryCodesRep(codes)


def delete_second_factor(call: Call) -> None:
    """Turn the second factor off."""
    member, _ = _proven(call)
    factors.remove_factor(call.tx, member)
    note_member(
        call.tx, member, describe_member(member, "turned off the second factor of", "updateMfa", call.actor)
    )


def _own(call: Call) -> Member:
    member = find_member(call.tx, call.actor.member_id)
    if member is None:
        raise Unauthorized
    return member


def _proven(call: Call) -> tuple[Member, Proof]:
    """The caller, whose password has been proven; it may have changed since."""
    member, proof = _own(call), call.prepared
    if proof.member_id != member.id or find_password_hash(call.tx, member) != proof.compared:
        raise WrongPassword
    return member, proof


GROUP = "profile"
OPERATIONS = (
    Operation(
        put_password,
        "PUT",
        "/auth/password",
        (GROUP, "change_password"),
        ANY_CALLER,
        body=PasswordPut,
        status=204,
        session=True,
        prepare=prove_password,
    ),
    Operation(
        begin_second_factor,
        "POST",
        TOTP,
        (GROUP, "begin_second_factor"),
        ANY_CALLER,
        answer=FactorRep,
        session=True,
    ),
    Operation(
        confirm_second_factor,
        "POST",
        TOTP + "/confirm",
        (GROUP, "confirm_second_factor"),
        ANY_CALLER,
        body=FactorConfirmation,
        answer=RecoveryCodesRep,
        session=True,
        errors=(404,),
    ),
    Operation(
        delete_second_factor,
        "DELETE",
        TOTP,
        (GROUP, "delete_second_factor"),
        ANY_CALLER,
        body=OwnPassword,
        status=204,
        errors=(404,),
        session=True,
        prepare=prove_password,
    ),
)
