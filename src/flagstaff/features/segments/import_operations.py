"""Imports of big segments as people follow them: how far each is, what it left out, and letting it rest.

The API that Flagstaff speaks can begin an import and tell its status. These rows are our own.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from flagstaff.features.segments import imports
from flagstaff.features.segments.imports import IMPORTS, LOADING, Import
from flagstaff.features.segments.key_files import SkippedLine
from flagstaff.features.segments.model import Segment, SegmentPlace
from flagstaff.features.segments.operations import entry_of, place_of
from flagstaff.features.segments.represent import segments_path
from flagstaff.features.segments.target_operations import get_big_segment
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.links import Link
from flagstaff.storage import jobs
from flagstaff.storage.changes import save_action

ACTION = "updateIncluded"
MANY = "/api/v2/flagstaff/segments/{projectKey}/{environmentKey}/{segmentKey}/imports"
ONE = MANY + "/{importID}"
NEWEST = 20  # imports of a segment that are listed
ACTS = {
    "paused": (imports.pause, "paused an import of keys into"),
    "running": (imports.go_on, "went on with an import of keys into"),
    "stopped": (imports.give_up, "gave up an import of keys into"),
}
STATES = {"paused": "paused", "stopped": "stopped", "preparing": "running", "in_progress": "running"}
Status = Literal["pending_approval", "preparing", "in_progress", "paused", "complete", "stopped"]


class ImportPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become of an import."""

    state: Annotated[
        Literal["paused", "running", "stopped"],
        Meta(
            description="`paused` lets it rest, `running` go on, `stopped` gives it up: nobody sees its keys."
        ),
    ]


class ImportedRep(Struct, frozen=True):
    """How many of its keys are loaded; nobody sees them before the last is."""

    done: int
    total: int


class SkippedRep(Struct, frozen=True):
    """The lines of the file that were left out."""

    count: int
    lines: Annotated[list[SkippedLine], Meta(description="The first 100 of them, and why.")]


class ImportReportRep(Struct, frozen=True, rename="camel", kw_only=True):
    """An import into a big segment."""

    id: str = field(name="_id")
    filename: str
    mode: imports.Mode
    status: Status
    creation_date: int
    progress: ImportedRep
    new: Annotated[int, Meta(description="Keys so far that were not included before.")]
    skipped: SkippedRep
    error: Annotated[str, Meta(description="Why it was given up, or will be tried again; else empty.")] = ""
    links: dict[str, Link] = field(name="_links")


class ImportReportsRep(Struct, frozen=True):
    """The newest imports of a segment, newest first."""

    links: dict[str, Link] = field(name="_links")
    items: list[ImportReportRep]


def get_segment_imports(call: Call) -> ImportReportsRep:
    """List the 20 newest imports into a big segment: how far each is, and which lines it has left out."""
    place = place_of(call)
    segment = get_big_segment(call, place)
    found = IMPORTS.list(
        call.tx, "segment_id = :id ORDER BY rowid DESC LIMIT :most", id=segment.id, most=NEWEST
    )
    path = _path(place, segment)
    return ImportReportsRep({"self": Link(path)}, [_represent(call, path, one) for one in found])


def patch_segment_import(call: Call) -> ImportReportRep:
    """Pause an import into a big segment, go on with it, or give it up.

    One that is paused keeps its place, also when the server is started anew. Meanwhile no keys of the segment
    can be changed, and no other import into a segment of the environment begins.
    """
    place = place_of(call)
    segment = get_big_segment(call, place)
    resource = place.resource(segment)
    call.require(ACTION, resource)
    one = imports.get_import(call.tx, segment, call.path["importID"])
    path = _path(place, segment)
    before = _represent(call, path, one)
    if STATES.get(before.status) == call.body.state:
        return before
    act, verb = ACTS[call.body.state]
    act(call.tx, one)
    save_action(call.tx, entry_of(call, segment, verb, ((ACTION, resource.text),), f"- `{one.filename}`"))
    return _represent(call, path, imports.get_import(call.tx, segment, one.id))


def _path(place: SegmentPlace, segment: Segment) -> str:
    own = segments_path(place).replace("/api/v2/", "/api/v2/flagstaff/", 1)
    return f"{own}/{segment.key}/imports"


def _represent(call: Call, path: str, one: Import) -> ImportReportRep:
    job = imports.find_job(call.tx, one)
    is_loading = one.status in LOADING
    done = one.keys if one.status == imports.COMPLETE else job.done if job and is_loading else 0
    new = int(job.progress.get("new", 0)) if job and is_loading else one.new
    status = jobs.PAUSED if job and is_loading and job.state == jobs.PAUSED else one.status
    return ImportReportRep(
        id=one.id,
        filename=one.filename,
        mode=one.mode,
        status=status,  # type: ignore[arg-type]  # an import has no other
        creation_date=one.created,
        progress=ImportedRep(done, one.keys),
        new=new,
        skipped=SkippedRep(one.skipped.count, one.skipped.lines),
        error=job.error if job and one.status != imports.COMPLETE else "",
        links={"self": Link(f"{path}/{one.id}"), "parent": Link(path)},
    )


GROUP = "flagstaff"
OPERATIONS = (
    Operation(get_segment_imports, "GET", MANY, (GROUP, "list_segment_imports"), answer=ImportReportsRep),
    Operation(
        patch_segment_import,
        "PATCH",
        ONE,
        ("flagstaff_segments", "update_import"),
        ACTION,
        body=ImportPatch,
        answer=ImportReportRep,
        errors=(409,),
    ),
)
