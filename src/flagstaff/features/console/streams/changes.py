"""Changes of resources, read from the outbox and the audit log, as far as somebody may know of them."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from flagstaff.access.decision import Caller
from flagstaff.access.specifiers import Resource, parse_resource
from flagstaff.features.accounts.store import find_member
from flagstaff.features.accounts.tokens.store import find_token
from flagstaff.features.audit.model import subject_of
from flagstaff.features.console.streams.schemas import ChangeData, VersionsData
from flagstaff.features.console.streams.subscriptions import Subscriptions, sees
from flagstaff.storage.outbox import read_oldest, read_position
from flagstaff.storage.transaction import Transaction

MOST_AT_ONCE = 200
MOST_MISSED = 2_000  # changes after which reading everything anew is quicker
SINCE = (
    "SELECT outbox.position, date, kind, name, title_verb, member_id, token_id, accesses FROM outbox "
    "JOIN audit_log ON audit_log.id = entry_id WHERE outbox.position > :since "
    "ORDER BY outbox.position LIMIT :most"
)
FLAG_VERSIONS = (
    "SELECT '', flags.version FROM flags JOIN projects ON projects.id = project_id "
    "WHERE projects.key = :project AND flags.key = :key UNION ALL "
    "SELECT environments.key, targetings.version FROM targetings "
    "JOIN flags ON flags.id = flag_id JOIN environments ON environments.id = environment_id "
    "JOIN projects ON projects.id = flags.project_id WHERE projects.key = :project AND flags.key = :key"
)
SEGMENT_VERSION = (
    "SELECT segments.version FROM segments JOIN environments ON environments.id = environment_id "
    "JOIN projects ON projects.id = environments.project_id "
    "WHERE projects.key = :project AND environments.key = :environment AND segments.key = :key"
)
INSTALLATION = "Flagstaff"  # who acts on the command line, and jobs


class Part(msgspec.Struct, frozen=True):
    """Changes up to a position; `more` may follow at once."""

    changes: tuple[ChangeData, ...]
    position: int
    more: bool


def find_start(tx: Transaction, after: int | None) -> tuple[int, bool]:
    """Where a stream begins, and whether all that came before must be read anew."""
    newest = read_position(tx)
    if after is None:
        return newest, False
    is_lost = not read_oldest(tx) - 1 <= after <= newest or newest - after > MOST_MISSED
    return (newest, True) if is_lost else (after, False)


def read_changes(tx: Transaction, asked: Subscriptions, caller: Caller, since: int) -> Part:
    """The next changes after a position that the caller may know of."""
    if read_position(tx) == since:
        return Part((), since, more=False)
    rows = tx.all(SINCE, since=since, most=MOST_AT_ONCE)
    found = (_read(tx, asked, caller, row) for row in rows)
    last = rows[-1][0] if rows else read_position(tx)
    return Part(tuple(one for one in found if one), last, more=len(rows) == MOST_AT_ONCE)


def _read(tx: Transaction, asked: Subscriptions, caller: Caller, row: Sequence[Any]) -> ChangeData | None:
    position, date, kind, name, verb, member_id, token_id, text = row
    accesses = [(action, parse_resource(one)) for action, one in msgspec.json.decode(text)]
    seen = tuple((action, resource) for action, resource in accesses if sees(caller, resource))
    subject = subject_of(seen)
    if subject is None or not asked.wants(subject.names.get("proj", "")):
        return None
    project, key = subject.names.get("proj"), _last_name(seen[0][1])
    environments = tuple(dict.fromkeys(found for _, one in seen if (found := _environment_of(one))))
    return ChangeData(
        position=position,
        kind=kind,
        verb=verb,
        name=name,
        key=key,
        project_key=project or UNSET,
        environment_keys=environments,
        versions=_find_versions(tx, subject.path, project or "", environments, key),
        actor=_name_actor(tx, member_id, token_id),
        member_id=member_id or UNSET,
        token_id=token_id or UNSET,
        date=date,
    )


def _last_name(resource: Resource) -> str:
    return resource.segments[-1].name


def _environment_of(resource: Resource) -> str:
    return next((segment.name for segment in resource.segments if segment.type == "env"), "")


def _find_versions(
    tx: Transaction, path: str, project: str, environments: Sequence[str], key: str
) -> VersionsData | UnsetType:
    if path == "proj:env:flag":
        versions: dict[str, int] = dict(tx.all(FLAG_VERSIONS, project=project, key=key))
        if not versions:
            return UNSET
        held = {name: versions[name] for name in environments if name in versions}
        return VersionsData(versions[""], held)
    if path == "proj:env:segment" and environments:
        row = tx.one(SEGMENT_VERSION, project=project, environment=environments[0], key=key)
        return UNSET if row is None else VersionsData(row[0])
    return UNSET


def _name_actor(tx: Transaction, member_id: str, token_id: str) -> str:
    member = find_member(tx, member_id) if member_id else None
    if member is not None:
        return f"{member.first_name} {member.last_name}".strip() or member.email
    token = find_token(tx, token_id) if token_id else None
    return token.name if token else INSTALLATION
