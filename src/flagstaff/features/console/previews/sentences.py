"""The sentence of a change that is not made yet: that of the audit entry which it would write."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flagstaff.access.specifiers import Resource
from flagstaff.features.audit.details import surroundings_of
from flagstaff.features.audit.model import AuditEntry
from flagstaff.features.audit.represent import represent_entry
from flagstaff.features.console.previews.schemas import DeniedRep
from flagstaff.http.call import Call


@dataclass
class Refusals:
    """Notes what the caller may not do of a change, in place of refusing it."""

    denied: list[DeniedRep] = field(default_factory=list)

    def judge(self, call: Call, action: str, resource: Resource) -> None:
        if not call.may(action, resource):
            self.denied.append(DeniedRep(action=action, resource=resource.text))

    def judge_all(self, call: Call, action: str, resources: Iterable[Resource]) -> None:
        for resource in resources:
            self.judge(call, action, resource)


def word_title(call: Call, kind: str, name: str, verb: str, accesses: tuple[tuple[str, str], ...]) -> str:
    """The title of the audit log, as of now; empty without a verb, where nothing happens."""
    if not verb:
        return ""
    entry = AuditEntry(
        position=0,
        id="",
        date=call.tx.now,
        kind=kind,
        name=name,
        title_verb=verb,
        description="",
        comment="",
        member_id=call.actor.member_id,
        token_id=call.actor.token_id,
        accesses=accesses,
        versions=b"",
    )
    return represent_entry(entry, surroundings_of(call.tx, [entry])).title
