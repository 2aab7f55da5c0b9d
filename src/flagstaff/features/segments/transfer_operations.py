"""Imports and exports of big segments over REST: the handlers, then one row per operation."""

import time
from asyncio import to_thread
from functools import partial
from typing import Annotated

from msgspec import Meta, Struct, field

from flagstaff.features.accounts.store import find_member
from flagstaff.features.segments import exports, imports
from flagstaff.features.segments.exports import EXPORTS, Export, show_size, stream_file
from flagstaff.features.segments.imports import (
    IMPORTS,
    KEEPING,
    Import,
    Mode,
    begin,
    divide,
    hurry,
    keep_pieces,
)
from flagstaff.features.segments.key_files import LARGEST_FILE, KeyFile, pack_keys
from flagstaff.features.segments.model import Segment, SegmentPlace
from flagstaff.features.segments.operations import ONE, entry_of, place_of
from flagstaff.features.segments.represent import segments_path
from flagstaff.features.segments.target_operations import get_big_segment
from flagstaff.http.call import Call
from flagstaff.http.operations import Edge, Operation
from flagstaff.http.requests import Received
from flagstaff.http.uploads import Upload
from flagstaff.kernel.errors import Conflict
from flagstaff.kernel.links import Link, Links
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Write
from flagstaff.storage.jobs import Job, enqueue

ACTION = "updateIncluded"
FILE = "/api/v2/flagstaff/segments/{projectKey}/{environmentKey}/{segmentKey}/exports/{exportID}/file"


