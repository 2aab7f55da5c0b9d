"""Media types, as the header Content-Type names them."""

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

SEMANTIC_PATCH = "launchdarkly.semanticpatch"
LONGEST = 1_000  # characters that are looked at

ESSENCE = re.compile(r"\s*([!#-'*+.^-`|~\w-]+/[!#-'*+.^-`|~\w-]+)\s*(?=;|$)", re.ASCII)
PARAMETER = re.compile(r';\s*([^\s;="]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*(?=;|$)')


class MediaType(msgspec.Struct, frozen=True):
    """`essence` is `type/subtype` in lower case, empty if the header was; so are the names of parameters."""

    essence: str
    parameters: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def is_semantic_patch(self) -> bool:
        return self.parameters.get("domain-model", "").lower() == SEMANTIC_PATCH


def parse_media_type(header: str) -> MediaType:
    """Read the header, leaving out parameters that are malformed; of one given twice the first counts.

    A header that starts with no media type at all is its own essence, so that it equals none that is known.
    """
    return _parse(header[:LONGEST])


@lru_cache(maxsize=256)
def _parse(header: str) -> MediaType:
    found = ESSENCE.match(header)
    if found is None:
        return MediaType(header.partition(";")[0].strip().lower())
    parameters: dict[str, str] = {}
    for name, quoted, bare in PARAMETER.findall(header, found.end()):
        parameters.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or bare)
    return MediaType(found[1].lower(), parameters)
