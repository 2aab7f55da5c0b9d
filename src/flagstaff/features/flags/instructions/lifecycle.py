"""Instructions on the life of a flag: archive, deprecate, delete, temporary or permanent."""

from msgspec.structs import replace

from flagstaff.features.flags.instructions.registry import KINDS, flag_kind
from flagstaff.features.flags.model import Flag, FlagState
from flagstaff.kernel.instructions import Edit


@flag_kind("archiveFlag", action="updateGlobalArchived")
def archive_flag(flag: Flag, edit: Edit) -> Flag:
    """Put the flag into the archive, where SDKs no longer get it."""
    return flag if flag.archived else replace(flag, archived=True, archived_date=edit.now)


@flag_kind("restoreFlag", action="updateGlobalArchived")
def restore_flag(flag: Flag) -> Flag:
    """Take the flag out of the archive."""
    return replace(flag, archived=False, archived_date=None)


@flag_kind("deprecateFlag", action="updateDeprecated")
def deprecate_flag(flag: Flag, edit: Edit) -> Flag:
    """Mark the flag as one that is to be used no more."""
    return flag if flag.deprecated else replace(flag, deprecated=True, deprecated_date=edit.now)


@flag_kind("restoreDeprecatedFlag", action="updateDeprecated")
def restore_deprecated_flag(flag: Flag) -> Flag:
    """Take that mark off again."""
    return replace(flag, deprecated=False, deprecated_date=None)


@KINDS.kind("deleteFlag", action="deleteFlag")
def delete_flag(state: FlagState, _: Edit) -> FlagState:
    """Delete the flag in all environments."""
    return replace(state, deleted=True)


@flag_kind("makeFlagPermanent", action="updateTemporary")
def make_flag_permanent(flag: Flag) -> Flag:
    """Mark the flag as one that stays."""
    return replace(flag, temporary=False)


@flag_kind("makeFlagTemporary", action="updateTemporary")
def make_flag_temporary(flag: Flag) -> Flag:
    """Mark the flag as one that is to go some day."""
    return replace(flag, temporary=True)
