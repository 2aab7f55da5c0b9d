"""Storing who was seen: contexts, the instances they were evaluated in, attributes, and who was active."""

from flagstaff.intake.contexts import Application, Instance, Member
from flagstaff.intake.ledger import DAY, Ledger
from flagstaff.intake.names import ATTRIBUTES, KINDS, MINUTE
from flagstaff.intake.payload import Sender
from flagstaff.intake.shapes import keep_shape
from flagstaff.kernel.clock import Millis
from flagstaff.storage.events.reading import SqlValue

HOUR = 3_600_000  # how exact last sights of attributes are
ACTIVE = "INSERT OR IGNORE INTO active_contexts VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
TOUCH_INSTANCE = """UPDATE context_instances SET last_seen = max(last_seen, ?), body = ?, anonymous_kinds = ?
    WHERE environment_id = ? AND id = ? AND application_id = ?"""
ADD_INSTANCE = """INSERT OR IGNORE INTO context_instances (environment_id, id, application_id, kinds,
    anonymous_kinds, first_seen, last_seen, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
TOUCH_CONTEXT = """UPDATE contexts SET last_seen = max(last_seen, ?), name = ?, redacted = ?, body = ?,
    shape = ? WHERE environment_id = ? AND kind = ? AND key = ? AND application_id = ?"""
ADD_CONTEXT = """INSERT OR IGNORE INTO contexts (environment_id, kind, key, application_id, name, first_seen,
    last_seen, redacted, body, shape) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
Statement = tuple[str, tuple[SqlValue, ...]]
ADD_MEMBER = "INSERT OR IGNORE INTO instance_contexts VALUES (?, ?, ?, ?)"


def keep_instance(
    ledger: Ledger, sender: Sender, who: Instance, application: Application, at: Millis
) -> None:
    """Note that contexts were seen together; what was noted within the same minute is not written again."""
    key = hash((sender.environment_id, who.hash, application.id, sender.sdk))
    minute = at // MINUTE
    found: tuple[int, int] | None = ledger.find(key)
    if found is not None and found[0] >= minute and found[1] == who.state:
        return
    if found is None or found[0] * MINUTE // DAY != ledger.day:
        _keep_active(ledger, sender, who, application)
    if who.members:
        _keep_members(ledger, sender.environment_id, who, application.id, at, is_known=found is not None)
    ledger.note(key, (minute, who.state))


def _keep_active(ledger: Ledger, sender: Sender, who: Instance, application: Application) -> None:
    environment_id = sender.environment_id
    known = (environment_id, ledger.day, who.hash, sender.sdk, application.id)
    row = (*known, sender.source, ",".join(who.kinds), int(not who.members))
    if not ledger.has_room(environment_id, "active"):
        ledger.admit(environment_id, "active")
    elif ledger.tx.run(ACTIVE, row):
        ledger.count(environment_id, "active")


def _keep_members(
    ledger: Ledger, environment_id: str, who: Instance, application_id: str, at: Millis, *, is_known: bool
) -> None:
    for member in who.members:
        if not _keep_context(ledger, environment_id, member, application_id, at, is_known=is_known):
            return
    key = (environment_id, who.id, application_id)
    anonymous = ",".join(who.anonymous_kinds)
    kinds = ",".join([member.kind for member in who.members])
    added = _keep_row(
        ledger,
        "instances",
        (TOUCH_INSTANCE, (at, who.body, anonymous, *key)),
        (ADD_INSTANCE, (*key, kinds, anonymous, at, at, who.body)),
        is_known=is_known,
    )
    if added and len(who.members) > 1:
        members = [(environment_id, member.kind, member.key, who.id) for member in who.members]
        ledger.tx.run_many(ADD_MEMBER, members)


def _keep_context(
    ledger: Ledger, environment_id: str, member: Member, application_id: str, at: Millis, *, is_known: bool
) -> bool:
    """False where it is above a ceiling."""
    if not KINDS.keep(ledger, (environment_id, member.kind), at):
        return False
    hour = at - at % HOUR
    told = hash((environment_id, member.kind, member.attributes, member.redacted, member.shape is None))
    noted: tuple[Millis, int | None] | None = ledger.find(told)
    is_noted = noted is not None and noted[0] == hour
    shape = (
        noted[1] if noted is not None and is_noted else keep_shape(ledger, environment_id, member.shape, hour)
    )
    key = (environment_id, member.kind, member.key, application_id)
    said = (member.redacted_json, member.body, shape)
    kept = _keep_row(
        ledger,
        "contexts",
        (TOUCH_CONTEXT, (at, member.name, *said, *key)),
        (ADD_CONTEXT, (*key, member.name, at, at, *said)),
        is_known=is_known,
    )
    if kept is None:
        return False
    if not is_noted:
        _keep_attributes(ledger, environment_id, member, hour)
        ledger.note(told, (hour, shape))
    return True


def _keep_row(ledger: Ledger, what: str, touch: Statement, add: Statement, *, is_known: bool) -> bool | None:
    """Whether a row was added; if not it was touched. None where it is above the ceiling of what it is.

    What was not seen lately is mostly new, and then one statement is enough.
    """
    environment_id = str(add[1][0])
    if not is_known and ledger.has_room(environment_id, what) and ledger.tx.run(*add):
        ledger.count(environment_id, what)
        return True
    if ledger.tx.run(*touch):
        return False
    if not ledger.admit(environment_id, what):
        return None
    ledger.tx.run(*add)
    return True


def _keep_attributes(ledger: Ledger, environment_id: str, member: Member, hour: Millis) -> None:
    told = [(reference, 0) for reference in member.attributes]
    told += [(reference, 1) for reference in member.redacted]
    for reference, redacted in told:
        ATTRIBUTES.keep(ledger, (environment_id, member.kind, reference), hour, (redacted,))
