"""What a dry run of a patch shows beside the resource that the patch would leave."""

from msgspec import Struct


class ConflictRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Something else that the change would touch: a `flag` or a `segment`, its key, and in what way."""

    kind: str
    key: str
    message: str


class PreviewRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The words that the audit log would have, the keys of the environments, and the conflicts."""

    description: str
    environments: tuple[str, ...]
    conflicts: tuple[ConflictRep, ...]
