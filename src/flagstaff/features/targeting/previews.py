"""What a dry run of a patch shows beside the resource that the patch would leave."""

from msgspec import Struct


class ConflictRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Something else that the change would touch, and in what way: a `flag` or a `segment`, with its key.

    Or a pending change that could no longer be made: its kind, such as `scheduled-change`, and its id. Or, as
    `migration-safety` with the key of an environment, stages of a migration that do not agree on its data.
    """

    kind: str
    key: str
    message: str


class PreviewRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The words that the audit log would have, the keys of the environments, and the conflicts."""

    description: str
    environments: tuple[str, ...]
    conflicts: tuple[ConflictRep, ...]
