"""JSON patch and merge patch of a flag: applied to the whole representation, and read back into state."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from flagstaff.features.flags.documents import read_document
from flagstaff.features.flags.merging import merge_operations
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.represent import FlagView, represent_flag
from flagstaff.features.flags.variation_indexes import Document, Numbering
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit
from flagstaff.kernel.json_patch import (
    Copy,
    Expect,
    Move,
    Operation,
    Remove,
    apply_json_patch,
    refuse_read_only,
)

ALIASES = {"/version": "/_version"}  # what `test` takes for the version
READ_ONLY = (
    "kind",
    "key",
    "creationDate",
    "archivedDate",
    "deprecatedDate",
    "goalIds",
    "experiments",
    "migrationSettings",
)
READ_ONLY_PATHS = tuple(
    f"/environments/*/{name}"
    for name in ("_*", "version", "salt", "sel", "lastModified", "archived", "evaluation")
)
OWN_ID = re.compile(r"/(variations/[^/]+|environments/[^/]+/rules/[^/]+(/clauses/[^/]+)?)/_id")
SERVED = re.compile(r"(/environments/[^/]+/(?:fallthrough|rules/[^/]+))/(variation|rollout)")
INSTEAD = {
    "variation": "rollout",
    "rollout": "variation",
    "maintainerId": "maintainerTeamKey",
    "maintainerTeamKey": "maintainerId",
}


def apply_flag_patch(
    state: FlagState, operations: Sequence[Operation], edit: Edit, view: FlagView
) -> FlagState:
    """Apply a JSON patch to what `view` shows of a flag and return the new state, its versions unchanged.

    `view` must have every environment that the patch may touch. Raises InvalidPatch for what cannot be
    applied, StaleVersion for a `test` that fails, InvalidRequest for what is read-only or no valid flag.
    """
    shown = show_document(state, view)
    numbering = Numbering(state.flag.variations, edit.ids)

    def settle(document: Any, operation: Operation) -> None:
        if isinstance(document, dict) and not isinstance(operation, Expect):
            _settle(document, operation, numbering)

    patched = apply_json_patch(shown, operations, ALIASES, settle)
    _check_environments(shown["environments"], patched.get("environments"))
    refuse_read_only(shown, patched, READ_ONLY, READ_ONLY_PATHS)
    return read_document(state, shown, patched, numbering, edit)


def apply_flag_merge(state: FlagState, merge: Mapping[str, Any], edit: Edit, view: FlagView) -> FlagState:
    """The same for a JSON merge patch."""
    return apply_flag_patch(state, merge_operations(show_document(state, view), merge), edit, view)


def show_document(state: FlagState, view: FlagView) -> Document:
    """Return what a patch is applied to: the detailed representation as plain JSON."""
    flag = represent_flag(state, replace(view, summary=False, migration_settings=True))
    document: Document = msgspec.json.decode(msgspec.json.encode(flag))
    return document


def _settle(document: Document, operation: Operation, numbering: Numbering) -> None:
    """Bring about what an operation entails elsewhere, before the next one is applied."""
    if OWN_ID.fullmatch(operation.path):
        raise InvalidRequest(f"{operation.path!r} is read-only")
    paths = [operation.path, *([operation.source] if isinstance(operation, Move | Copy) else [])]
    if any(path == "" or path.startswith("/variations") for path in paths):
        numbering.follow(document)
    if not isinstance(operation, Remove):
        _give_way(document, operation.path)


def _check_environments(shown: Document, patched: Any) -> None:
    other = shown.keys() ^ (patched.keys() if isinstance(patched, dict) else set())
    if other:
        raise InvalidRequest(f"environments: {min(other)[:80]!r} can be neither added nor removed")


def _give_way(document: Document, path: str) -> None:
    """A variation takes the place of a rollout, a maintaining member that of a team, and the other way."""
    served = SERVED.fullmatch(path)
    parent, member = (served[1], served[2]) if served else ("", path.removeprefix("/"))
    if member not in INSTEAD:
        return
    holder: Any = document
    for name in parent.split("/")[1:]:
        holder = _step(holder, name)
    if isinstance(holder, dict) and holder.get(member) is not None:
        holder.pop(INSTEAD[member], None)


def _step(holder: Any, name: str) -> Any:
    if isinstance(holder, list):
        return holder[int(name)] if name.isdecimal() and int(name) < len(holder) else None
    return holder.get(name) if isinstance(holder, dict) else None
