"""Storing who was seen: contexts, the instances they were evaluated in, attributes, and who was active."""

from collections.abc import Iterable

from flagstaff.intake.batches import Batch, Statements
from flagstaff.intake.contexts import Application, Instance, Member
from flagstaff.intake.ledger import DAY, Ledger
from flagstaff.intake.names import ATTRIBUTES, KINDS, MINUTE
from flagstaff.intake.payload import Sender
from flagstaff.intake.shapes import keep_shape
from flagstaff.kernel.clock import Millis

HOUR = 3_600_000  # how exact last sights of attributes are
ACTIVE = Statements("active", "INSERT OR IGNORE INTO active_contexts VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
INSTANCES = Statements(
    "instances",
    """INSERT OR IGNORE INTO context_instances (environment_id, id, application_id, kinds,
    anonymous_kinds, first_seen, last_seen, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
    """UPDATE context_instances SET last_seen = max(last_seen, ?), body = ?, anonymous_kinds = ?
    WHERE environment_id = ? AND id = ? AND application_id = ?""",
)
CONTEXTS = Statements(
    "contexts",
    """INSERT OR IGNORE INTO contexts (environment_id, kind, key, application_id, name, first_seen,
    last_seen, redacted, body, shape) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
    """UPDATE contexts SET last_seen = max(last_seen, ?), name = ?, redacted = ?, body = ?, shape = ?
    WHERE environment_id = ? AND kind = ? AND key = ? AND application_id = ?""",
)
NOBODY = Application()
Sight = tuple[Instance, Millis]
ADD_MEMBER = "INSERT OR IGNORE INTO instance_contexts VALUES (?, ?, ?, ?)"


class Sights:
    """Who was seen in one transaction; `close` writes it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._active = Batch(ledger, ACTIVE)
        self._contexts = Batch(ledger, CONTEXTS)
        self._instances = Batch(ledger, INSTANCES)
        self._members: list[tuple[str, str, str, str]] = []

    def keep(self, sender: Sender, seen: Iterable[Sight]) -> dict[Application, Millis]:
        """Note who was seen together, and give the applications that told of it, each with when it did last.

        Most have been noted within the same minute, and are not written again.
        """
        applications: dict[Application, Millis] = {}
        own, find, place = sender.application, self._ledger.find, hash((sender.environment_id, sender.sdk))
        for who, at in seen:
            application = own if own.id else who.application or NOBODY
            if application.id:
                applications[application] = at
            key, minute = hash((place, who.hash, application.id)), at // MINUTE
            found: tuple[int, int] | None = find(key)
            if found is None or found[0] < minute or found[1] != who.state:
                is_of_today = found is not None and found[0] * MINUTE // DAY == self._ledger.day
                if not is_of_today:
                    self._keep_active(sender, who, application)
                if who.members:
                    self._keep_members(
                        sender.environment_id, who, application.id, at, is_known=found is not None
                    )
                self._ledger.note(key, (minute, who.state))
        return applications

    def close(self) -> None:
        for batch in (self._active, self._contexts, self._instances):
            batch.write()
        self._ledger.tx.run_many(ADD_MEMBER, self._members)

    def _keep_active(self, sender: Sender, who: Instance, application: Application) -> None:
        place = sender.environment_id
        known = (place, self._ledger.day, who.hash, sender.sdk, application.id)
        self._active.put(place, (*known, sender.source, ",".join(who.kinds), int(not who.members)))

    def _keep_members(
        self, environment_id: str, who: Instance, application_id: str, at: Millis, *, is_known: bool
    ) -> None:
        for member in who.members:
            if not self._keep_context(environment_id, member, application_id, at, is_known=is_known):
                return
        key = (environment_id, who.id, application_id)
        anonymous = ",".join(who.anonymous_kinds)
        kinds = ",".join([member.kind for member in who.members])
        kept = self._instances.put(
            environment_id,
            (*key, kinds, anonymous, at, at, who.body),
            (at, who.body, anonymous, *key),
            is_known=is_known,
        )
        if kept and not is_known and len(who.members) > 1:
            self._members += [(environment_id, member.kind, member.key, who.id) for member in who.members]

    def _keep_context(
        self, environment_id: str, member: Member, application_id: str, at: Millis, *, is_known: bool
    ) -> bool:
        """False where it is above a ceiling."""
        if not KINDS.keep(self._ledger, (environment_id, member.kind), at):
            return False
        hour = at - at % HOUR
        told = hash((environment_id, member.kind, member.attributes, member.redacted, member.shape is None))
        noted: tuple[Millis, int | None] | None = self._ledger.find(told)
        is_noted = noted is not None and noted[0] == hour
        shape = (
            noted[1] if noted and is_noted else keep_shape(self._ledger, environment_id, member.shape, hour)
        )
        key = (environment_id, member.kind, member.key, application_id)
        said = (member.redacted_json, member.body, shape)
        if not self._contexts.put(
            environment_id,
            (*key, member.name, at, at, *said),
            (at, member.name, *said, *key),
            is_known=is_known,
        ):
            return False
        if not is_noted:
            _keep_attributes(self._ledger, environment_id, member, hour)
            self._ledger.note(told, (hour, shape))
        return True


def _keep_attributes(ledger: Ledger, environment_id: str, member: Member, hour: Millis) -> None:
    told = [(reference, 0) for reference in member.attributes]
    told += [(reference, 1) for reference in member.redacted]
    for reference, redacted in told:
        ATTRIBUTES.keep(ledger, (environment_id, member.kind, reference), hour, (redacted,))
