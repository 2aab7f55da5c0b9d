"""Storing who was seen: contexts, the instances they were evaluated in, attributes, and who was active."""

from flagstaff.intake.contexts import Application, Instance, Member
from flagstaff.intake.ledger import DAY, Ledger
from flagstaff.intake.names import ATTRIBUTES, KINDS, MINUTE
from flagstaff.intake.payload import Sender
from flagstaff.kernel.clock import Millis

HOUR = 3_600_000  # how exact last sights of attributes are
ACTIVE = "INSERT OR IGNORE INTO active_contexts VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
TOUCH_INSTANCE = """UPDATE context_instances SET last_seen = max(last_seen, ?), body = ?, anonymous_kinds = ?
    WHERE environment_id = ? AND id = ? AND application_id = ?"""
ADD_INSTANCE = """INSERT INTO context_instances (environment_id, id, application_id, kinds, anonymous_kinds,
    first_seen, last_seen, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
TOUCH_CONTEXT = """UPDATE contexts SET last_seen = max(last_seen, ?), name = ?, redacted = ?, body = ?
    WHERE environment_id = ? AND kind = ? AND key = ? AND application_id = ?"""
ADD_CONTEXT = """INSERT INTO contexts (environment_id, kind, key, application_id, name, first_seen, last_seen,
    redacted, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
ADD_MEMBER = "INSERT OR IGNORE INTO instance_contexts VALUES (?, ?, ?, ?)"


def keep_instance(
    ledger: Ledger, sender: Sender, who: Instance, application: Application, at: Millis
) -> None:
    """Note that contexts were seen together; what was noted within the same minute is not written again."""
    key = hash((sender.environment_id, who.hash, application.id, sender.sdk))
    state = (at // MINUTE, hash(who.body))
    found = ledger.find(key)
    if found is not None and found[0] >= state[0] and found[1] == state[1]:
        return
    if found is None or found[0] * MINUTE // DAY != ledger.day:
        _keep_active(ledger, sender, who, application)
    if who.members:
        _keep_members(ledger, sender.environment_id, who, application.id, at)
    ledger.note(key, state)


def _keep_active(ledger: Ledger, sender: Sender, who: Instance, application: Application) -> None:
    environment_id = sender.environment_id
    known = (environment_id, ledger.day, who.hash, sender.sdk, application.id)
    if not ledger.admit(environment_id, "active"):
        return
    anonymous = int(not who.members)
    row = (*known, sender.source, ",".join(who.kinds), anonymous)
    if not ledger.tx.run(ACTIVE, row):
        ledger.waive(environment_id, "active")


def _keep_members(
    ledger: Ledger, environment_id: str, who: Instance, application_id: str, at: Millis
) -> None:
    for member in who.members:
        if not _keep_context(ledger, environment_id, member, application_id, at):
            return
    tx, key = ledger.tx, (environment_id, who.id, application_id)
    anonymous = ",".join(who.anonymous_kinds)
    if tx.run(TOUCH_INSTANCE, (at, who.body, anonymous, *key)):
        return
    if ledger.admit(environment_id, "instances"):
        kinds = ",".join(member.kind for member in who.members)
        tx.run(ADD_INSTANCE, (*key, kinds, anonymous, at, at, who.body))
        if len(who.members) > 1:
            members = [(environment_id, member.kind, member.key, who.id) for member in who.members]
            tx.run_many(ADD_MEMBER, members)


def _keep_context(
    ledger: Ledger, environment_id: str, member: Member, application_id: str, at: Millis
) -> bool:
    """False where it is above a ceiling."""
    if not KINDS.keep(ledger, (environment_id, member.kind), at):
        return False
    key = (environment_id, member.kind, member.key, application_id)
    if not ledger.tx.run(TOUCH_CONTEXT, (at, member.name, member.redacted_json, member.body, *key)):
        if not ledger.admit(environment_id, "contexts"):
            return False
        ledger.tx.run(ADD_CONTEXT, (*key, member.name, at, at, member.redacted_json, member.body))
    _keep_attributes(ledger, environment_id, member, at - at % HOUR)
    return True


def _keep_attributes(ledger: Ledger, environment_id: str, member: Member, hour: Millis) -> None:
    known = hash((environment_id, member.kind, member.attributes, member.redacted))
    if ledger.find(known) == hour:
        return
    told = [(reference, 0) for reference in member.attributes]
    told += [(reference, 1) for reference in member.redacted]
    for reference, redacted in told:
        ATTRIBUTES.keep(ledger, (environment_id, member.kind, reference), hour, (redacted,))
    ledger.note(known, hour)
