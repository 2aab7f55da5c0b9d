"""The JSON patch that makes a flag or a segment what it was, of the members that may be changed.

Pure: both states are documents, the one of now and the one that is wanted.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import UNSET
from msgspec.structs import fields

from flagstaff.features.console.versions.schemas import PatchStepRep
from flagstaff.features.flags.schemas import FlagDocument, TargetingDocument
from flagstaff.features.segments.schemas import SegmentFields

Document = Mapping[str, Any]

ALIKE = "includeInSnippet"  # an older name of a part of `clientSideAvailability`
# First the variations, to whose indexes the others refer.
FLAG_MEMBERS = (
    "variations",
    *(
        field.encode_name
        for field in fields(FlagDocument)
        if field.encode_name not in {"variations", "environments", ALIKE}
    ),
)
TARGETING_MEMBERS = tuple(field.encode_name for field in fields(TargetingDocument))
SEGMENT_MEMBERS = tuple(field.encode_name for field in fields(SegmentFields))
BY_INDEX = frozenset({"defaults", "targets", "contextTargets", "rules", "fallthrough", "offVariation"})
TOGETHER = frozenset({"targets", "contextTargets"})  # two views of one thing


def restore_flag(now: Document, wanted: Document) -> tuple[PatchStepRep, ...]:
    """The steps from one detailed representation to another; environments of only one are left alone."""
    renumbers = now["variations"] != wanted["variations"]
    steps = list(_differences("", now, wanted, FLAG_MEMBERS, renumbers=renumbers))
    tests = [_expect("/version", now["_version"])] if steps else []
    for key in now["environments"].keys() & wanted["environments"].keys():
        place = f"/environments/{_escape(key)}"
        mine, theirs = now["environments"][key], wanted["environments"][key]
        found = list(_differences(place, mine, theirs, TARGETING_MEMBERS, renumbers=renumbers))
        tests += [_expect(f"{place}/version", mine["version"])] if found else []
        steps += found
    return (*tests, *steps)


def restore_segment(now: Document, wanted: Document) -> tuple[PatchStepRep, ...]:
    """The same of a segment."""
    steps = tuple(_differences("", now, wanted, SEGMENT_MEMBERS, renumbers=False))
    return (_expect("/version", now["version"]), *steps) if steps else ()


def _differences(
    place: str, now: Document, wanted: Document, members: Iterable[str], *, renumbers: bool
) -> Iterator[PatchStepRep]:
    """With `renumbers`, members that name variations by index are set anew even if they look the same."""
    differing = {name for name in members if now.get(name) != wanted.get(name)}
    if differing & TOGETHER:
        differing |= TOGETHER
    for name in members:
        if name in differing or (renumbers and name in BY_INDEX):
            yield from _change(f"{place}/{name}", name in now, wanted.get(name, UNSET))


def _change(path: str, is_there: bool, value: Any) -> Iterator[PatchStepRep]:
    if value is not UNSET:
        yield PatchStepRep(op="replace", path=path, value=value)
    elif is_there:
        yield PatchStepRep(op="remove", path=path)


def _expect(path: str, value: Any) -> PatchStepRep:
    return PatchStepRep(op="test", path=path, value=value)


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