class ImportForm(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """What stands in the form beside the file."""

    mode: Annotated[
        Mode, Meta(description="`merge` adds the keys; `replace` makes them all that are included.")
    ]
    wait_on_approvals: Annotated[
        bool, Meta(description="Whether to begin only with the instruction `processBigSegmentImport`.")
    ] = False


class FileRep(Struct, frozen=True):
    """A file of an import."""

    filename: str
    status: str


class ImportRep(Struct, frozen=True, rename="camel", kw_only=True):
    """An import: `preparing`, `pending_approval`, `in_progress`, `complete` or `stopped`."""

    id: str
    segment_key: str
    creation_time: int
    mode: str
    status: str
    files: list[FileRep]
    links: dict[str, Link] = field(name="_links")


class InitiatorRep(Struct, frozen=True):
    """The member who began an export."""

    name: str
    email: str


class ExportRep(Struct, frozen=True, rename="camel", kw_only=True):
    """An export: `processing`, `complete` or `failed`; its links lead to the file once it is complete."""

    id: str
    segment_key: str
    creation_time: int
    status: str
    size_bytes: int
    size: str
    initiator: InitiatorRep
    links: dict[str, Link] = field(name="_links")


async def prepare_keys(_: Edge, received: Received) -> KeyFile | None:
    """Read the file beforehand, in a thread that lets others come between."""
    upload = received.body
    if not isinstance(upload, Upload):
        return None
    return await to_thread(pack_keys, upload.content, lambda: time.sleep(0))


async def keep_file(edge: Edge, one: Import, file: KeyFile) -> None:
    """Keep the file of an import in units that let others come between, and have its job look at it."""
    try:
        for pieces in divide(file):
            await edge.database.write(partial(keep_pieces, import_id=one.id, file=file, pieces=pieces))
    finally:
        await edge.database.write(partial(hurry, import_id=one.id))


def create_big_segment_import(call: Call) -> Import:
    """Import a CSV file of keys into a big segment.

    It has up to 1,000,000 keys in its first column, in UTF-8 and without a header, and at most 40 MB.
    Lines without a key that a context could have are left out; `getSegmentImports` tells which, and why.

    The import goes on after the answer, whose `Location` tells how far it is. Its keys are seen all at once.
    """
    place = place_of(call)
    segment = get_big_segment(call, place)
    resource = place.resource(segment)
    call.require(ACTION, resource)
    file: KeyFile = call.prepared
    one = Import(
        id=call.tx.ids.uuid(),
        segment_id=segment.id,
        environment_id=segment.environment_id,
        project_id=place.project.id,
        segment_key=segment.key,
        subject=resource.text,
        mode=call.body.mode,
        status=imports.PENDING,
        filename=call.filename[:256],
        keys=file.keys,
        pieces=len(file.pieces),
        skipped=file.skipped,
        member_id=call.actor.member_id,
        token_id=call.actor.token_id,
        created=call.tx.now,
    )
    if not call.body.wait_on_approvals:
        one = begin(call.tx, one, after=KEEPING)
    description = f"- {one.keys:,} keys from `{one.filename}`, to {one.mode}"
    entry = entry_of(call, segment, "sent keys to import into", ((ACTION, resource.text),), description)
    save_change(call.tx, entry, [Write(IMPORTS, None, one)])
    call.headers["Location"] = _import_links(place, segment, one.id)["self"].href
    return one


def get_big_segment_import(call: Call) -> ImportRep:
    """Show how far an import is."""
    place = place_of(call)
    segment = get_big_segment(call, place)
    one = imports.get_import(call.tx, segment, call.path["importID"])
    return ImportRep(
        id=one.id,
        segment_key=one.segment_key,
        creation_time=one.created,
        mode=one.mode,
        status=one.status,
        files=[FileRep(one.filename, one.status)],
        links=_import_links(place, segment, one.id),
    )


def create_big_segment_export(call: Call) -> ExportRep:
    """Export the included keys of a big segment as a CSV file. The one before it is removed."""
    place = place_of(call)
    segment = get_big_segment(call, place)
    resource = place.resource(segment)
    call.require(ACTION, resource)
    running = EXPORTS.list(call.tx, "segment_id = :id", id=segment.id)
    if any(one.status == exports.PROCESSING for one in running):
        raise Conflict(f"A conflicting process: {segment.key} is being exported")
    member = find_member(call.tx, call.actor.member_id)
    one = Export(
        id=call.tx.ids.uuid(),
        segment_id=segment.id,
        segment_key=segment.key,
        initiator_name=f"{member.first_name} {member.last_name}".strip() if member else "",
        initiator_email=member.email if member else "",
        created=call.tx.now,
    )
    entry = entry_of(call, segment, "exported the keys of", ((ACTION, resource.text),))
    save_change(call.tx, entry, [Write(EXPORTS, None, one)])
    enqueue(
        call.tx,
        Job(
            kind=exports.EXPORT,
            project_id=place.project.id,
            subject=resource.text,
            arguments={"export_id": one.id},
            total=segment.big.included_count,
        ),
    )
    shown = _represent_export(place, segment, one)
    call.headers["Location"] = shown.links["self"].href
    return shown


def get_big_segment_export(call: Call) -> ExportRep:
    """Show how far an export is, and where its file is."""
    place = place_of(call)
    segment = get_big_segment(call, place)
    return _represent_export(place, segment, exports.get_export(call.tx, segment, call.path["exportID"]))


def get_big_segment_export_file(call: Call) -> Export:
    """Download the file of a complete export: one key on each line."""
    place = place_of(call)
    segment = get_big_segment(call, place)
    one = exports.get_export(call.tx, segment, call.path["exportID"])
    if one.status != exports.COMPLETE:
        raise Conflict(f"The export is {one.status}")
    call.headers["Content-Length"] = str(one.size)
    call.headers["Content-Disposition"] = f'attachment; filename="{segment.key}.csv"'
    return one


def _represent_export(place: SegmentPlace, segment: Segment, one: Export) -> ExportRep:
    path = f"{segments_path(place)}/{segment.key}"
    links = {"self": Link(f"{path}/exports/{one.id}"), "parent": Link(path)}
    if one.status == exports.COMPLETE:
        own = path.replace("/api/v2/", "/api/v2/flagstaff/", 1)
        links["download"] = Link(f"{own}/exports/{one.id}/file", "text/csv")
    return ExportRep(
        id=one.id,
        segment_key=one.segment_key,
        creation_time=one.created,
        status=one.status,
        size_bytes=one.size,
        size=show_size(one.size),
        initiator=InitiatorRep(one.initiator_name, one.initiator_email),
        links=links,
    )


def _import_links(place: SegmentPlace, segment: Segment, import_id: str) -> Links:
    path = f"{segments_path(place)}/{segment.key}"
    return {"self": Link(f"{path}/imports/{import_id}"), "parent": Link(path)}


GROUP = "segments_beta"
OPERATIONS = (
    Operation(
        create_big_segment_import,
        "POST",
        ONE + "/imports",
        (GROUP, "start_big_segment_import"),
        ACTION,
        form=ImportForm,
        largest_file=LARGEST_FILE,
        prepare=prepare_keys,
        complete=keep_file,
        status=204,
        beta=True,
    ),
    Operation(
        get_big_segment_import,
        "GET",
        ONE + "/imports/{importID}",
        (GROUP, "get_import_info"),
        answer=ImportRep,
        beta=True,
    ),
    Operation(
        create_big_segment_export,
        "POST",
        ONE + "/exports",
        (GROUP, "start_big_segment_export"),
        ACTION,
        answer=ExportRep,
        beta=True,
    ),
    Operation(
        get_big_segment_export,
        "GET",
        ONE + "/exports/{exportID}",
        (GROUP, "get_big_segment_export_info"),
        answer=ExportRep,
        beta=True,
    ),
    Operation(
        get_big_segment_export_file,
        "GET",
        FILE,
        ("flagstaff", "download_segment_export"),
        stream=stream_file,
        errors=(409,),
    ),
)
