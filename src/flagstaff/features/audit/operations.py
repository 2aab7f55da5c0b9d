"""The audit log over REST: the handlers, then one row per operation."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode

from flagstaff.access.specifiers import InvalidSpecifier, Specifier, parse_specifier
from flagstaff.features.audit.details import show_detail, surroundings_of
from flagstaff.features.audit.model import DEEDS, AuditEntry, Wanted
from flagstaff.features.audit.places import ENTRIES
from flagstaff.features.audit.represent import represent_entry
from flagstaff.features.audit.schemas import AuditDetailRep, AuditEntriesRep, AuditQuery
from flagstaff.features.audit.store import Selection, get_entry, list_entries
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Operation
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.kernel.links import Link, Links
from flagstaff.kernel.paging import read_page

PAGE, LONGEST_PAGE = 10, 20
BETWEEN = re.compile(r",(?=[a-z-]+/|acct\b)")  # specifiers; what follows a comma between tags looks otherwise


def get_audit_log_entries(call: Call) -> AuditEntriesRep:
    """List what was changed, newest first, of the resources that the caller may see."""
    query: AuditQuery = call.query
    limit = read_page(query.limit, None, PAGE, LONGEST_PAGE).limit
    specs = tuple(_specifier("spec", text) for text in BETWEEN.split(query.spec) if text)
    deed = DEEDS[query.act] if query.act else None
    wanted = Wanted(specs, _specifier("within", query.within) if query.within else None, deed)
    selection = Selection(
        before=query.before,
        after=query.after,
        text=query.q,
        cursor=query.cursor,
        who=query.who,
        named=wanted.list_names(),
        deed=deed,
    )
    matching = (entry for entry in _seen(call, list_entries(call.tx, selection)) if wanted.matches(entry))
    page = list(islice(matching, None if limit is None else limit + 1))
    entries = page[:limit]
    around = surroundings_of(call.tx, entries)
    links: Links = {"self": Link(_address(call.query_pairs))}
    if len(page) > len(entries):
        links["next"] = _next(call, entries[-1])
    return AuditEntriesRep(links=links, items=[represent_entry(entry, around) for entry in entries])


def get_audit_log_entry(call: Call) -> AuditDetailRep:
    """Show one change, with the resource before and after it."""
    entry = next(_seen(call, [get_entry(call.tx, call.path["id"])]), None)
    if entry is None:
        raise NotFound
    return show_detail(call.tx, entry, call.sees)


def _seen(call: Call, entries: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
    """Those entries of which the caller may see anything, with the accesses that it may see."""
    for entry in entries:
        seen = tuple(
            access
            for access, (_, resource) in zip(entry.accesses, entry.touched, strict=True)
            if call.sees(resource)
        )
        if len(seen) == len(entry.accesses):
            yield entry
        elif seen:
            yield replace(entry, accesses=seen)


def _specifier(name: str, text: str) -> Specifier:
    try:
        return parse_specifier(text)
    except InvalidSpecifier as error:
        raise InvalidRequest(f"query: {error} - at `{name}`") from error


def _next(call: Call, last: AuditEntry) -> Link:
    """`before` alone would leave out entries of the same millisecond, so `cursor` says where to go on."""
    kept = [(name, value) for name, value in call.query_pairs if name not in {"before", "cursor"}]
    return Link(_address([*kept, ("before", str(last.date + 1)), ("cursor", str(last.position))]))


def _address(query: Iterable[tuple[str, str]]) -> str:
    text = urlencode(list(query))
    return f"{ENTRIES}?{text}" if text else ENTRIES


GROUP = "audit_log"
OPERATIONS = (
    Operation(
        get_audit_log_entries,
        "GET",
        ENTRIES,
        (GROUP, "list_audit_log_entries"),
        ANY_CALLER,
        query=AuditQuery,
        answer=AuditEntriesRep,
    ),
    Operation(
        get_audit_log_entry,
        "GET",
        f"{ENTRIES}/{{id}}",
        (GROUP, "detail_entry"),
        ANY_CALLER,
        answer=AuditDetailRep,
    ),
)
